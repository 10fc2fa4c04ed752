import * as z from "zod";
import type { LayerList, Norm } from "../layer-list";
import { type Front, standardised } from "../trunk";

/** Params of the layers along a sequence. */
export const sequenceParams = {
  by: z.enum(["conv", "gru", "lstm", "attention"]).default("conv").meta({
    title: "Reads by",
    help: "conv: filters see neighbouring steps, fast. gru, lstm: a memory reads step by step, and can carry what was long ago. attention: a transformer's blocks, in which each step looks at all others; it wants many examples.",
  }),
  units: z.array(z.int().min(1).max(512)).min(1).max(8).default([32]).meta({
    title: "Sequence layers",
    help: "Values of a step that each layer along the sequence gives: filters of a convolution, size of a memory, or width of a transformer's block.",
    unit: "units",
  }),
  kernelSize: z.int().min(1).max(31).default(3).meta({
    title: "Kernel size",
    help: "Steps that a filter sees at once; for conv.",
    unit: "steps",
  }),
  attentionHeads: z.int().min(1).max(64).default(4).meta({
    title: "Attention heads",
    help: "Ways in which a step looks at the others; each sequence layer is cut into as many equal parts. For attention.",
    unit: "heads",
  }),
  causal: z.boolean().default(false).meta({
    title: "Causal",
    help: "A step sees itself and those before it only; for attention.",
  }),
  stride: z.int().min(1).max(16).default(1).meta({
    title: "Stride",
    help: "How many steps a filter moves from place to place. 2 halves the sequence in every layer; for conv.",
    unit: "steps",
  }),
  pool: z.int().min(1).max(16).default(1).meta({
    title: "Pool",
    help: "Of so many neighbouring steps the largest value is kept after each layer. 1 = no pool.",
    unit: "steps",
  }),
  embed: z.int().min(0).max(512).default(0).meta({
    title: "Embedding",
    help: "Numbers that are learned for each letter, class or kind of element before the layers read them. 0 = none.",
    unit: "numbers",
  }),
  frame: z.int().min(0).max(100_000).default(0).meta({
    title: "Frame",
    help: "Cuts a signal or another row of numbers into a sequence of frames as long as this. 0 = rows are joined behind the sequence.",
    unit: "numbers",
  }),
  sequenceEnd: z.enum(["mean", "last", "flatten"]).default("mean").meta({
    title: "Sequence end",
    help: "mean: each value's mean over all steps, which forgets when. last: the last step's values, which a memory has read everything for. flatten: every step goes on to the hidden layers.",
  }),
};

type SequenceParams = z.infer<z.ZodObject<typeof sequenceParams>>;

/** Layers along sequences, as these params ask for. */
export const sequencesOf = (params: SequenceParams): Front => ({
  accepts: params.frame === 0 ? "a sequence of rows, or a text" : "a sequence of rows, a text or a signal",
  joins: "sequences",
  takes: (shape) => shape.length === 2 || (shape.length === 1 && params.frame > 0),
  prepare: (list, port, { length }) => {
    const { frame: size } = params;
    const steps = length === 1 ? list.add(`frames.${port}`, "frames", [port], { size }) : port;
    return standardised(list, port, steps);
  },
  lay: (list, joined, norm) => {
    const { sequenceEnd } = params;
    const last = readAlong(list, joined, { ...params, norm });
    return list.add(`sequence.${sequenceEnd}`, ENDS[sequenceEnd], [last]);
  },
});

const ENDS = { mean: "global-avg-pool", last: "last-step", flatten: "flatten" } as const;

/** What the layers along a sequence follow from. */
type ReaderParams = Omit<SequenceParams, "sequenceEnd"> & { readonly norm: Norm };

/** Lists the layers along a sequence of rows; gives the last one's name. */
export function readAlong(list: LayerList, sequence: string, params: ReaderParams): string {
  const { embed } = params;
  const first = embed === 0 ? sequence : list.add("embed", "embedding", [sequence], { units: embed });
  return READERS[params.by](list, first, params);
}

/** Layers along the sequence. */
const READERS: Readonly<
  Record<SequenceParams["by"], (list: LayerList, sequence: string, params: ReaderParams) => string>
> = { conv: convolve, gru: remember, lstm: remember, attention: attend };

/** Memory behind memory, with pools between. */
function remember(list: LayerList, sequence: string, { by, units, pool }: ReaderParams): string {
  return units.reduce((from, count, index) => {
    const k = index + 1;
    const states = list.add(`${by}.${k}`, by, [from], { units: count });
    return pool === 1 ? states : list.add(`pool.${k}`, "max-pool1d", [states], { size: pool });
  }, sequence);
}

/** Block after block: convolution, norm, ReLU, pool. */
function convolve(
  list: LayerList,
  sequence: string,
  { units, kernelSize, stride, pool, norm }: ReaderParams,
): string {
  return units.reduce((from, filters, index) => {
    const k = index + 1;
    const params = { filters, kernel: kernelSize, stride, padding: "same" };
    const seen = list.add(`conv.${k}`, "conv1d", [from], params);
    const rectified = list.add(`conv-relu.${k}`, "relu", [list.normed(`conv-norm.${k}`, seen, norm)]);
    return pool === 1 ? rectified : list.add(`pool.${k}`, "max-pool1d", [rectified], { size: pool });
  }, sequence);
}

/** Values of a step between a block's two dense layers, for each value of the block. */
const WIDENING = 4;

/**
 * Block after block of a transformer, each of attention and of two dense layers a step, with a norm before and a way past
 * both; then a last norm. Where a block is wider or narrower than what comes in, a dense layer a step leads into it.
 * @see Vaswani et al., Attention is all you need (2017), section 3; norms first: Xiong et al., On layer normalization in
 * the transformer architecture (2020), figure 1b
 */
function attend(list: LayerList, sequence: string, params: ReaderParams): string {
  const { units, attentionHeads: heads, causal, pool } = params;
  const last = units.reduce((from, size, index) => {
    const k = index + 1;
    const perStep = (name: string, source: string, filters: number): string =>
      list.add(`${name}.${k}`, "conv1d", [source], { filters, kernel: 1, stride: 1, padding: "valid" });
    const led = index > 0 && units[index - 1] === size ? from : perStep("lead", from, size);
    const placed = index === 0 ? list.add("position", "position", [led]) : led;
    const normed = list.add(`attention-norm.${k}`, "layer-norm", [placed]);
    const seen = list.add(`attention.${k}`, "attention", [normed], { heads, causal });
    const middle = list.add(`attention-sum.${k}`, "sum", [placed, seen]);
    const wide = perStep("wide", list.add(`step-norm.${k}`, "layer-norm", [middle]), WIDENING * size);
    const narrow = perStep("narrow", list.add(`step-relu.${k}`, "relu", [wide]), size);
    const whole = list.add(`step-sum.${k}`, "sum", [middle, narrow]);
    return pool === 1 ? whole : list.add(`pool.${k}`, "max-pool1d", [whole], { size: pool });
  }, sequence);
  return list.add("attention-norm", "layer-norm", [last]);
}

import { type Stream, seed, stream } from "@seams/core";
import {
  drawKeys,
  type Layer,
  type Network,
  type OptimiserSpec,
  type ResidentArray,
  type StepLoss,
  type StepSpec,
} from "@seams/core/train";

/** A layer of a net under test. */
export const layer = (
  id: string,
  kind: string,
  from: string | readonly string[],
  params: Layer["params"] = {},
): Layer => ({
  id,
  kind,
  from: typeof from === "string" ? [from] : from,
  params,
});

/** Dense layers with ReLU between them: `dense0`, `relu0`, `dense1`, … */
export function denseLayers(input: string, units: readonly number[]): readonly Layer[] {
  return units.flatMap((count, index) => {
    const dense = layer(`dense${index}`, "dense", index === 0 ? input : `relu${index - 1}`, { units: count });
    return index === units.length - 1 ? [dense] : [dense, layer(`relu${index}`, "relu", dense.id)];
  });
}

/** 5 inputs, a trunk of 6, a head of 3 classes `a` and a head of 2 values `b`. */
export const twoHeads: Network = {
  inputs: { x: [5] },
  layers: [
    layer("trunk", "dense", "x", { units: 6 }),
    layer("relu", "relu", "trunk"),
    layer("head-a", "dense", "relu", { units: 3 }),
    layer("head-b", "dense", "relu", { units: 2 }),
  ],
  outputs: { a: "head-a", b: "head-b" },
};

/** The same with batch norms, one of them right behind the input. */
export const normedHeads: Network = {
  ...twoHeads,
  layers: [
    layer("even", "batch-norm", "x"),
    layer("trunk", "dense", "even", { units: 6 }),
    layer("normed", "batch-norm", "trunk"),
    layer("relu", "relu", "normed"),
    ...twoHeads.layers.slice(2),
  ],
};

/** An 8×6 image through two convolutions and a pool to 4 classes. */
export const smallConv: Network = {
  inputs: { x: [8, 6, 1] },
  layers: [
    layer("conv0", "conv2d", "x", { filters: 4, kernel: 3, stride: 1, padding: "same" }),
    layer("relu0", "relu", "conv0"),
    layer("pool", "max-pool2d", "relu0", { size: 2 }),
    layer("conv1", "conv2d", "pool", { filters: 3, kernel: 3, stride: 2, padding: "same" }),
    layer("relu1", "relu", "conv1"),
    layer("flat", "flatten", "relu1"),
    layer("out", "dense", "flat", { units: 4 }),
  ],
  outputs: { y: "out" },
};

export const adam: OptimiserSpec = {
  name: "adam",
  learningRate: 0.01,
  momentum: 0,
  weightDecay: 0,
  layerRates: {},
};

/** A loss of one head with ordinary settings. */
export function lossOn(output: string, changes: Partial<StepLoss> = {}): StepLoss {
  return {
    output,
    target: `${output}.target`,
    mask: `${output}.mask`,
    loss: "softmax-cross-entropy",
    slots: 1,
    width: 3,
    weight: 1,
    normalise: "expected",
    share: 1,
    unit: 1,
    ...changes,
  };
}

/** The two heads' usual losses: classes on `a`, values on `b`. */
export const twoLosses: readonly StepLoss[] = [
  lossOn("a"),
  lossOn("b", { loss: "squared-error", width: 2, weight: 0.5 }),
];

/** A spec over these losses. */
export const specOf = (
  network: Network,
  losses: readonly StepLoss[],
  changes: Partial<StepSpec> = {},
): StepSpec => ({
  network,
  losses,
  optimiser: adam,
  batchSize: 8,
  drawKeys: drawKeys(network, seed(6), (id) => id),
  ...changes,
});

/** Seeded inputs, targets and full masks for a spec. */
export function arraysFor(spec: StepSpec, rows = 40): Record<string, ResidentArray> {
  const random = stream(seed(3), "arrays");
  const floats = (size: number, next: () => number): Float32Array =>
    Float32Array.from({ length: rows * size }, next);
  const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
  const arrays: Record<string, ResidentArray> = {};
  for (const [name, shape] of Object.entries(spec.network.inputs)) {
    arrays[name] = { rows, shape, data: floats(sizeOf(shape), () => random.normal()) };
  }
  for (const head of spec.losses) {
    if (head.loss === "ctc") {
      const said = Array.from({ length: rows }, () => someSymbols(head, random)).flat();
      arrays[head.target] = { rows, shape: [head.slots], data: Float32Array.from(said) };
      arrays[head.mask] = { rows, shape: [head.slots], data: floats(head.slots, () => 1) };
      continue;
    }
    const isSoftmax = head.loss === "softmax-cross-entropy";
    const size = isSoftmax ? head.slots : head.slots * head.width;
    const isBinary = head.loss === "sigmoid-cross-entropy";
    const next = (): number =>
      isSoftmax ? random.integer(head.width) : isBinary ? random.integer(2) : random.normal();
    arrays[head.target] = { rows, shape: [size], data: floats(size, next) };
    arrays[head.mask] = { rows, shape: [head.slots], data: floats(head.slots, () => 1) };
  }
  return arrays;
}

/** Symbols in front of −1, none to as many as have room where all are the same. */
function someSymbols({ slots, width }: StepLoss, random: Stream): readonly number[] {
  const length = random.integer(Math.ceil(slots / 2) + 1);
  return Array.from({ length: slots }, (_, at) => (at < length ? random.integer(width - 1) : -1));
}

/** `count` rows of 0…below−1 in a seeded order with repeats. */
export function someRows(count: number, below = 40): Int32Array {
  const random = stream(seed(5), "rows");
  return Int32Array.from({ length: count }, () => random.integer(below));
}

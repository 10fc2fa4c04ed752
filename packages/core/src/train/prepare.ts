import type { PhaseInput, TrainPhase } from "../compile/plan";
import { type Column, slotsPerRecord } from "../data/column";
import { hashJson } from "../graph/canonical";
import type { FieldType } from "../graph/field-type";
import type { Seed } from "../ids";
import type { Layer } from "../layers/layer";
import { encodeColumn } from "./columns";
import type { Fit } from "./fits";
import { drawKeys } from "./draw-keys";
import { initialState } from "./initial-state";
import { rowsToLearnFrom } from "./label-use";
import { moments } from "./moments";
import { type FedInput, inputsOf, presenceOf } from "./presence";
import type { RowSet } from "./row-set";
import type { ResidentArray, StepperState, StepSpec } from "./stepper";
import { headTargets, type ScaledHead, scaleHead } from "./targets";
import type { TargetScale } from "./trial";

/** A fit that is ready to be stepped. Resident arrays hold the whole budget; rows are positions in it. */
export interface PreparedFit extends Fit {
  readonly spec: StepSpec;
  readonly init: StepperState;
  readonly arrays: Readonly<Record<string, ResidentArray>>;
  /** By network output. */
  readonly scales: Readonly<Record<string, TargetScale>>;
  /** Name of its own random stream of row orders. */
  readonly rowsStream: string;
}

/** What a fit is prepared from. */
export interface Preparation {
  readonly rows: RowSet;
  /** Every input of the phase's network, over all rows. */
  readonly fed: readonly FedInput[];
  readonly seed: Seed;
}

/** Encodes inputs, labels and masks, measures scales on the training rows, and draws the first weights. */
export function prepareFit(fit: Fit, { rows, fed, seed }: Preparation): PreparedFit {
  const { phase, train } = fit;
  const learned = rowsToLearnFrom(phase, rows, seed);
  const heads = phase.losses.map((term) => {
    const feeding = inputsOf(phase, term.output).map((input) => feedOf(fed, input));
    return scaleHead(headTargets(term, learned, presenceOf(term.type, rows.rows.length, feeding)), train);
  });
  const streams = stageStreams(phase);
  const streamOf = (layer: string): string => streams.get(layer) ?? "";
  const drawn = initialState(phase.network, seed, streamOf);
  return {
    ...fit,
    spec: {
      network: phase.network,
      losses: heads.map(({ loss }) => loss),
      optimiser: phase.optimiser,
      batchSize: Math.min(phase.training.batchSize, train.length),
      drawKeys: drawKeys(phase.network, seed, streamOf),
    },
    init: standardise(drawn, { phase, fed, train }),
    arrays: { ...inputArrays(phase, fed), ...Object.assign({}, ...heads.map(headArrays)) },
    scales: Object.fromEntries(
      heads.flatMap(({ loss, scale }) => (scale === undefined ? [] : [[loss.output, scale]])),
    ),
    rowsStream: [...new Set(streams.values())].join(" "),
  };
}

function feedOf(fed: readonly FedInput[], input: PhaseInput): FedInput {
  const found = fed.find((one) => one.input.name === input.name);
  if (found === undefined) throw new Error(`prepare: nothing feeds the input ${input.name}`);
  return found;
}

/** Network inputs as resident arrays, by name. */
export function inputArrays(
  { network }: Pick<TrainPhase, "network">,
  fed: readonly FedInput[],
): Readonly<Record<string, ResidentArray>> {
  return Object.fromEntries(
    fed.map(({ input, column }) => {
      const shape = network.inputs[input.name];
      if (shape === undefined) throw new Error(`prepare: the network has no input ${input.name}`);
      return [input.name, { rows: column.rows, shape, data: encodeColumn(column, input.type) }];
    }),
  );
}

function headArrays({ loss, target, mask }: ScaledHead): Readonly<Record<string, ResidentArray>> {
  const rows = mask.length / loss.slots;
  return {
    [loss.target]: { rows, shape: [target.length / rows], data: target },
    [loss.mask]: { rows, shape: [loss.slots], data: mask },
  };
}

/**
 * By layer, the name of its stage's random streams: what the stage is, not what it is called, so that pipelines share
 * them, and so that another stage beside it changes nothing. How it trains is no part of it either: with another mask or
 * learning rate it starts from the same weights and sees its rows in the same order. Equal stages of one phase are told
 * apart by their order.
 */
function stageStreams(phase: TrainPhase): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const [stage, layers] of Object.entries(phase.layersOf)) {
    const own = (id: string): string => (id.startsWith(`${stage}/`) ? id.slice(stage.length + 1) : "");
    const shape = phase.network.layers
      .filter(({ id }) => layers.includes(id))
      .map(({ id, kind, params }) => [own(id), kind, params]);
    const labels = phase.losses.filter((term) => term.stage === stage).map(({ target }) => target);
    const structure = hashJson([shape, labels]);
    const before = taken.get(structure) ?? 0;
    taken.set(structure, before + 1);
    for (const layer of layers) names.set(layer, `${structure} ${before}`);
  }
  return names;
}

interface StandardiseFacts {
  readonly phase: TrainPhase;
  readonly fed: readonly FedInput[];
  readonly train: Int32Array;
}

/** The same state, with each `standardise` layer's mean and spread measured on the training rows. */
function standardise(state: StepperState, facts: StandardiseFacts): StepperState {
  const arrays = { ...state.arrays };
  for (const layer of facts.phase.network.layers) {
    const mean = arrays[`${layer.id}/mean`];
    const spread = arrays[`${layer.id}/spread`];
    const feed = standardisedInput(layer, facts);
    if (mean === undefined || spread === undefined || feed === undefined) continue;
    if (!isMeasured(feed.input.type)) continue;
    const measured = measureInput(feed, facts.train, mean.data.length);
    arrays[`${layer.id}/mean`] = { ...mean, data: Float32Array.from(measured.mean) };
    arrays[`${layer.id}/spread`] = { ...spread, data: Float32Array.from(measured.spread) };
  }
  return { ...state, arrays };
}

/** The input that a layer reads, through layers that only move values; undefined behind anything learned. */
function standardisedInput(layer: Layer, { phase, fed }: StandardiseFacts): FedInput | undefined {
  for (let [source] = layer.from; source !== undefined; ) {
    const name = source;
    const input = fed.find((one) => one.input.name === name);
    if (input !== undefined) return input;
    const before: Layer | undefined = phase.network.layers.find(({ id }) => id === name);
    source = before !== undefined && MOVERS.has(before.kind) ? before.from[0] : undefined;
  }
  return undefined;
}

/**
 * Whether values have a mean and spread to learn in. Classes, flags and letters are fed as probabilities, which mean the
 * same whether a label, a prediction or a joint link gives them; so they stay as they are.
 */
function isMeasured(type: FieldType): boolean {
  const { is } = type.is === "sequence" ? type.of : type;
  return is !== "label" && is !== "flags" && is !== "text";
}

/** Layer kinds that keep the values of a record in their order. */
const MOVERS: ReadonlySet<string> = new Set(["fold-steps", "unfold-steps", "flatten", "frames"]);

/** Mean and spread of each of `size` neighbouring values, over the training rows' slots that are there. */
function measureInput({ input, column }: FedInput, train: Int32Array, size: number): TargetScale {
  const encoded = encodeColumn(column, input.type);
  const perRow = encoded.length / column.rows;
  const isThere = slotReader(column, perRow);
  return moments(size, (take) => {
    for (const row of train) {
      for (let k = 0; k < perRow; k++) if (isThere(row, k)) take(k % size, encoded[row * perRow + k] ?? 0);
    }
  });
}

/** Whether the k-th encoded value of a row belongs to a slot that is there. */
function slotReader({ type, present }: Column, perRow: number): (row: number, k: number) => boolean {
  const slots = slotsPerRecord(type);
  const perSlot = Math.max(1, perRow / slots);
  // A flag or vector value per slot; a whole array in one.
  return (row, k) => present[row * slots + Math.min(slots - 1, Math.floor(k / perSlot))] === 1;
}

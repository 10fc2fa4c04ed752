import {
  activationTooLarge,
  batchTooSmall,
  layerDoesNotFit,
  tooManyWeights,
  tooMuchMemory,
  tooMuchTime,
} from "../diagnostics/catalog/training";
import type { Diagnostic, Place } from "../diagnostics/diagnostic";
import { stageId } from "../ids";
import { layerKinds } from "../layers/index";
import type { Network } from "../layers/layer";
import type { LayerFacts, NetworkFacts } from "../layers/network";
import type { StageRegistry } from "../stages/stage";
import { CHECKS, expectedSteps } from "../stages/validation-checks";
import type { Cost, EvaluatePhase, TrainPhase, ValueSource } from "./plan";

/** What one trial may cost. */
export const COST_LIMITS = {
  weights: 50_000_000,
  memoryBytes: 2 * 2 ** 30,
  seconds: 30 * 60,
  /** Numbers in one array: more cannot be indexed. */
  entries: 2 ** 31,
} as const;

/** What this kind of machine does, for predictions of time. */
export interface Speed {
  /** To make a step program ready, once a fit. Absent: next to nothing. */
  readonly secondsPerProgram?: number;
  /** To look at the validation part once, beside its arithmetic. Absent: next to nothing. */
  readonly secondsPerCheck?: number;
  /** Of a step beside its arithmetic. */
  readonly secondsPerStep: number;
  /** Of a layer in a step, beside its arithmetic. */
  readonly secondsPerLayer: number;
  readonly flopsPerSecond: number;
  /** Of layers whose weights slide over places or steps. Absent: the same. */
  readonly slidingFlopsPerSecond?: number;
}

/**
 * One core of the machine that bench/RESULTS.md names, step programs on wasm: what `seams doctor` fitted there on
 * 2026-11-26. It says how far another machine is from it.
 */
export const REFERENCE_SPEED: Speed = {
  secondsPerProgram: 7e-4,
  secondsPerCheck: 6e-4,
  secondsPerStep: 0,
  secondsPerLayer: 4e-6,
  flopsPerSecond: 3e10,
  slidingFlopsPerSecond: 4e10,
};

const BYTES = 4;
/** Forward, and backward to inputs and to weights: each about as much as forward. */
const PASSES = 3;
/** A weight, its gradient and Adam's two moments. */
const ARRAYS_PER_WEIGHT = 4;

type Priced = Omit<TrainPhase, "cost" | "signature">;

/** What a phase's price follows from, beside the phase. */
export interface PriceFacts {
  readonly facts: NetworkFacts;
  /** How often it is trained: once, and once a fold where links cross-fit it. */
  readonly fits: number;
  readonly speed: Speed;
}

/**
 * Prices a training phase, and says where it is over a limit.
 * @returns `referenceSeconds`: what it takes at most, on the reference machine
 */
export function priceTraining(
  phase: Priced,
  { facts, fits, speed }: PriceFacts,
): { readonly cost: Cost; readonly referenceSeconds: number; readonly diagnostics: readonly Diagnostic[] } {
  const place = placeOf(phase);
  if (facts.is === "misfit") {
    const { layer, reason } = facts;
    return {
      cost: NO_COST,
      referenceSeconds: 0,
      diagnostics: [layerDoesNotFit({ place: placeOfLayer(layer), layer, reason })],
    };
  }
  const { batchSize } = phase.training;
  const { layers } = facts;
  const frozen = new Set(
    Object.entries(phase.optimiser.layerRates).flatMap(([layer, rate]) => (rate === 0 ? [layer] : [])),
  );
  // One loop: this is done for every phase on every edit.
  let [trainable, all, values, flopsPerRecord] = [0, 0, inputEntries(phase.network), 0];
  for (const one of layers) {
    const learnable = countWeights(one, true);
    if (!frozen.has(one.layer.id)) trainable += learnable;
    all += learnable + countWeights(one, false);
    values += entriesPerRecord(one);
    flopsPerRecord += one.flops;
  }
  const size = fitSize(layers, phase.training);
  const longest = { ...size, ...stepsAndChecks(phase.training, phase.training.steps) };
  const cost: Cost = {
    trainableWeights: trainable,
    frozenWeights: all - trainable,
    flopsPerRecord,
    // Every activation is kept for the backward pass, with its gradient.
    memoryBytes: BYTES * (ARRAYS_PER_WEIGHT * trainable + (all - trainable) + 2 * batchSize * values),
    seconds: fits * secondsPerFit(size, speed),
  };
  return {
    cost,
    referenceSeconds: fits * secondsPerFit(longest, REFERENCE_SPEED),
    diagnostics: [
      ...overLimits(cost, { place, layers, batchSize }),
      ...normedAlone(
        layers.filter(({ layer }) => !frozen.has(layer.id)),
        batchSize,
      ),
    ],
  };
}

/** Layers that would take the statistics of a batch from one value. Frozen ones take none. */
const normedAlone = (layers: readonly LayerFacts[], batchSize: number): readonly Diagnostic[] =>
  layers.flatMap(({ layer, inputs, rowsPerRecord }) => {
    const values = layerKinds[layer.kind]?.valuesNormed?.(inputs);
    if (values === undefined || values * rowsPerRecord * batchSize > 1) return [];
    return [batchTooSmall({ place: placeOfLayer(layer.id), layer: layer.id, batchSize })];
  });

/** What the time of one fit follows from. */
export interface FitSize {
  readonly steps: number;
  /** Looks at the validation part. */
  readonly checks: number;
  readonly layers: number;
  /** Operations of one step: of weights that slide over places or steps, and of all others. */
  readonly slidingFlops: number;
  readonly otherFlops: number;
}

/**
 * The size of a fit of a network with these layers.
 * @param steps that it makes; absent: as many as early stopping is expected to leave of them
 */
export function fitSize(
  layers: readonly Pick<LayerFacts, "flops" | "slides">[],
  training: Pick<Priced["training"], "batchSize" | "steps" | "patience" | "validation">,
  steps: number = expectedSteps(training),
): FitSize {
  let [slidingFlops, otherFlops] = [0, 0];
  for (const { flops, slides } of layers) {
    if (slides) slidingFlops += flops;
    else otherFlops += flops;
  }
  const ofStep = PASSES * training.batchSize;
  return {
    ...stepsAndChecks(training, steps),
    layers: layers.length,
    slidingFlops: ofStep * slidingFlops,
    otherFlops: ofStep * otherFlops,
  };
}

const stepsAndChecks = (
  { steps: all }: Pick<Priced["training"], "steps">,
  steps: number,
): Pick<FitSize, "steps" | "checks"> => ({ steps, checks: steps / Math.max(1, all / CHECKS) });

/** How long a fit takes at a speed. */
export function secondsPerFit(
  { steps, checks, layers, slidingFlops, otherFlops }: FitSize,
  speed: Speed,
): number {
  const {
    secondsPerProgram = 0,
    secondsPerCheck = 0,
    secondsPerStep,
    secondsPerLayer,
    flopsPerSecond,
  } = speed;
  const arithmetic =
    otherFlops / flopsPerSecond + slidingFlops / (speed.slidingFlopsPerSecond ?? flopsPerSecond);
  return (
    secondsPerProgram +
    checks * secondsPerCheck +
    steps * (secondsPerStep + layers * secondsPerLayer + arithmetic)
  );
}

/** Prices the evaluation: one pass of every network and algorithm that an answer runs. */
export function priceEvaluation(
  phase: Omit<EvaluatePhase, "cost" | "signature">,
  { training, stages }: { readonly training: readonly TrainPhase[]; readonly stages: StageRegistry },
): Cost {
  const flopsOf = new Map(training.map(({ id, cost }) => [id, cost.flopsPerRecord]));
  const phases = new Set<string>();
  const seen = new Set<ValueSource>();
  let flopsPerRecord = 0;
  const visit = (source: ValueSource): void => {
    if (seen.has(source) || source.is === "field") return;
    seen.add(source);
    if (source.is === "computed") flopsPerRecord += algorithmFlops(source, stages);
    else phases.add(source.phase);
    Object.values(source.inputs).forEach(visit);
  };
  for (const { source } of phase.answers) visit(source);
  for (const id of phases) flopsPerRecord += flopsOf.get(id) ?? 0;
  return { ...NO_COST, flopsPerRecord };
}

/** A whole plan's cost: phases run one after the other. Weights that are trained anew in later phases count once. */
export function totalCost(phases: readonly Pick<TrainPhase, "train" | "cost">[], evaluation: Cost): Cost {
  const last = [...new Map(phases.map((phase) => [phase.train.join(" "), phase])).values()];
  return {
    trainableWeights: sum(last, ({ cost }) => cost.trainableWeights),
    frozenWeights: sum(last, ({ cost }) => cost.frozenWeights),
    flopsPerRecord: evaluation.flopsPerRecord,
    memoryBytes: phases.reduce((most, { cost }) => Math.max(most, cost.memoryBytes), 0),
    seconds: sum(phases, ({ cost }) => cost.seconds),
  };
}

/**
 * The whole plan's time against the limit: on the reference machine, so that one document is valid on every machine or
 * on none.
 */
export const checkTotal = (seconds: number): Diagnostic[] =>
  seconds > COST_LIMITS.seconds
    ? [tooMuchTime({ place: { at: "graph" }, seconds, limit: COST_LIMITS.seconds })]
    : [];

const NO_COST: Cost = {
  trainableWeights: 0,
  frozenWeights: 0,
  flopsPerRecord: 0,
  memoryBytes: 0,
  seconds: 0,
};

function overLimits(
  cost: Cost,
  facts: { readonly place: Place; readonly layers: readonly LayerFacts[]; readonly batchSize: number },
): Diagnostic[] {
  const { layers, batchSize } = facts;
  const found: Diagnostic[] = [];
  const weights = cost.trainableWeights + cost.frozenWeights;
  if (weights > COST_LIMITS.weights) {
    const heaviest = most(layers, (one) => countWeights(one, true));
    const place = heaviest === undefined ? facts.place : placeOfLayer(heaviest.layer.id);
    found.push(tooManyWeights({ place, weights, limit: COST_LIMITS.weights }));
  }
  const largest = most(layers, entriesPerRecord);
  const place = largest === undefined ? facts.place : placeOfLayer(largest.layer.id);
  const entries = largest === undefined ? 0 : batchSize * entriesPerRecord(largest);
  if (largest !== undefined && entries > COST_LIMITS.entries) {
    found.push(activationTooLarge({ place, layer: largest.layer.id, entries, limit: COST_LIMITS.entries }));
  } else if (cost.memoryBytes > COST_LIMITS.memoryBytes) {
    found.push(tooMuchMemory({ place, bytes: cost.memoryBytes, limit: COST_LIMITS.memoryBytes }));
  }
  return found;
}

const countWeights = ({ weights }: LayerFacts, trainable: boolean): number =>
  sum(weights, (weight) => (weight.trainable === trainable ? size(weight.shape) : 0));

const entriesPerRecord = ({ shape, rowsPerRecord, kept }: LayerFacts): number =>
  rowsPerRecord * size(shape) + kept;

const inputEntries = ({ inputs }: Network): number => sum(Object.values(inputs), size);

const size = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

function most<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) > of(best) ? item : best),
    undefined,
  );
}

function placeOf({ train }: Pick<TrainPhase, "train">): Place {
  const [stage] = train;
  return stage === undefined ? { at: "graph" } : { at: "stage", stage };
}

/** Layers are named `stage/layer`. */
const placeOfLayer = (layer: string): Place => ({
  at: "stage",
  stage: stageId(layer.slice(0, layer.indexOf("/"))),
});

function algorithmFlops(
  source: Extract<ValueSource, { readonly is: "computed" }>,
  stages: StageRegistry,
): number {
  const kind = stages.get(source.kind);
  if (kind?.role !== "algorithm") return 0;
  const types = Object.entries(source.inputs).flatMap(([port, input]) =>
    input.is === "field" ? [] : [[port, input.type] as const],
  );
  const repeats = source.each && source.type.is === "sequence" ? source.type.maxLength : 1;
  return repeats * kind.flops(source.params, Object.fromEntries(types));
}

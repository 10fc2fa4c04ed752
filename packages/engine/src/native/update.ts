import { type OptimiserSpec, rateAt } from "@seams/core/train";
import { BETA1, BETA2, EPSILON } from "../eager/optimiser";
import { type Constant, FLOAT, type GraphBuilder, typed } from "./graph";
import { real } from "./loop";
import { applyAdam, assign } from "./variables";

/** What changes from step to step: worked out in double precision, rounded once, and fed. */
export interface Paces {
  /** How many numbers a step has. */
  readonly width: number;
  /** Those of one step. @param step its number, from 1 */
  of(step: number): readonly number[];
}

/** The paces of weights by the factors that their layers have on the learning rate. */
export interface Schedule extends Paces {
  /** Where the paces of a factor begin. */
  placeOf(factor: number): number;
}

/**
 * The paces of an optimiser, per factor. Adam's: the rate and the guard, both with the corrections of the moments'
 * beginning; AdamW's besides: what is kept of a weight. Gradient descent's: the rate.
 */
export function scheduleOf(optimiser: OptimiserSpec, factors: readonly number[]): Schedule {
  const distinct = [...new Set(factors)];
  const of = pacesOf[optimiser.name];
  const each = of(optimiser, { rate: 1, step: 1 }).length;
  return {
    width: each * distinct.length,
    of: (step) =>
      distinct.flatMap((factor) => of(optimiser, { rate: rateAt(optimiser, step) * factor, step })),
    placeOf: (factor) => each * distinct.indexOf(factor),
  };
}

type PacesOf = (
  optimiser: OptimiserSpec,
  now: { readonly rate: number; readonly step: number },
) => readonly number[];

/**
 * TensorFlow's op takes the complements of decay rates in single precision: these rates, rounded to it, are the ones whose
 * complements it gets exactly. The corrections of the moments' beginning go by the same rates.
 */
const [DECAY1, DECAY2] = [Math.fround(BETA1), Math.fround(BETA2)];

const adamPaces: PacesOf = (_, { rate, step }) => {
  const spread = Math.sqrt(1 - DECAY2 ** step);
  return [(rate * spread) / (1 - DECAY1 ** step), EPSILON * spread];
};

const pacesOf: Readonly<Record<OptimiserSpec["name"], PacesOf>> = {
  adam: adamPaces,
  adamw: (optimiser, now) => [...adamPaces(optimiser, now), 1 - now.rate * optimiser.weightDecay],
  sgd: (_, { rate }) => [rate],
};

/** Where an update is put: its constants, and the step's paces by their place. */
export interface UpdateSetting {
  readonly graph: GraphBuilder;
  constant(constant: Constant): string;
  pace(place: number): string;
}

/** One weight in the graph. */
export interface UpdateCall {
  readonly value: string;
  readonly gradient: string;
  readonly slots: readonly string[];
  /** Of its first pace. */
  readonly place: number;
}

/** A weight and its slots after the step. */
export interface Updated {
  readonly value: string;
  readonly slots: readonly string[];
}

/** Whether an optimiser changes weights and slots where they are: those lie in variables then. */
export const changesInPlace = ({ name }: OptimiserSpec): boolean => name !== "sgd";

/** One weight that lies in a variable, as its slots do. */
export interface InPlaceCall extends Pick<UpdateCall, "gradient" | "place"> {
  /** Its values before the step. */
  readonly value: string;
  /** Of itself and of its slots. */
  readonly handles: readonly string[];
}

/** Adds one weight's update in place, by the formulas of eager/optimiser.ts. @returns the op that makes it */
export function addUpdateInPlace(setting: UpdateSetting, spec: OptimiserSpec, call: InPlaceCall): string {
  const { graph, constant, pace } = setting;
  const sums = arithmetic(setting);
  const { value, place } = call;
  const [own = "", first = "", second = ""] = call.handles;
  const isShrunk = spec.name === "adamw" && spec.weightDecay !== 0;
  const shrunk = isShrunk ? [assign(graph, own, sums.times(value, pace(place + 2)))] : [];
  return applyAdam(graph, constant, {
    ...{ value: own, first, second },
    gradient: penalised(sums, spec.name === "adam" ? spec.weightDecay : 0, call),
    rate: pace(place),
    guard: pace(place + 1),
    decay: [constant(real(DECAY1)), constant(real(DECAY2))],
    ops: [value, ...shrunk],
  });
}

/** Adds one weight's update, by the formulas of eager/optimiser.ts. */
export function addUpdate(setting: UpdateSetting, spec: OptimiserSpec, call: UpdateCall): Updated {
  const sums = arithmetic(setting);
  const { value, place } = call;
  const [velocity] = call.slots;
  const pulled = penalised(sums, spec.weightDecay, call);
  const speed = velocity === undefined ? pulled : sums.add(sums.scaled(spec.momentum, velocity), pulled);
  return {
    value: sums.subtract(value, sums.times(speed, setting.pace(place))),
    slots: velocity === undefined ? [] : [speed],
  };
}

interface Arithmetic {
  add(a: string, b: string): string;
  subtract(a: string, b: string): string;
  times(a: string, b: string): string;
  divide(a: string, b: string): string;
  root(a: string): string;
  /** A constant times a value. */
  scaled(factor: number, value: string): string;
}

function arithmetic({ graph, constant }: UpdateSetting): Arithmetic {
  const apply =
    (op: string) =>
    (...inputs: string[]): string =>
      graph.add(op, inputs, { T: typed(FLOAT) });
  const times = apply("Mul");
  return {
    add: apply("AddV2"),
    subtract: apply("Sub"),
    times,
    divide: apply("RealDiv"),
    root: apply("Sqrt"),
    scaled: (factor, value) => (factor === 1 ? value : times(value, constant(real(factor)))),
  };
}

/** The gradient with the pull of the weight itself towards 0. */
const penalised = (
  sums: Arithmetic,
  penalty: number,
  { value, gradient }: Pick<UpdateCall, "value" | "gradient">,
): string => (penalty === 0 ? gradient : sums.add(gradient, sums.scaled(penalty, value)));

/**
 * Shortens gradients that are together longer than they may be; the length is a float32's.
 * @see Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks (2013), algorithm 1
 */
export function addClipping(
  setting: UpdateSetting,
  { clipNorm }: OptimiserSpec,
  gradients: readonly string[],
): readonly string[] {
  if (clipNorm === undefined || gradients.length === 0) return gradients;
  const { graph, constant } = setting;
  const sums = arithmetic(setting);
  const halves = gradients.map((gradient) => graph.add("L2Loss", [gradient], { T: typed(FLOAT) }));
  const length = sums.root(
    sums.scaled(
      2,
      halves.reduce((total, half) => sums.add(total, half)),
    ),
  );
  const most = constant(real(clipNorm));
  // What is short enough is divided by itself: it stays as it is, bit for bit.
  const longer = graph.add("Maximum", [length, most], { T: typed(FLOAT) });
  const shrink = sums.divide(most, longer);
  return gradients.map((gradient) => sums.times(gradient, shrink));
}

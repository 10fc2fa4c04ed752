import { type OptimiserSpec, rateAt } from "@seams/core/train";
import { adamDivisor, BETA1, BETA2 } from "../eager/optimiser";
import { type Constant, FLOAT, type GraphBuilder, typed } from "./graph";
import { real } from "./loop";

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
 * The paces of an optimiser, per factor. Adam's: the spread and the guard by which its second moment's root becomes a
 * divisor, both divided by the step's rate of the first moment; AdamW's besides: what is kept of a weight. Gradient
 * descent's: the rate.
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

const adamPaces: PacesOf = (_, { rate, step }) => {
  const { spread, guard } = adamDivisor(rate, step);
  return [spread, guard];
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

/** Adds one weight's update, by the formulas of eager/optimiser.ts. */
export function addUpdate(setting: UpdateSetting, spec: OptimiserSpec, call: UpdateCall): Updated {
  const sums = arithmetic(setting);
  const parts = { spec, call };
  return spec.name === "sgd" ? addDescent(setting, sums, parts) : addAdam(setting, sums, parts);
}

interface Arithmetic {
  add(a: string, b: string): string;
  subtract(a: string, b: string): string;
  times(a: string, b: string): string;
  divide(a: string, b: string): string;
  root(a: string): string;
  square(a: string): string;
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
    square: apply("Square"),
    scaled: (factor, value) => (factor === 1 ? value : times(value, constant(real(factor)))),
  };
}

/** The gradient with the pull of the weight itself towards 0. */
const penalised = (sums: Arithmetic, penalty: number, { value, gradient }: UpdateCall): string =>
  penalty === 0 ? gradient : sums.add(gradient, sums.scaled(penalty, value));

interface UpdateParts {
  readonly spec: OptimiserSpec;
  readonly call: UpdateCall;
}

function addAdam({ pace }: UpdateSetting, sums: Arithmetic, { spec, call }: UpdateParts): Updated {
  const { value, place } = call;
  const [m = "", v = ""] = call.slots;
  const gradient = penalised(sums, spec.name === "adam" ? spec.weightDecay : 0, call);
  const first = sums.add(sums.scaled(BETA1, m), sums.scaled(1 - BETA1, gradient));
  const second = sums.add(sums.scaled(BETA2, v), sums.scaled(1 - BETA2, sums.square(gradient)));
  const divisor = sums.add(sums.times(sums.root(second), pace(place)), pace(place + 1));
  const isShrunk = spec.name === "adamw" && spec.weightDecay !== 0;
  const kept = isShrunk ? sums.times(value, pace(place + 2)) : value;
  return { value: sums.subtract(kept, sums.divide(first, divisor)), slots: [first, second] };
}

function addDescent({ pace }: UpdateSetting, sums: Arithmetic, { spec, call }: UpdateParts): Updated {
  const { value, place } = call;
  const [velocity] = call.slots;
  const pulled = penalised(sums, spec.weightDecay, call);
  const speed = velocity === undefined ? pulled : sums.add(sums.scaled(spec.momentum, velocity), pulled);
  return {
    value: sums.subtract(value, sums.times(speed, pace(place))),
    slots: velocity === undefined ? [] : [speed],
  };
}

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

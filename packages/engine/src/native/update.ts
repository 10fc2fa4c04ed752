import type { OptimiserSpec } from "@seams/core/train";
import { BETA1, BETA2, EPSILON } from "../eager/optimiser";
import { type Constant, FLOAT, type GraphBuilder, typed } from "./graph";
import { real } from "./loop";

/** What changes from step to step: worked out in double precision, rounded once, and fed. */
export interface Paces {
  /** How many numbers a step has. */
  readonly width: number;
  /** Those of one step. @param step its number, from 1 */
  of(step: number): readonly number[];
}

/** Learning rates of the weights with their places in a step's paces. */
export interface Schedule extends Paces {
  placeOf(rate: number): number;
}

/**
 * The paces of an optimiser for weights of these learning rates. Adam's, per rate: the spread and the guard by which
 * its second moment's root becomes a divisor, both divided by the step's rate of the first moment.
 */
export function scheduleOf({ name }: OptimiserSpec, rates: readonly number[]): Schedule {
  const distinct = [...new Set(rates)];
  const perRate = name === "sgd" ? 0 : 2;
  return {
    width: perRate * distinct.length,
    of: (step) =>
      perRate === 0
        ? []
        : distinct.flatMap((rate) => {
            const divided = (1 - BETA1 ** step) / rate;
            return [divided / Math.sqrt(1 - BETA2 ** step), EPSILON * divided];
          }),
    placeOf: (rate) => perRate * distinct.indexOf(rate),
  };
}

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
  /** Its learning rate. */
  readonly rate: number;
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
  return spec.name === "sgd" ? addDescent(sums, spec, call) : addAdam(setting, sums, { spec, call });
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

function addAdam(
  { pace }: UpdateSetting,
  sums: Arithmetic,
  { spec, call }: { readonly spec: OptimiserSpec; readonly call: UpdateCall },
): Updated {
  const { value, rate, place } = call;
  const [m = "", v = ""] = call.slots;
  const gradient = penalised(sums, spec.name === "adam" ? spec.weightDecay : 0, call);
  const first = sums.add(sums.scaled(BETA1, m), sums.scaled(1 - BETA1, gradient));
  const second = sums.add(sums.scaled(BETA2, v), sums.scaled(1 - BETA2, sums.square(gradient)));
  const divisor = sums.add(sums.times(sums.root(second), pace(place)), pace(place + 1));
  const kept = sums.scaled(spec.name === "adamw" ? 1 - rate * spec.weightDecay : 1, value);
  return { value: sums.subtract(kept, sums.divide(first, divisor)), slots: [first, second] };
}

function addDescent(sums: Arithmetic, spec: OptimiserSpec, call: UpdateCall): Updated {
  const { value, rate } = call;
  const [velocity] = call.slots;
  const pulled = penalised(sums, spec.weightDecay, call);
  const speed = velocity === undefined ? pulled : sums.add(sums.scaled(spec.momentum, velocity), pulled);
  return {
    value: sums.subtract(value, sums.scaled(rate, speed)),
    slots: velocity === undefined ? [] : [speed],
  };
}

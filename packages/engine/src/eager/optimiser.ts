import type { OptimiserSpec } from "@seams/core/train";

/** One weight with all that its update reads and writes. Nothing is changed in place: a bad step is simply not taken. */
export interface Update {
  readonly value: Float32Array;
  readonly gradient: Float32Array;
  readonly slots: readonly Float32Array[];
  readonly nextValue: Float32Array;
  readonly nextSlots: readonly Float32Array[];
}

/** What holds for all weights of a layer in one step. */
export interface Pace {
  /** Learning rate of the layer. */
  readonly rate: number;
  /** Factor on the gradient; 1 where it isn't clipped. */
  readonly shrink: number;
  /** Number of this step, from 1. */
  readonly step: number;
}

/**
 * One optimiser. All arithmetic is in double precision with double coefficients and rounds once per stored value, so
 * the same gradients give the same weights on every backend.
 */
export interface Optimiser {
  /** Names of the arrays kept per weight, zeros at the start. */
  readonly slots: readonly string[];
  /** @returns whether the gradient, the new weights and the new slots are all finite */
  update(weight: Update, pace: Pace): boolean;
}

/** Slots of every optimiser: what may stand before a weight's name in a state. */
export const slotNames: ReadonlySet<string> = new Set(["adam.m", "adam.v", "sgd.v"]);

/** The optimiser of a phase. */
export function optimiserOf(spec: OptimiserSpec): Optimiser {
  if (spec.name === "sgd") return gradientDescent(spec);
  return adam(spec);
}

/** Adam's decay rates and divisor guard, as its paper proposes them. */
export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;

/** By what Adam divides its first moment in a step that is written w − m / (√v · spread + guard). */
export interface AdamDivisor {
  readonly spread: number;
  readonly guard: number;
}

/** @param rate of the layer  @param step its number, from 1 */
export function adamDivisor(rate: number, step: number): AdamDivisor {
  const divided = (1 - BETA1 ** step) / rate;
  return { spread: divided / Math.sqrt(1 - BETA2 ** step), guard: EPSILON * divided };
}

/**
 * Slots of dead units decay into float32's denormal range, where arithmetic is slow, and stay there. Added to a slot
 * and taken off again, this rounds it to a multiple of 2⁻¹²⁶, the smallest normal float32: below half of that it ends
 * at 0. Twice as fast as a comparison.
 */
const SETTLE = 2 ** -73;

/**
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − α · m̂ / (√v̂ + ε), with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ).
 * `adam` adds λw to g; `adamw` takes αλw from w instead.
 * @see Kingma & Ba, Adam (2015), algorithm 1; Loshchilov & Hutter, Decoupled Weight Decay (2019), algorithm 2
 */
function adam({ name, weightDecay }: OptimiserSpec): Optimiser {
  const penalty = name === "adam" ? weightDecay : 0;
  const decay = name === "adamw" ? weightDecay : 0;
  return {
    slots: ["adam.m", "adam.v"],
    // The loop is a function of its own: as a closure made anew per stepper, V8 loses its compiled code.
    update: (weight, { rate, shrink, step }) =>
      adamLoop(weight, {
        shrink,
        penalty,
        momentRate: rate / (1 - BETA1 ** step),
        spread: 1 / Math.sqrt(1 - BETA2 ** step),
        kept: 1 - rate * decay,
      }),
  };
}

interface AdamCoefficients {
  readonly shrink: number;
  readonly penalty: number;
  readonly momentRate: number;
  readonly spread: number;
  readonly kept: number;
}

function adamLoop(weight: Update, { shrink, penalty, momentRate, spread, kept }: AdamCoefficients): boolean {
  const { value, gradient, nextValue } = weight;
  const [m, v] = pair(weight.slots);
  const [nextM, nextV] = pair(weight.nextSlots);
  const size = value.length;
  let probe = 0;
  for (let i = 0; i < size; i++) {
    const w = value[i] ?? 0;
    const g = shrink * (gradient[i] ?? 0) + penalty * w;
    const first = BETA1 * (m[i] ?? 0) + (1 - BETA1) * g + SETTLE - SETTLE;
    const second = BETA2 * (v[i] ?? 0) + (1 - BETA2) * g * g + SETTLE - SETTLE;
    const next = w * kept - (momentRate * first) / (Math.sqrt(second) * spread + EPSILON);
    nextM[i] = first;
    nextV[i] = second;
    nextValue[i] = next;
    probe += notFinite(next) + notFinite(second);
  }
  return probe === 0;
}

/**
 * v ← μv + g + λw, w ← w − αv.
 * @see Sutskever et al., On the importance of initialization and momentum (2013), classical momentum
 */
function gradientDescent({ momentum, weightDecay }: OptimiserSpec): Optimiser {
  return {
    slots: momentum === 0 ? [] : ["sgd.v"],
    update: (weight, { rate, shrink }) =>
      descentLoop(weight, { shrink, momentum, penalty: weightDecay, rate }),
  };
}

interface DescentCoefficients {
  readonly shrink: number;
  readonly momentum: number;
  readonly penalty: number;
  readonly rate: number;
}

function descentLoop(weight: Update, { shrink, momentum, penalty, rate }: DescentCoefficients): boolean {
  const { value, gradient, nextValue } = weight;
  const velocity = weight.slots[0] ?? NO_SLOT;
  const nextVelocity = weight.nextSlots[0] ?? NO_SLOT;
  const size = value.length;
  let probe = 0;
  for (let i = 0; i < size; i++) {
    const w = value[i] ?? 0;
    const speed = momentum * (velocity[i] ?? 0) + shrink * (gradient[i] ?? 0) + penalty * w + SETTLE - SETTLE;
    const next = w - rate * speed;
    nextVelocity[i] = speed;
    nextValue[i] = next;
    probe += notFinite(next) + notFinite(speed);
  }
  return probe === 0;
}

/** Length of a gradient in all its parts, summed in double precision. */
export function lengthOf(parts: Iterable<Float32Array>): number {
  let sum = 0;
  for (const part of parts) for (let i = 0; i < part.length; i++) sum += (part[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}

/** Without momentum nothing is kept: reads give 0 and writes are lost beyond an array's end. */
const NO_SLOT = new Float32Array(0);

/** 0 for what a float32 can hold, NaN for any other number: sums of it tell of all without a branch per value. */
const notFinite = (value: number): number => Math.fround(value) - Math.fround(value);

function pair(arrays: readonly Float32Array[]): readonly [Float32Array, Float32Array] {
  const [first, second] = arrays;
  if (first === undefined || second === undefined)
    throw new Error("optimiser: Adam keeps two slots per weight.");
  return [first, second];
}

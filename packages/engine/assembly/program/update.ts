// The optimisers' arithmetic. Coefficients are made in double precision outside, once a step.
import { multiplyAdd } from "./fused";

/** What holds for one step of all layers that learn at one rate. */
@unmanaged
export class Pace {
  /** 0: gradient descent with momentum, 1: Adam. */
  adam: i32;
  /** Learning rate; not of Adam. */
  rate: f32;
  /** Adam: (1 − β₁ᵗ) / rate / √(1 − β₂ᵗ). */
  spread: f32;
  /** Adam: ε (1 − β₁ᵗ) / rate. */
  epsilon: f32;
  /** What part of a weight stays: below 1 with decoupled weight decay. */
  kept: f32;
  /** λ of a penalty ½λw² whose gradient is added. */
  penalty: f32;
  /** Adam: β₁; else the momentum. */
  firstKept: f32;
  firstTaken: f32;
  secondKept: f32;
  secondTaken: f32;
  /** Stays 0 while everything that was written is finite, and is NaN afterwards. */
  probe: f32;
}

/** Weights with their slots. `second` is 0 without Adam, `first` without momentum. */
@unmanaged
export class Update {
  weights: usize;
  gradient: usize;
  first: usize;
  second: usize;
  /** A multiple of 16. */
  bytes: i32;
  pace: usize;
}

export function update(call: Update): void {
  step(call.weights, call.gradient, call.first, call.second, <usize>call.bytes, changetype<Pace>(call.pace));
}

/**
 * Added and taken off again, rounds to a multiple of 2⁻¹²⁶, the smallest normal number: slots of dead units decay to
 * numbers below it, with which arithmetic is slow, and stay there.
 */
const SETTLE: f32 = reinterpret<f32>(0x0c000000); // 2⁻¹⁰³

/**
 * Added to a gradient before it is squared: neither the square nor Adam's second moment then leave the normal numbers,
 * and gradients above 2⁻³² stay what they are. Its root is far below ε.
 */
const LIFT: f32 = reinterpret<f32>(0x23800000); // 2⁻⁵⁶

/** One step of `bytes` / 4 weights. */
export function step(w: usize, g: usize, first: usize, second: usize, bytes: usize, pace: Pace): void {
  if (pace.adam && pace.kept == 1 && pace.penalty == 0) adam(w, g, first, second, bytes, pace);
  else if (pace.adam) adamWithDecay(w, g, first, second, bytes, pace);
  else if (first) descendWithMomentum(w, g, first, bytes, pace);
  else descend(w, g, bytes, pace);
}

/** m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − m / (√v · spread + ε). Kingma & Ba 2015, algorithm 1. */
function adam(w: usize, g: usize, m: usize, v: usize, bytes: usize, pace: Pace): void {
  Adam.steps(w, g, m, v, bytes, pace, false);
}

/** The same with weight decay: as a penalty in the gradient, or of the weight itself (Loshchilov & Hutter 2019). */
function adamWithDecay(w: usize, g: usize, m: usize, v: usize, bytes: usize, pace: Pace): void {
  Adam.steps(w, g, m, v, bytes, pace, true);
}

class Adam {
  /** Inlined twice, since most networks don't decay and its arithmetic costs. */
  @inline
  static steps(w: usize, g: usize, m: usize, v: usize, bytes: usize, pace: Pace, decays: bool): void {
    const spread = f32x4.splat(pace.spread);
    const epsilon = f32x4.splat(pace.epsilon);
    const kept = f32x4.splat(pace.kept);
    const penalty = f32x4.splat(pace.penalty);
    const firstKept = f32x4.splat(pace.firstKept);
    const firstTaken = f32x4.splat(pace.firstTaken);
    const secondKept = f32x4.splat(pace.secondKept);
    const secondTaken = f32x4.splat(pace.secondTaken);
    const settle = f32x4.splat(SETTLE);
    const lift = f32x4.splat(LIFT);
    let probe = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      let weight = v128.load(w + i);
      let gradient = v128.load(g + i);
      if (decays) {
        gradient = multiplyAdd(penalty, weight, gradient);
        weight = f32x4.mul(weight, kept);
      }
      const felt = f32x4.add(gradient, lift);
      let mean = multiplyAdd(firstTaken, gradient, f32x4.mul(firstKept, v128.load(m + i)));
      mean = f32x4.sub(f32x4.add(mean, settle), settle);
      const square = multiplyAdd(f32x4.mul(secondTaken, felt), felt, f32x4.mul(secondKept, v128.load(v + i)));
      const next = f32x4.sub(weight, f32x4.div(mean, multiplyAdd(f32x4.sqrt(square), spread, epsilon)));
      v128.store(m + i, mean);
      v128.store(v + i, square);
      v128.store(w + i, next);
      const sum = f32x4.add(next, square);
      probe = v128.or(probe, f32x4.sub(sum, sum));
    }
    note(pace, probe);
  }
}

/** v ← μv + g, w ← kept · w − rate · v. Sutskever et al. 2013, classical momentum. */
function descendWithMomentum(w: usize, g: usize, v: usize, bytes: usize, pace: Pace): void {
  const rate = f32x4.splat(pace.rate);
  const kept = f32x4.splat(pace.kept);
  const penalty = f32x4.splat(pace.penalty);
  const momentum = f32x4.splat(pace.firstKept);
  const settle = f32x4.splat(SETTLE);
  let probe = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const weight = v128.load(w + i);
    const gradient = multiplyAdd(penalty, weight, v128.load(g + i));
    let speed = multiplyAdd(momentum, v128.load(v + i), gradient);
    speed = f32x4.sub(f32x4.add(speed, settle), settle);
    const next = f32x4.sub(f32x4.mul(weight, kept), f32x4.mul(rate, speed));
    v128.store(v + i, speed);
    v128.store(w + i, next);
    probe = f32x4.add(probe, f32x4.add(f32x4.sub(next, next), f32x4.sub(speed, speed)));
  }
  note(pace, probe);
}

/** w ← kept · w − rate · g. */
function descend(w: usize, g: usize, bytes: usize, pace: Pace): void {
  const rate = f32x4.splat(pace.rate);
  const kept = f32x4.splat(pace.kept);
  const penalty = f32x4.splat(pace.penalty);
  let probe = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const weight = v128.load(w + i);
    const gradient = multiplyAdd(penalty, weight, v128.load(g + i));
    const next = f32x4.sub(f32x4.mul(weight, kept), f32x4.mul(rate, gradient));
    v128.store(w + i, next);
    probe = f32x4.add(probe, f32x4.add(f32x4.sub(next, next), f32x4.sub(gradient, gradient)));
  }
  note(pace, probe);
}

/** Finite values are 0 in a probe, all others NaN. */
function note(pace: Pace, probe: v128): void {
  const pair = f32x4.add(probe, v128.shuffle<f32>(probe, probe, 2, 3, 0, 1));
  pace.probe += f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

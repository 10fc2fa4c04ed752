// Losses of heads; formulas and sources: packages/core/src/train/losses.ts. A masked slot is skipped: nothing is read
// from its target, its loss and its gradient are 0. Strides are in bytes.
import { decay, decays } from "./exponential";

@unmanaged
export class Loss {
  rows: i32;
  slots: i32;
  width: i32;
  raw: usize;
  rawRow: i32;
  /** Byte offsets of the slots in a row of raw values, and of dRaw. A slot's values lie side by side. */
  starts: usize;
  /** [rows, slots] classes or symbols, else [rows, slots · width] values. */
  target: usize;
  /** [rows, slots]. */
  mask: usize;
  /** 0: not wanted. */
  dRaw: usize;
  dRawRow: i32;
  /** What a slot's gradient is multiplied by; with `perLabel` also divided by the batch's labels, at least 1. */
  scale: f32;
  perLabel: i32;
  /** Room for `width` values and 4 more; of ctcLoss for what it says. */
  scratch: usize;
  /** Two doubles: the sum of the slots' losses, and of the masks. */
  sums: usize;
}

/** Sums the masks, and gives what a slot's gradient is multiplied by. */
export function scaleOf(call: Loss): f32 {
  let labels: f64 = 0;
  for (let i: usize = 0; i < (<usize>(call.rows * call.slots)) << 2; i += 4)
    labels += load<f32>(call.mask + i);
  store<f64>(call.sums, labels, 8);
  return call.perLabel ? <f32>(<f64>call.scale / max<f64>(labels, 1)) : call.scale;
}

/** −log softmax(z)ₜ; its gradient is softmax(z) − onehot(t). A class that there is not counts as none: 0. */
export function softmaxLoss(call: Loss): void {
  const scale = scaleOf(call);
  const bytes = (<usize>call.width) << 2;
  const lanes = i32x4(0, 1, 2, 3);
  let total: f64 = 0;
  let slot: usize = 0;
  for (let n = 0; n < call.rows; n++) {
    for (let s: usize = 0; s < (<usize>call.slots) << 2; s += 4, slot += 4) {
      const start = <usize>load<i32>(call.starts + s);
      const raw = call.raw + <usize>(n * call.rawRow) + start;
      const to = call.dRaw ? call.dRaw + <usize>(n * call.dRawRow) + start : 0;
      const label = load<f32>(call.target + slot);
      const counts = load<f32>(call.mask + slot) > 0;
      if (!counts || !(label > -1 && label < <f32>call.width)) {
        if (to) memory.fill(to, 0, bytes);
        if (counts && label != label) total = NaN; // not a class but a mistake: the step must not be taken
        continue;
      }
      const chosen = (<usize>label) << 2;
      let most = load<f32>(raw);
      for (let k: usize = 4; k < bytes; k += 4) most = max<f32>(most, load<f32>(raw + k));
      const top = f32x4.splat(most);
      let sums = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        let part = decays(f32x4.sub(v128.load(raw + k), top));
        // Behind the slot others lie.
        const left = <i32>(bytes - k) >> 2;
        if (left < 4) part = v128.and(part, i32x4.lt_s(lanes, i32x4.splat(left)));
        v128.store(call.scratch + k, part);
        sums = f32x4.add(sums, part);
      }
      const pair = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
      const sum = f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
      total += Math.log(<f64>sum) + (<f64>most - <f64>load<f32>(raw + chosen));
      if (!to) continue;
      const factor = scale / sum;
      for (let k: usize = 0; k < bytes; k += 4) store<f32>(to + k, load<f32>(call.scratch + k) * factor);
      store<f32>(to + chosen, load<f32>(to + chosen) - scale);
    }
  }
  store<f64>(call.sums, total);
}

/** Mean over a slot of log(1 + exp z) − z·t; the gradient of a value is σ(z) − t, divided by the width. */
export function sigmoidLoss(call: Loss): void {
  ValueLoss.of(call, SIGMOID);
}

/** Mean over a slot of (z − t)²; the gradient of a value is 2 (z − t), divided by the width. */
export function squaredLoss(call: Loss): void {
  ValueLoss.of(call, SQUARED);
}

/** Mean over a slot of ½m² + (|d| − m), m = min(|d|, 1); the gradient of a value is d within ±1, divided by the width. */
export function smoothLoss(call: Loss): void {
  ValueLoss.of(call, SMOOTH);
}

const SIGMOID = 0;
const SQUARED = 1;
const SMOOTH = 2;

class ValueLoss {
  /** A loss that every value of a slot has for itself. Inlined, so that only the asked-for arithmetic stays in the loop. */
  @inline
  static of(call: Loss, kind: i32): void {
    const twice: f32 = kind == SQUARED ? 2 : 1;
    const scale = (twice * scaleOf(call)) / <f32>call.width;
    const bytes = (<usize>call.width) << 2;
    let total: f64 = 0;
    let slot: usize = 0;
    for (let n = 0; n < call.rows; n++) {
      for (let s: usize = 0; s < (<usize>call.slots) << 2; s += 4, slot += 4) {
        const start = <usize>load<i32>(call.starts + s);
        const raw = call.raw + <usize>(n * call.rawRow) + start;
        const to = call.dRaw ? call.dRaw + <usize>(n * call.dRawRow) + start : 0;
        if (!(load<f32>(call.mask + slot) > 0)) {
          if (to) memory.fill(to, 0, bytes);
          continue;
        }
        const target = call.target + slot * <usize>call.width;
        let sum: f64 = 0;
        for (let k: usize = 0; k < bytes; k += 4) {
          const z = load<f32>(raw + k);
          const t = load<f32>(target + k);
          let slope: f32;
          if (kind == SIGMOID) {
            const small = decay(-abs(z));
            sum += <f64>max<f32>(z, 0) - <f64>z * <f64>t + Math.log1p(<f64>small);
            slope = (z < 0 ? small : 1) / (1 + small) - t;
          } else if (kind == SQUARED) {
            slope = z - t;
            sum += <f64>slope * <f64>slope;
          } else {
            const distance = z - t;
            const near = min<f32>(abs(distance), 1);
            sum += 0.5 * <f64>near * <f64>near + (<f64>abs(distance) - <f64>near);
            slope = max<f32>(-1, min<f32>(distance, 1));
          }
          if (to) store<f32>(to + k, scale * slope);
        }
        total += sum / <f64>call.width;
      }
    }
    store<f64>(call.sums, total);
  }
}

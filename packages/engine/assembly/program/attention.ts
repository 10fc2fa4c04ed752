// Attention between the steps of a record. Its heads lie side by side, each `size` floats wide, a multiple of 4 whose
// last ones may be zeros; queries, keys and values are parts of one row a step. Strides are in bytes.
import { decays } from "./exponential";

/** Far below every score, and finite. */
const HIDDEN: f32 = -1e30;

@unmanaged
export class Attend {
  records: i32;
  steps: i32;
  heads: i32;
  /** Floats of a head. */
  size: i32;
  /** Steps × sums of all heads: queries, keys and values. */
  sums: usize;
  sumsStep: i32;
  y: usize;
  yStep: i32;
  /** 1 / √(values of a head). */
  scale: f32;
  /** 1: a step sees none behind it. */
  causal: i32;
  /** What each step took of each, in rows of a multiple of 4 floats. */
  shares: usize;
  /** From a step's row to the next; 0: they are not kept. */
  sharesStep: i32;
}

/** yᵢ = Σⱼ pᵢⱼ vⱼ with pᵢ = softmax(scale · qᵢ · kⱼ), head by head. */
export function attend(call: Attend): void {
  const steps = call.steps;
  const bytes = (<usize>call.size) << 2;
  const part = bytes * <usize>call.heads;
  const sumsStep = <usize>call.sumsStep;
  let shares = call.shares;
  for (let n = 0; n < call.records; n++) {
    const record = call.sums + <usize>(n * steps) * sumsStep;
    for (let head: usize = 0; head < <usize>call.heads; head++) {
      const q = record + head * bytes;
      const k = q + part;
      const v = k + part;
      for (let i = 0; i < steps; i++) {
        const seen = call.causal ? i + 1 : steps;
        weigh(q + <usize>i * sumsStep, k, sumsStep, bytes, seen, steps, call.scale, shares);
        const y = call.y + <usize>(n * steps + i) * <usize>call.yStep + head * bytes;
        for (let c: usize = 0; c < bytes; c += 16) {
          let sum = f32x4.splat(0);
          let from = v + c;
          for (let j = 0; j < seen; j++) {
            sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(shares + ((<usize>j) << 2)), v128.load(from)));
            from += sumsStep;
          }
          v128.store(y + c, sum);
        }
        shares += <usize>call.sharesStep;
      }
    }
  }
}

/** How much of each of `seen` steps one step takes; 0 of the others, up to a multiple of 4. */
function weigh(
  q: usize,
  k: usize,
  kStep: usize,
  bytes: usize,
  seen: i32,
  steps: i32,
  scale: f32,
  to: usize,
): void {
  const room = (steps + 3) & ~3;
  let most: f32 = HIDDEN;
  for (let j = 0; j < seen; j++) {
    const score = dot(q, k + <usize>j * kStep, bytes) * scale;
    store<f32>(to + ((<usize>j) << 2), score);
    most = max<f32>(most, score);
  }
  for (let j = seen; j < room; j++) store<f32>(to + ((<usize>j) << 2), HIDDEN);
  const highest = f32x4.splat(most);
  let sums = f32x4.splat(0);
  const end = to + ((<usize>room) << 2);
  for (let at = to; at != end; at += 16) {
    const parts = decays(f32x4.sub(v128.load(at), highest));
    v128.store(at, parts);
    sums = f32x4.add(sums, parts);
  }
  const one = f32x4.splat(1 / total(sums));
  for (let at = to; at != end; at += 16) v128.store(at, f32x4.mul(v128.load(at), one));
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let c: usize = 0; c < bytes; c += 16)
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + c), v128.load(b + c)));
  return total(sum);
}

function total(sums: v128): f32 {
  const pair = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  return f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

@unmanaged
export class AttendGradient {
  records: i32;
  steps: i32;
  heads: i32;
  size: i32;
  sums: usize;
  /** Of the gradient by the sums too. */
  sumsStep: i32;
  dy: usize;
  dyStep: i32;
  scale: f32;
  causal: i32;
  shares: usize;
  sharesStep: i32;
  dSums: usize;
  /** Room for a row of shares. */
  scratch: usize;
}

/**
 * With dpᵢⱼ = dyᵢ · vⱼ and dsᵢⱼ = scale · pᵢⱼ (dpᵢⱼ − Σₗ pᵢₗ dpᵢₗ): dqᵢ = Σⱼ dsᵢⱼ kⱼ, dkⱼ = Σᵢ dsᵢⱼ qᵢ, dvⱼ = Σᵢ pᵢⱼ dyᵢ.
 */
export function attendGradient(call: AttendGradient): void {
  const steps = call.steps;
  const bytes = (<usize>call.size) << 2;
  const part = bytes * <usize>call.heads;
  const sumsStep = <usize>call.sumsStep;
  let shares = call.shares;
  for (let n = 0; n < call.records; n++) {
    const before = <usize>(n * steps) * sumsStep;
    for (let i = 0; i < steps; i++) memory.fill(call.dSums + before + <usize>i * sumsStep, 0, 3 * part);
    for (let head: usize = 0; head < <usize>call.heads; head++) {
      const q = call.sums + before + head * bytes;
      const dq = call.dSums + before + head * bytes;
      for (let i = 0; i < steps; i++) {
        const dy = call.dy + <usize>(n * steps + i) * <usize>call.dyStep + head * bytes;
        const own = <usize>i * sumsStep;
        const seen = call.causal ? i + 1 : steps;
        slopes(call, shares, dy, q + 2 * part, bytes, seen);
        for (let j = 0; j < seen; j++) {
          const other = part + <usize>j * sumsStep;
          const at = (<usize>j) << 2;
          const share = v128.load32_splat(shares + at);
          const slope = v128.load32_splat(call.scratch + at);
          for (let c: usize = 0; c < bytes; c += 16) {
            add(dq + own + c, slope, v128.load(q + other + c));
            add(dq + other + c, slope, v128.load(q + own + c));
            add(dq + other + part + c, share, v128.load(dy + c));
          }
        }
        shares += <usize>call.sharesStep;
      }
    }
  }
}

/** The gradient by one step's scores, into the scratch. */
function slopes(call: AttendGradient, shares: usize, dy: usize, v: usize, bytes: usize, seen: i32): void {
  let common: f32 = 0;
  for (let j = 0; j < seen; j++) {
    const at = (<usize>j) << 2;
    const slope = dot(dy, v + <usize>j * <usize>call.sumsStep, bytes);
    store<f32>(call.scratch + at, slope);
    common += load<f32>(shares + at) * slope;
  }
  for (let j = 0; j < seen; j++) {
    const at = (<usize>j) << 2;
    const slope = call.scale * load<f32>(shares + at) * (load<f32>(call.scratch + at) - common);
    store<f32>(call.scratch + at, slope);
  }
}

function add(to: usize, factor: v128, value: v128): void {
  v128.store(to, f32x4.add(v128.load(to), f32x4.mul(factor, value)));
}

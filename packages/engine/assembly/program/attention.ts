// Attention between the steps of a record. Its heads lie side by side, each `size` floats wide, a multiple of 4 whose
// last ones may be zeros; queries, keys and values are parts of one row a step. Strides are in bytes.
import { multiplyAdd } from "./fused";
import { decays } from "./exponential";
import { multiply, transposeRows } from "./small-product";

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
  /** What each step took of each, head by head, in rows of as many floats as there are steps, up to a multiple of 4. */
  shares: usize;
  /** From a head's rows to the next's; 0: they are not kept. */
  sharesHead: i32;
  /** Room for a head's keys or values in columns, `size` times a row of shares. */
  turned: usize;
}

/** yᵢ = Σⱼ pᵢⱼ vⱼ with pᵢ = softmax(scale · qᵢ · kⱼ), head by head. */
export function attend(call: Attend): void {
  const steps = call.steps;
  const room = (steps + 3) & ~3;
  const row = (<usize>room) << 2;
  const bytes = (<usize>call.size) << 2;
  const part = bytes * <usize>call.heads;
  const sumsStep = <usize>call.sumsStep;
  const yStep = <usize>call.yStep;
  let shares = call.shares;
  for (let n = 0; n < call.records; n++) {
    const record = call.sums + <usize>(n * steps) * sumsStep;
    for (let head: usize = 0; head < <usize>call.heads; head++) {
      const q = record + head * bytes;
      const v = q + 2 * part;
      const y = call.y + <usize>(n * steps) * yStep + head * bytes;
      transposeRows(q + part, sumsStep, steps, call.size, call.turned);
      multiply(steps, call.size, room, q, sumsStep, 4, call.turned, row, shares, row);
      for (let i = 0; i < steps; i++)
        weigh(shares + <usize>i * row, call.causal ? i + 1 : steps, room, call.scale);
      if (call.causal) {
        // Row by row, so that what a step must not see is not even multiplied by 0.
        for (let i = 0; i < steps; i++) {
          const at = <usize>i;
          multiply(1, i + 1, call.size, shares + at * row, row, 4, v, sumsStep, y + at * yStep, yStep);
        }
      } else multiply(steps, steps, call.size, shares, row, 4, v, sumsStep, y, yStep);
      shares += <usize>call.sharesHead;
    }
  }
}

/** Turns a row of scores into how much of each of `seen` steps one step takes; 0 of the others. */
function weigh(row: usize, seen: i32, room: i32, scale: f32): void {
  for (let j = seen; j < room; j++) store<f32>(row + ((<usize>j) << 2), HIDDEN);
  const end = row + ((<usize>room) << 2);
  const scales = f32x4.splat(scale);
  let highest = f32x4.splat(HIDDEN);
  for (let at = row; at != end; at += 16) {
    const scores = f32x4.mul(v128.load(at), scales);
    v128.store(at, scores);
    highest = f32x4.max(highest, scores);
  }
  highest = f32x4.max(highest, v128.shuffle<f32>(highest, highest, 2, 3, 0, 1));
  highest = f32x4.max(highest, v128.shuffle<f32>(highest, highest, 1, 0, 3, 2));
  let sums = f32x4.splat(0);
  for (let at = row; at != end; at += 16) {
    const parts = decays(f32x4.sub(v128.load(at), highest));
    v128.store(at, parts);
    sums = f32x4.add(sums, parts);
  }
  const one = f32x4.splat(1 / total(sums));
  for (let at = row; at != end; at += 16) v128.store(at, f32x4.mul(v128.load(at), one));
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
  shares: usize;
  sharesHead: i32;
  turned: usize;
  dSums: usize;
  /** Room for a head's rows of shares. */
  slopes: usize;
}

/**
 * With dpᵢⱼ = dyᵢ · vⱼ and dsᵢⱼ = scale · pᵢⱼ (dpᵢⱼ − Σₗ pᵢₗ dpᵢₗ): dqᵢ = Σⱼ dsᵢⱼ kⱼ, dkⱼ = Σᵢ dsᵢⱼ qᵢ, dvⱼ = Σᵢ pᵢⱼ dyᵢ.
 */
export function attendGradient(call: AttendGradient): void {
  const steps = call.steps;
  const size = call.size;
  const room = (steps + 3) & ~3;
  const row = (<usize>room) << 2;
  const bytes = (<usize>size) << 2;
  const part = bytes * <usize>call.heads;
  const sumsStep = <usize>call.sumsStep;
  const dyStep = <usize>call.dyStep;
  const slopes = call.slopes;
  let shares = call.shares;
  for (let n = 0; n < call.records; n++) {
    const before = <usize>(n * steps) * sumsStep;
    for (let head: usize = 0; head < <usize>call.heads; head++) {
      const q = call.sums + before + head * bytes;
      const dq = call.dSums + before + head * bytes;
      const dy = call.dy + <usize>(n * steps) * dyStep + head * bytes;
      transposeRows(q + 2 * part, sumsStep, steps, size, call.turned);
      multiply(steps, size, room, dy, dyStep, 4, call.turned, row, slopes, row);
      for (let i: usize = 0; i < <usize>steps; i++)
        scoreSlopes(shares + i * row, slopes + i * row, row, call.scale);
      multiply(steps, steps, size, slopes, row, 4, q + part, sumsStep, dq, sumsStep);
      multiply(steps, steps, size, slopes, 4, row, q, sumsStep, dq + part, sumsStep);
      multiply(steps, steps, size, shares, 4, row, dy, dyStep, dq + 2 * part, sumsStep);
      shares += <usize>call.sharesHead;
    }
  }
}

/** Turns the gradient by one step's shares into that by its scores. */
function scoreSlopes(shares: usize, slopes: usize, bytes: usize, scale: f32): void {
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at != bytes; at += 16)
    sums = multiplyAdd(v128.load(shares + at), v128.load(slopes + at), sums);
  const common = f32x4.splat(total(sums));
  const scales = f32x4.splat(scale);
  for (let at: usize = 0; at != bytes; at += 16) {
    const share = f32x4.mul(scales, v128.load(shares + at));
    v128.store(slopes + at, f32x4.mul(share, f32x4.sub(v128.load(slopes + at), common)));
  }
}

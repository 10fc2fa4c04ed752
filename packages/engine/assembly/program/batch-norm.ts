// Batch norm. A record has `places` of `channels` values each; strides are in bytes. What stands between the values and the
// next multiple of 4 is 0, in x, dy, gain and shift, and stays 0 in y and dx.
import { multiplyAdd } from "./fused";
import { inside } from "./normalise";

/**
 * The moments of a batch: of each channel over all places of all records. `moments` gets the means of all channels, then
 * 1 / √(σ² + ε) of all; the moving mean and variance go a part of their way to the batch's.
 */
@unmanaged
export class BatchMoments {
  records: i32;
  places: i32;
  channels: i32;
  x: usize;
  xRecord: i32;
  xPlace: i32;
  epsilon: f32;
  /** What part of a moving value stays, and what part of a new one is taken. */
  kept: f32;
  taken: f32;
  mean: usize;
  variance: usize;
  moments: usize;
}

export function batchMoments(call: BatchMoments): void {
  const bytes = (((<usize>call.channels) << 2) + 15) & ~15;
  const means = call.moments;
  const scales = means + bytes;
  const count = f32x4.splat(<f32>call.records * <f32>call.places);
  const kept = f32x4.splat(call.kept);
  const taken = f32x4.splat(call.taken);
  memory.fill(means, 0, bytes << 1);
  for (let n = 0; n < call.records; n++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let x = call.x + <usize>(n * call.xRecord) + k;
      let sums = f32x4.splat(0); // of one record: few enough that little is lost
      for (let i = 0; i < call.places; i++, x += call.xPlace) sums = f32x4.add(sums, v128.load(x));
      v128.store(means + k, f32x4.add(v128.load(means + k), sums));
    }
  }
  for (let k: usize = 0; k < bytes; k += 16) v128.store(means + k, f32x4.div(v128.load(means + k), count));
  for (let n = 0; n < call.records; n++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let x = call.x + <usize>(n * call.xRecord) + k;
      const mean = v128.load(means + k);
      let squares = f32x4.splat(0);
      for (let i = 0; i < call.places; i++, x += call.xPlace) {
        const distance = f32x4.sub(v128.load(x), mean);
        squares = multiplyAdd(distance, distance, squares);
      }
      v128.store(scales + k, f32x4.add(v128.load(scales + k), squares));
    }
  }
  for (let k: usize = 0; k < bytes; k += 16) {
    const variance = f32x4.div(v128.load(scales + k), count);
    move(call.mean + k, v128.load(means + k), kept, taken);
    move(call.variance + k, variance, kept, taken);
    v128.store(scales + k, inverse(variance, call.epsilon));
  }
}

/** A moving value goes a part of its way to a new one. */
function move(at: usize, value: v128, kept: v128, taken: v128): void {
  v128.store(at, multiplyAdd(value, taken, f32x4.mul(v128.load(at), kept)));
}

/** 1 / √(σ² + ε). */
function inverse(variance: v128, epsilon: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
}

/** The moments that moving statistics stand for, as `batchMoments` gives them. */
@unmanaged
export class MovingMoments {
  channels: i32;
  mean: usize;
  variance: usize;
  epsilon: f32;
  moments: usize;
}

export function movingMoments(call: MovingMoments): void {
  const bytes = (((<usize>call.channels) << 2) + 15) & ~15;
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(call.moments + k, v128.load(call.mean + k));
    v128.store(call.moments + bytes + k, inverse(v128.load(call.variance + k), call.epsilon));
  }
}

/** y = gain · (x − μ) / √(σ² + ε) + shift with a channel's moments. */
@unmanaged
export class BatchNorm {
  records: i32;
  places: i32;
  channels: i32;
  x: usize;
  xRecord: i32;
  xPlace: i32;
  gain: usize;
  shift: usize;
  moments: usize;
  y: usize;
  yRecord: i32;
  yPlace: i32;
}

export function batchNorm(call: BatchNorm): void {
  const bytes = (((<usize>call.channels) << 2) + 15) & ~15;
  for (let n = 0; n < call.records; n++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let x = call.x + <usize>(n * call.xRecord) + k;
      let y = call.y + <usize>(n * call.yRecord) + k;
      const mean = v128.load(call.moments + k);
      const factor = f32x4.mul(v128.load(call.moments + bytes + k), v128.load(call.gain + k));
      const shift = v128.load(call.shift + k);
      for (let i = 0; i < call.places; i++, x += call.xPlace, y += call.yPlace)
        v128.store(y, multiplyAdd(f32x4.sub(v128.load(x), mean), factor, shift));
    }
  }
}

/**
 * With x̂ = (x − μ) / √(σ² + ε) over N places of all records: dGain = Σ dy · x̂, dShift = Σ dy, and
 * dx = gain / √(σ² + ε) · (dy − dShift / N − x̂ · dGain / N). Where the moments are given from outside, dGain is 0 and
 * dx = gain / √(σ² + ε) · dy.
 */
@unmanaged
export class BatchNormGradient {
  records: i32;
  places: i32;
  channels: i32;
  x: usize;
  xRecord: i32;
  xPlace: i32;
  gain: usize;
  moments: usize;
  dy: usize;
  dyRecord: i32;
  dyPlace: i32;
  /** 0: not wanted. */
  dx: usize;
  dxRecord: i32;
  dxPlace: i32;
  add: i32;
  /** 0: the moments are given from outside. */
  dGain: usize;
  dShift: usize;
}

export function batchNormGradient(call: BatchNormGradient): void {
  if (call.dGain) sumGradients(call);
  if (!call.dx) return;
  const bytes = (((<usize>call.channels) << 2) + 15) & ~15;
  const count = f32x4.splat(<f32>call.records * <f32>call.places);
  for (let n = 0; n < call.records; n++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let x = call.x + <usize>(n * call.xRecord) + k;
      let dy = call.dy + <usize>(n * call.dyRecord) + k;
      let dx = call.dx + <usize>(n * call.dxRecord) + k;
      const mean = v128.load(call.moments + k);
      const scale = v128.load(call.moments + bytes + k);
      const factor = f32x4.mul(scale, v128.load(call.gain + k));
      let common = f32x4.splat(0);
      let turn = common;
      if (call.dGain) {
        common = f32x4.div(v128.load(call.dShift + k), count);
        turn = f32x4.div(f32x4.mul(v128.load(call.dGain + k), scale), count);
      }
      for (let i = 0; i < call.places; i++, x += call.xPlace, dy += call.dyPlace, dx += call.dxPlace) {
        const distance = f32x4.sub(v128.load(x), mean);
        const rest = f32x4.sub(f32x4.sub(v128.load(dy), common), f32x4.mul(distance, turn));
        const value = inside(f32x4.mul(rest, factor), ((<usize>call.channels) << 2) - k);
        v128.store(dx, call.add ? f32x4.add(v128.load(dx), value) : value);
      }
    }
  }
}

function sumGradients(call: BatchNormGradient): void {
  const bytes = (((<usize>call.channels) << 2) + 15) & ~15;
  const padded = (bytes + 31) & ~31; // whole panels, as the weights have them
  memory.fill(call.dGain, 0, padded);
  memory.fill(call.dShift, 0, padded);
  for (let n = 0; n < call.records; n++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let x = call.x + <usize>(n * call.xRecord) + k;
      let dy = call.dy + <usize>(n * call.dyRecord) + k;
      const mean = v128.load(call.moments + k);
      const scale = v128.load(call.moments + bytes + k);
      let gains = f32x4.splat(0);
      let shifts = gains;
      for (let i = 0; i < call.places; i++, x += call.xPlace, dy += call.dyPlace) {
        const given = v128.load(dy);
        gains = multiplyAdd(given, f32x4.sub(v128.load(x), mean), gains);
        shifts = f32x4.add(shifts, given);
      }
      v128.store(call.dGain + k, multiplyAdd(gains, scale, v128.load(call.dGain + k)));
      v128.store(call.dShift + k, f32x4.add(v128.load(call.dShift + k), shifts));
    }
  }
}

// Layer norm. A record has `places` of `channels` values each; strides are in bytes. What stands between the values and
// the next multiple of 4 is 0, in x, dy, gain and shift, and stays 0 in y and dx.
import { multiplyAdd } from "./fused";

/** y = gain · (x − μ) / √(σ² + ε) + shift, μ and σ² of each place; `moments` keeps μ and 1 / √(σ² + ε), in order. */
@unmanaged
export class LayerNorm {
  records: i32;
  places: i32;
  channels: i32;
  x: usize;
  xRecord: i32;
  xPlace: i32;
  gain: usize;
  shift: usize;
  y: usize;
  yRecord: i32;
  yPlace: i32;
  epsilon: f32;
  moments: usize;
}

export function layerNorm(call: LayerNorm): void {
  const bytes = (<usize>call.channels) << 2;
  const count = <f32>call.channels;
  let moments = call.moments;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xPlace);
      const y = call.y + <usize>(n * call.yRecord + i * call.yPlace);
      let sums = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) sums = f32x4.add(sums, v128.load(x + k));
      const mean = total(sums) / count;
      let squares = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const distance = inside(f32x4.sub(v128.load(x + k), f32x4.splat(mean)), bytes - k);
        squares = multiplyAdd(distance, distance, squares);
      }
      const scale = <f32>1 / sqrt<f32>(total(squares) / count + call.epsilon);
      for (let k: usize = 0; k < bytes; k += 16) {
        const standard = f32x4.mul(f32x4.sub(v128.load(x + k), f32x4.splat(mean)), f32x4.splat(scale));
        v128.store(y + k, multiplyAdd(standard, v128.load(call.gain + k), v128.load(call.shift + k)));
      }
      store<f32>(moments, mean);
      store<f32>(moments, scale, 4);
      moments += 8;
    }
  }
}

/**
 * With x̂ = (x − μ) / √(σ² + ε) and g = gain · dy: dx = (g − mean(g) − x̂ · mean(g · x̂)) / √(σ² + ε);
 * dGain = Σ dy · x̂ and dShift = Σ dy over all places, where they are wanted.
 */
@unmanaged
export class LayerNormGradient {
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
  /** 0: not wanted. */
  dGain: usize;
  dShift: usize;
}

export function layerNormGradient(call: LayerNormGradient): void {
  const bytes = (<usize>call.channels) << 2;
  const count = <f32>call.channels;
  const padded = (bytes + 31) & ~31; // whole panels, as the weights have them
  if (call.dGain) {
    memory.fill(call.dGain, 0, padded);
    memory.fill(call.dShift, 0, padded);
  }
  let moments = call.moments;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xPlace);
      const dy = call.dy + <usize>(n * call.dyRecord + i * call.dyPlace);
      const mean = f32x4.splat(load<f32>(moments));
      const scale = f32x4.splat(load<f32>(moments, 4));
      moments += 8;
      let slopes = f32x4.splat(0);
      let turns = slopes;
      for (let k: usize = 0; k < bytes; k += 16) {
        const standard = f32x4.mul(f32x4.sub(v128.load(x + k), mean), scale);
        const given = v128.load(dy + k);
        const slope = f32x4.mul(given, v128.load(call.gain + k));
        slopes = f32x4.add(slopes, slope);
        turns = multiplyAdd(slope, standard, turns);
        if (!call.dGain) continue;
        v128.store(call.dGain + k, multiplyAdd(given, standard, v128.load(call.dGain + k)));
        v128.store(call.dShift + k, f32x4.add(v128.load(call.dShift + k), given));
      }
      if (!call.dx) continue;
      const dx = call.dx + <usize>(n * call.dxRecord + i * call.dxPlace);
      const common = f32x4.splat(total(slopes) / count);
      const turn = f32x4.splat(total(turns) / count);
      for (let k: usize = 0; k < bytes; k += 16) {
        const standard = f32x4.mul(f32x4.sub(v128.load(x + k), mean), scale);
        const slope = f32x4.mul(v128.load(dy + k), v128.load(call.gain + k));
        const rest = f32x4.sub(f32x4.sub(slope, common), f32x4.mul(standard, turn));
        const value = inside(f32x4.mul(rest, scale), bytes - k);
        v128.store(dx + k, call.add ? f32x4.add(v128.load(dx + k), value) : value);
      }
    }
  }
}

/** The sum of four lanes. */
function total(lanes: v128): f32 {
  const pair = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  return f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

/** The lanes of which `left` bytes are still values; the others 0. */
export function inside(lanes: v128, left: usize): v128 {
  return left >= 16 ? lanes : v128.and(lanes, i32x4.lt_s(i32x4(0, 4, 8, 12), i32x4.splat(<i32>left)));
}

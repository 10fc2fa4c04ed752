// Softmax and sigmoid as layers. A record has `places` of `channels` values each; strides are in bytes. What stands
// between the values and the next multiple of 4 is written as 0.
import { decay } from "./exponential";

@unmanaged
export class Probabilities {
  records: i32;
  places: i32;
  channels: i32;
  x: usize;
  xRecord: i32;
  xPlace: i32;
  y: usize;
  yRecord: i32;
  yPlace: i32;
}

/** yₖ = exp xₖ / Σⱼ exp xⱼ. */
export function softmax(call: Probabilities): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xPlace);
      const y = call.y + <usize>(n * call.yRecord + i * call.yPlace);
      let most = load<f32>(x);
      for (let k: usize = 4; k < bytes; k += 4) most = max<f32>(most, load<f32>(x + k));
      let sum: f32 = 0;
      for (let k: usize = 0; k < bytes; k += 4) {
        const part = decay(load<f32>(x + k) - most);
        store<f32>(y + k, part);
        sum += part;
      }
      for (let k: usize = 0; k < bytes; k += 4) store<f32>(y + k, load<f32>(y + k) / sum);
      for (let k = bytes; k & 15; k += 4) store<f32>(y + k, 0);
    }
  }
}

/** y = 1 / (1 + exp −x). */
export function sigmoid(call: Probabilities): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xPlace);
      const y = call.y + <usize>(n * call.yRecord + i * call.yPlace);
      for (let k: usize = 0; k < bytes; k += 4) {
        const value = load<f32>(x + k);
        const small = decay(-abs(value));
        store<f32>(y + k, (value < 0 ? small : 1) / (1 + small));
      }
      for (let k = bytes; k & 15; k += 4) store<f32>(y + k, 0);
    }
  }
}

@unmanaged
export class ProbabilitiesGradient {
  records: i32;
  places: i32;
  channels: i32;
  y: usize;
  yRecord: i32;
  yPlace: i32;
  dy: usize;
  dyRecord: i32;
  dyPlace: i32;
  dx: usize;
  dxRecord: i32;
  dxPlace: i32;
  add: i32;
}

/** dxₖ = yₖ (dyₖ − Σⱼ yⱼ dyⱼ). */
export function softmaxGradient(call: ProbabilitiesGradient): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const y = call.y + <usize>(n * call.yRecord + i * call.yPlace);
      const dy = call.dy + <usize>(n * call.dyRecord + i * call.dyPlace);
      const dx = call.dx + <usize>(n * call.dxRecord + i * call.dxPlace);
      let common: f32 = 0;
      for (let k: usize = 0; k < bytes; k += 4) common += load<f32>(y + k) * load<f32>(dy + k);
      for (let k: usize = 0; k < bytes; k += 4) {
        const value = load<f32>(y + k) * (load<f32>(dy + k) - common);
        store<f32>(dx + k, call.add ? load<f32>(dx + k) + value : value);
      }
      if (!call.add) for (let k = bytes; k & 15; k += 4) store<f32>(dx + k, 0);
    }
  }
}

/** dx = y (1 − y) dy. */
export function sigmoidGradient(call: ProbabilitiesGradient): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.places; i++) {
      const y = call.y + <usize>(n * call.yRecord + i * call.yPlace);
      const dy = call.dy + <usize>(n * call.dyRecord + i * call.dyPlace);
      const dx = call.dx + <usize>(n * call.dxRecord + i * call.dxPlace);
      for (let k: usize = 0; k < bytes; k += 4) {
        const chance = load<f32>(y + k);
        const value = chance * (1 - chance) * load<f32>(dy + k);
        store<f32>(dx + k, call.add ? load<f32>(dx + k) + value : value);
      }
      if (!call.add) for (let k = bytes; k & 15; k += 4) store<f32>(dx + k, 0);
    }
  }
}

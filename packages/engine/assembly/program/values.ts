// Value by value. A record's values lie in runs of floats; strides are in bytes.

/** Walks over the runs of records: `run` is a multiple of 4 except where a kernel says otherwise. */
@unmanaged
export class Rectify {
  records: i32;
  runs: i32;
  run: i32;
  x: usize;
  xRecord: i32;
  xRun: i32;
  y: usize;
  yRecord: i32;
  yRun: i32;
}

/** y = max(x, 0). */
export function rectify(call: Rectify): void {
  const zero = f32x4.splat(0);
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.runs; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xRun);
      const y = call.y + <usize>(n * call.yRecord + i * call.yRun);
      for (let k: usize = 0; k < (<usize>call.run) << 2; k += 16) {
        v128.store(y + k, f32x4.max(v128.load(x + k), zero));
      }
    }
  }
}

/**
 * Moves gradients from one layout to another, pixel by pixel of `channels` values, a multiple of 4: to = from where
 * `above` is greater than 0, else 0. `above` lies as `from` does; 0: all pass.
 */
@unmanaged
export class PassGradient {
  records: i32;
  height: i32;
  width: i32;
  channels: i32;
  from: usize;
  above: usize;
  record: i32;
  row: i32;
  pixel: i32;
  to: usize;
  toRecord: i32;
  toRow: i32;
  toPixel: i32;
  /** 1: added to what `to` holds. */
  add: i32;
}

export function passGradient(call: PassGradient): void {
  const zero = f32x4.splat(0);
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.height; i++) {
      let at = <usize>(n * call.record + i * call.row);
      let to = call.to + <usize>(n * call.toRecord + i * call.toRow);
      for (let j = 0; j < call.width; j++) {
        for (let c: usize = 0; c < (<usize>call.channels) << 2; c += 16) {
          let value = v128.load(call.from + at + c);
          if (call.above) value = v128.and(value, f32x4.gt(v128.load(call.above + at + c), zero));
          v128.store(to + c, call.add ? f32x4.add(v128.load(to + c), value) : value);
        }
        at += call.pixel;
        to += call.toPixel;
      }
    }
  }
}

/** y = (x − mean) · scale, by patterns of `run` values that are the same for every run; `run` is any number. */
@unmanaged
export class Standardise {
  records: i32;
  runs: i32;
  run: i32;
  x: usize;
  xRecord: i32;
  xRun: i32;
  mean: usize;
  scale: usize;
  y: usize;
  yRecord: i32;
  yRun: i32;
}

export function standardise(call: Standardise): void {
  const whole = (<usize>(call.run & ~3)) << 2;
  const bytes = (<usize>call.run) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.runs; i++) {
      const x = call.x + <usize>(n * call.xRecord + i * call.xRun);
      const y = call.y + <usize>(n * call.yRecord + i * call.yRun);
      let k: usize = 0;
      for (; k < whole; k += 16) {
        const distance = f32x4.sub(v128.load(x + k), v128.load(call.mean + k));
        v128.store(y + k, f32x4.mul(distance, v128.load(call.scale + k)));
      }
      for (; k < bytes; k += 4) {
        store<f32>(y + k, (load<f32>(x + k) - load<f32>(call.mean + k)) * load<f32>(call.scale + k));
      }
    }
  }
}

/** dx = dy · scale, as above. */
@unmanaged
export class StandardiseGradient {
  records: i32;
  runs: i32;
  run: i32;
  dy: usize;
  dyRecord: i32;
  dyRun: i32;
  scale: usize;
  dx: usize;
  dxRecord: i32;
  dxRun: i32;
  add: i32;
}

export function standardiseGradient(call: StandardiseGradient): void {
  const bytes = (<usize>call.run) << 2;
  for (let n = 0; n < call.records; n++) {
    for (let i = 0; i < call.runs; i++) {
      const dy = call.dy + <usize>(n * call.dyRecord + i * call.dyRun);
      const dx = call.dx + <usize>(n * call.dxRecord + i * call.dxRun);
      for (let k: usize = 0; k < bytes; k += 4) {
        const value = load<f32>(dy + k) * load<f32>(call.scale + k);
        store<f32>(dx + k, call.add ? load<f32>(dx + k) + value : value);
      }
    }
  }
}

/**
 * Copies pieces of every record: `pieces` lists `count` triples of 32-bit numbers, where a piece starts in `from`, where
 * in `to`, and its length, all in bytes.
 */
@unmanaged
export class CopyPieces {
  records: i32;
  from: usize;
  fromRecord: i32;
  to: usize;
  toRecord: i32;
  pieces: usize;
  count: i32;
  /** 1: added to what `to` holds. */
  add: i32;
}

export function copyPieces(call: CopyPieces): void {
  const end = call.pieces + <usize>(12 * call.count);
  for (let n = 0; n < call.records; n++) {
    const from = call.from + <usize>(n * call.fromRecord);
    const to = call.to + <usize>(n * call.toRecord);
    for (let piece = call.pieces; piece != end; piece += 12) {
      const source = from + <usize>load<i32>(piece);
      const target = to + <usize>load<i32>(piece, 4);
      const bytes = <usize>load<i32>(piece, 8);
      if (call.add) {
        for (let k: usize = 0; k < bytes; k += 4) {
          store<f32>(target + k, load<f32>(target + k) + load<f32>(source + k));
        }
      } else if (bytes < 64) {
        for (let k: usize = 0; k < bytes; k += 4) store<f32>(target + k, load<f32>(source + k));
      } else memory.copy(target, source, bytes);
    }
  }
}

/** Puts `count` values in another order: to[i] = from[order[i]], 0 where the order says −1. */
@unmanaged
export class Reorder {
  from: usize;
  to: usize;
  order: usize;
  count: i32;
}

export function reorder(call: Reorder): void {
  for (let i: usize = 0; i < (<usize>call.count) << 2; i += 4) {
    const at = load<i32>(call.order + i);
    store<f32>(call.to + i, at < 0 ? 0 : load<f32>(call.from + ((<usize>at) << 2)));
  }
}

/** Fills with zeros. */
@unmanaged
export class Clear {
  to: usize;
  bytes: i32;
}

export function clear(call: Clear): void {
  memory.fill(call.to, 0, <usize>call.bytes);
}

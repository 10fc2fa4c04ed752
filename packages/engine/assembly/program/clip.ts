/** Adds the sum of a gradient's squares to a double. */
@unmanaged
export class AddSquares {
  gradient: usize;
  /** A multiple of 16. */
  bytes: i32;
  sum: usize;
}

export function addSquares(call: AddSquares): void {
  let even = f64x2.splat(0);
  let odd = even;
  const last = call.gradient + <usize>call.bytes;
  for (let at = call.gradient; at != last; at += 16) {
    const values = v128.load(at);
    const low = f64x2.promote_low_f32x4(values);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(values, values, 2, 3, 0, 1));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const sums = f64x2.add(even, odd);
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  store<f64>(call.sum, load<f64>(call.sum) + sum);
}

/** Shortens one part of a gradient whose whole is longer than `limit`. Pascanu et al. 2013, algorithm 1. */
@unmanaged
export class Shorten {
  gradient: usize;
  /** A multiple of 16. */
  bytes: i32;
  /** Sum of the whole gradient's squares, a double. */
  sum: usize;
  limit: f32;
}

export function shorten(call: Shorten): void {
  const length = sqrt(load<f64>(call.sum));
  const limit = <f64>call.limit;
  if (length <= limit) return; // what is not finite goes on, and the update sees it
  const factor = f32x4.splat(<f32>(limit / length));
  const last = call.gradient + <usize>call.bytes;
  for (let at = call.gradient; at != last; at += 16) v128.store(at, f32x4.mul(v128.load(at), factor));
}

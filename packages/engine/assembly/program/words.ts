// Random words by key, step and place, as packages/core/src/random/words.ts makes them, and what is drawn with them.

/** The mixer of random words, for four at a time. */
function mixed(x: v128): v128 {
  let word = x;
  word = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 16)), i32x4.splat(0x7feb352d));
  word = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(word, i32x4.shr_u(word, 16));
}

function mix(x: i32): i32 {
  return i32x4.extract_lane(mixed(i32x4.splat(x)), 0);
}

/**
 * y = x · scale where the value's word is at least `least`, else 0. Values count on from record to record; `pieces` lists
 * `count` triples of 32-bit numbers, in bytes: a piece's place among the record's values, its offset in the record, and
 * its length.
 */
@unmanaged
export class Drop {
  records: i32;
  /** Values of a record. */
  size: i32;
  x: usize;
  xRecord: i32;
  y: usize;
  yRecord: i32;
  pieces: usize;
  count: i32;
  key0: i32;
  key1: i32;
  /** Where the step's number stands. */
  clock: usize;
  least: i32;
  scale: f32;
  /** 1: added to what y holds. */
  add: i32;
}

export function drop(call: Drop): void {
  const first = mix(call.key0 + load<i32>(call.clock));
  const second = i32x4.splat(mix(call.key1 ^ first));
  const least = i32x4.splat(call.least);
  const scale = f32x4.splat(call.scale);
  const lanes = i32x4(0, 1, 2, 3);
  const end = call.pieces + <usize>(12 * call.count);
  for (let n = 0; n < call.records; n++) {
    for (let piece = call.pieces; piece != end; piece += 12) {
      const place = n * call.size + (load<i32>(piece) >> 2);
      const offset = <usize>load<i32>(piece, 4);
      const bytes = <usize>load<i32>(piece, 8);
      const x = call.x + <usize>(n * call.xRecord) + offset;
      const y = call.y + <usize>(n * call.yRecord) + offset;
      for (let k: usize = 0; k < bytes; k += 16) {
        const at = i32x4.add(lanes, i32x4.splat(place + first + (<i32>k >> 2)));
        const word = mixed(v128.xor(mixed(at), second));
        let value = v128.and(f32x4.mul(v128.load(x + k), scale), i32x4.ge_u(word, least));
        if (call.add) value = f32x4.add(value, v128.load(y + k));
        const left = <i32>(bytes - k) >> 2;
        // Behind the piece others may lie, which are left as they are.
        if (left < 4) value = v128.bitselect(value, v128.load(y + k), i32x4.lt_s(lanes, i32x4.splat(left)));
        v128.store(y + k, value);
      }
    }
  }
}

// The places of a max-pool's tile, four of an image or two of a sequence, each for four filters, behind a ReLU.

/** The largest of a tile's places; NaN where one of them is. */
export function largest(a: v128, b: v128, c: v128, d: v128): v128 {
  return larger(larger(a, b), larger(c, d));
}

/**
 * The larger of two; NaN where one is. `f32x4.max` is eight instructions; these are three. Either order lets the NaN
 * through that stands first, and NaN with more bits set is NaN.
 */
export function larger(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmax(a, b), f32x4.pmax(b, a));
}

/** max(value, 0); NaN comes through. */
export function rectified(value: v128): v128 {
  return f32x4.pmax(value, f32x4.splat(0));
}

/** Which of the places a, b, c and a fourth one is the largest, the first of equals; 4 or more where `value` is not above 0. */
export function chosen(best: v128, value: v128, a: v128, b: v128, c: v128): v128 {
  const notA = f32x4.ne(best, a);
  const notB = v128.and(notA, f32x4.ne(best, b));
  const notC = v128.and(notB, f32x4.ne(best, c));
  const index = i32x4.sub(i32x4.splat(0), i32x4.add(i32x4.add(notA, notB), notC)); // true is −1
  return v128.or(index, v128.andnot(i32x4.splat(4), f32x4.gt(value, f32x4.splat(0))));
}

/** Which of the places a and a second one is the larger, the first of equals; 4 or more where `value` is not above 0. */
export function chosenOfPair(best: v128, value: v128, a: v128): v128 {
  const index = v128.and(f32x4.ne(best, a), i32x4.splat(1));
  return v128.or(index, v128.andnot(i32x4.splat(4), f32x4.gt(value, f32x4.splat(0))));
}

/** Writes the choices of 8 filters, a byte each. */
export function storeChoices(to: usize, low: v128, high: v128): void {
  const narrow = i16x8.narrow_i32x4_s(low, high);
  store<i64>(to, i64x2.extract_lane(i8x16.narrow_i16x8_s(narrow, narrow), 0));
}

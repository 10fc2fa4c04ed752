/**
 * a · b + c, four values at once. Where the build is for processors that fuse the two, they round once; else twice, as
 * two operations would.
 */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(FUSED)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

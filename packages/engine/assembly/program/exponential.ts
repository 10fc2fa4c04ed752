/** Below this, exp is taken as 0: it is 10⁻²⁷, lost beside 1, and its products would soon be no normal numbers. */
const LEAST: f32 = -62;

/**
 * exp x for four x ≤ 0 at a time, within 2⁻²³ relatively; 0 below −62, NaN for NaN.
 * With x = n ln 2 + r, exp x = 2ⁿ · exp r, |r| ≤ ½ ln 2; exp r by its series to the sixth power.
 */
export function decays(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(LEAST));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first with few bits: n times it is exact.
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693145751953125)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(1.42860677e-6)));
  let series = f32x4.splat(0.00138888889);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.00833333333));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.0416666667));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.166666667));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(f32x4.mul(series, r), r), r);
  series = f32x4.add(series, f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(series, power), f32x4.lt(x, f32x4.splat(LEAST)));
}

/** The same for one x. */
export function decay(x: f32): f32 {
  return f32x4.extract_lane(decays(f32x4.splat(x)), 0);
}

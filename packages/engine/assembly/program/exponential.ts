import { multiplyAdd } from "./fused";

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
  series = multiplyAdd(series, r, f32x4.splat(0.00833333333));
  series = multiplyAdd(series, r, f32x4.splat(0.0416666667));
  series = multiplyAdd(series, r, f32x4.splat(0.166666667));
  series = multiplyAdd(series, r, f32x4.splat(0.5));
  series = multiplyAdd(f32x4.mul(series, r), r, r);
  series = f32x4.add(series, f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(series, power), f32x4.lt(x, f32x4.splat(LEAST)));
}

/** The same for one x. */
export function decay(x: f32): f32 {
  return f32x4.extract_lane(decays(f32x4.splat(x)), 0);
}

/** Below this, a double's exp is taken as 0: it is lost beside 1, even when many are added up. */
const LEAST_DOUBLE: f64 = -42;

/**
 * exp x for two doubles x ≤ 0 at a time, within 10⁻¹² relatively; 0 below −42, NaN for NaN. As `decays`, by the series to
 * the tenth power.
 */
export function doubleDecays(x: v128): v128 {
  const bounded = f64x2.max(x, f64x2.splat(LEAST_DOUBLE));
  const n = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(bounded, f64x2.mul(n, f64x2.splat(0.69314718036912381649)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)));
  let series = f64x2.splat(1 / 3628800.0);
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 362880.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 40320.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 5040.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 720.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 120.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 24.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 6.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(0.5));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  const power = i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52);
  return v128.andnot(f64x2.mul(series, power), f64x2.lt(x, f64x2.splat(LEAST_DOUBLE)));
}

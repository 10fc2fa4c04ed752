/**
 * P(|T| ≤ t) for Student's t with a whole number of degrees of freedom, by its finite sum in θ = atan(t/√df).
 *
 * @see Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even)
 */
function centralProbability(theta: number, df: number): number {
  const cosSquared = Math.cos(theta) ** 2;
  const isOdd = df % 2 === 1;
  // Odd: cos θ·(1 + ⅔cos² + (2·4)/(3·5)cos⁴ + …); even: 1 + ½cos² + (1·3)/(2·4)cos⁴ + …; up to cos^(df−2).
  let term = isOdd ? Math.cos(theta) : 1;
  let sum = df === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= df - 2; power += 2) {
    term *= ((power - 1) / power) * cosSquared;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

function checkDegrees(df: number): void {
  if (!Number.isInteger(df) || df < 1) {
    throw new RangeError(`Degrees of freedom are a whole number from 1 on, not ${df}.`);
  }
}

/**
 * P(T ≤ t) of Student's t distribution.
 * @param df whole, at least 1
 */
export function studentCdf(t: number, df: number): number {
  checkDegrees(df);
  const central = centralProbability(Math.atan(Math.abs(t) / Math.sqrt(df)), df);
  return t < 0 ? (1 - central) / 2 : (1 + central) / 2;
}

/**
 * The two-sided p of a t statistic: P(|T| ≥ |t|). An infinite t gives 0.
 * @param df whole, at least 1
 */
export function twoSidedP(t: number, df: number): number {
  checkDegrees(df);
  return Math.max(0, 1 - centralProbability(Math.atan(Math.abs(t) / Math.sqrt(df)), df));
}

/**
 * The t with P(T ≤ t) = p, by bisection over θ: 2.776445 for p = .975, df = 4.
 *
 * @param df whole, at least 1
 * @throws RangeError when p is not between 0 and 1
 */
export function studentQuantile(p: number, df: number): number {
  checkDegrees(df);
  if (!(p > 0 && p < 1)) throw new RangeError(`A quantile needs 0 < p < 1, not ${p}.`);
  const central = Math.abs(2 * p - 1);
  let low = 0;
  let high = Math.PI / 2;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, df) < central) low = middle;
    else high = middle;
  }
  return Math.sign(p - 0.5) * Math.tan((low + high) / 2) * Math.sqrt(df);
}

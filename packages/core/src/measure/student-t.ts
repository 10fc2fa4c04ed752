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

const MOST_STEPS = 200;

/**
 * The t with P(T ≤ t) = p: 2.776445 for p = .975, df = 4. By Newton's steps over θ = atan(t/√df): the probability is
 * concave in θ, so that steps from 0 never go too far.
 *
 * @param df whole, at least 1
 * @throws RangeError when p is not between 0 and 1
 */
export function studentQuantile(p: number, df: number): number {
  checkDegrees(df);
  if (!(p > 0 && p < 1)) throw new RangeError(`A quantile needs 0 < p < 1, not ${p}.`);
  const key = `${p} ${df}`;
  const found = known.get(key) ?? findQuantile(p, df);
  if (known.size < MOST_KNOWN) known.set(key, found);
  return found;
}

/** Found quantiles: a comparison asks for the same few some ten thousand times. */
const known = new Map<string, number>();
const MOST_KNOWN = 1000;

function findQuantile(p: number, df: number): number {
  const central = Math.abs(2 * p - 1);
  const steepest = 2 * densityAtZero(df);
  let theta = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const missing = central - centralProbability(theta, df);
    const next = theta + missing / (steepest * Math.cos(theta) ** (df - 1));
    if (!(next > theta) || next >= Math.PI / 2) break;
    theta = next;
  }
  return Math.sign(p - 0.5) * Math.tan(theta) * Math.sqrt(df);
}

/** Γ((df+1)/2) / (√π·Γ(df/2)), the density of θ at 0: 1/π for df = 1, ½ for 2, then times (df − 1)/(df − 2) of the last but one. */
function densityAtZero(df: number): number {
  let density = df % 2 === 1 ? 1 / Math.PI : 0.5;
  for (let k = df % 2 === 1 ? 3 : 4; k <= df; k += 2) density *= (k - 1) / (k - 2);
  return density;
}

import { studentQuantile, twoSidedP } from "./student-t";

/** Fewer seeds than this say nothing about how much results vary. */
export const FEWEST_SEEDS = 3;

/** What a handful of numbers says about the mean behind them. */
export interface MeanInterval {
  readonly mean: number;
  readonly n: number;
  /** Sample standard deviation (divisor n − 1); 0 for one number. */
  readonly sd: number;
  /** Ends of Student's t interval; absent under 3 numbers. */
  readonly low?: number;
  readonly high?: number;
}

const LEVEL = 0.95;

/** Σx / n. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** √(Σ(x − x̄)² / (n − 1)); exactly 0 where all are equal. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2 || values.every((value) => value === values[0])) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * x̄ ± t·sd/√n. Measured to keep its level down to 3 normal values, where bootstraps don't (science.md §4).
 *
 * @param values at least one
 * @param level share of such intervals that hold the true mean
 */
export function meanInterval(values: readonly number[], level = LEVEL): MeanInterval {
  const n = values.length;
  const mean = values.every((value) => value === values[0]) ? (values[0] ?? Number.NaN) : meanOf(values);
  const sd = standardDeviation(values);
  if (n < FEWEST_SEEDS) return { mean, n, sd };
  const half = (studentQuantile((1 + level) / 2, n - 1) * sd) / Math.sqrt(n);
  return { mean, n, sd, low: mean - half, high: mean + half };
}

/**
 * The interval of the mean difference of numbers that belong together, for example by seed.
 * @throws Error when the lists have different lengths
 */
export function pairedInterval(a: readonly number[], b: readonly number[], level = LEVEL): MeanInterval {
  return meanInterval(differencesOf(a, b), level);
}

/** aᵢ − bᵢ. @throws Error when the lists have different lengths */
export function differencesOf(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) throw new Error(`interval: ${a.length} numbers cannot pair with ${b.length}`);
  return a.map((value, index) => value - (b[index] ?? Number.NaN));
}

/**
 * The interval of a mean share, such as an accuracy, through log((k + ½) / (N − k + ½)): it stays between 0 and 1,
 * and is longer towards the middle. The mean is the plain mean.
 *
 * @param rows N, over which each share was counted
 */
export function shareInterval(values: readonly number[], rows: number): MeanInterval {
  const plain = meanInterval(values);
  if (plain.low === undefined || plain.sd === 0) return plain;
  const logits = values.map((share) => Math.log((share * rows + 0.5) / (rows - share * rows + 0.5)));
  const { low, high } = meanInterval(logits);
  if (low === undefined || high === undefined) return plain;
  return {
    ...plain,
    low: Math.min(plain.mean, shareOf(low, rows)),
    high: Math.max(plain.mean, shareOf(high, rows)),
  };
}

/** k/N from its logit, between 0 and 1. */
function shareOf(logit: number, rows: number): number {
  const odds = Math.exp(logit);
  return Math.min(1, Math.max(0, (odds * (rows + 0.5) - 0.5) / (1 + odds) / rows));
}

/** Two-sided p of "the mean is 0" by Student's t; equal numbers give 0, or 1 where they are 0. Undefined under 3 numbers. */
export function meanP({ mean, sd, n }: MeanInterval): number | undefined {
  if (n < FEWEST_SEEDS) return undefined;
  if (sd === 0) return mean === 0 ? 1 : 0;
  return twoSidedP(mean / (sd / Math.sqrt(n)), n - 1);
}

/**
 * Whether a mean is shown to lie within ±margin: its 90 % interval does, which is two one-sided tests at 5 %.
 * @see Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987
 */
export function isEquivalent(values: readonly number[], margin: number): boolean {
  const { low, high } = meanInterval(values, 0.9);
  return low !== undefined && high !== undefined && low >= -margin && high <= margin;
}

import { FEWEST_SEEDS } from "../interval";
import { studentQuantile } from "../student-t";

/** A number with the ends of its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * θ ± t·√((S−1)/S · Σ(θ₋ₛ − θ̄)²), with θ₋ₛ the estimate made without seed s, and S − 1 degrees of freedom.
 *
 * @param value the estimate from all seeds
 * @param without one estimate a seed left out; at least 3
 * @see Tukey, Annals of Mathematical Statistics 29, 1958; Miller, Biometrika 61, 1974
 */
export function jackknife(value: number, without: readonly number[]): Estimate {
  const seeds = without.length;
  if (seeds < FEWEST_SEEDS) throw new Error(`jackknife: ${seeds} seeds say nothing about a spread`);
  const half = studentQuantile(0.975, seeds - 1) * jackknifeError(without);
  return { value, low: value - half, high: value + half };
}

/** √((S−1)/S · Σ(θ₋ₛ − θ̄)²) */
export function jackknifeError(without: readonly number[]): number {
  const seeds = without.length;
  const mean = without.reduce((sum, one) => sum + one, 0) / seeds;
  const squares = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt(((seeds - 1) / seeds) * squares);
}

import { FEWEST_SEEDS } from "../interval";
import { type Estimate, jackknife } from "../learning-curve/jackknife";
import type { BudgetErrors } from "../learning-curve/samples";
import { spentToReach, type Spent } from "./interpolate";

/** How many times as many rows one pipeline needs for the error that another has. */
export type IsoErrorRatio =
  | (Estimate & { readonly is: "ratio"; readonly rows: number; readonly error: number })
  /** The error isn't reached at the largest budget: the ratio is above `value`. */
  | { readonly is: "at-least"; readonly value: number; readonly rows: number; readonly error: number };

/**
 * ρ = n_whole/n_cut at equal error: the rows at which the mean error of `whole`, on straight lines over log n, comes down
 * to that of `cut` at its budget nearest below `rows`, over that budget. Its interval is the jackknife over seeds of log ρ.
 *
 * @returns undefined where `cut` has no budget up to `rows`, or fewer than 3 seeds span all budgets of both
 */
export function isoErrorRatio(
  cut: readonly BudgetErrors[],
  whole: readonly BudgetErrors[],
  rows: number,
): IsoErrorRatio | undefined {
  const at = cut.findLast((budget) => budget.rows <= rows);
  const largest = whole.at(-1);
  if (at === undefined || largest === undefined) return undefined;
  const seeds = at.errors
    .map((_, seed) => seed)
    .filter((seed) => [at, ...whole].every(({ errors }) => errors[seed] !== undefined));
  if (seeds.length < FEWEST_SEEDS) return undefined;
  const ratioOf = (kept: readonly number[]): number | undefined => {
    const reached = spentToReach(meansOf(whole, kept), meanAt(at, kept), false);
    return reached === undefined ? undefined : reached / at.rows;
  };
  const error = meanAt(at, seeds);
  const ratio = ratioOf(seeds);
  const without = seeds.flatMap((left) => ratioOf(seeds.filter((seed) => seed !== left)) ?? []);
  if (ratio === undefined || without.length < seeds.length) {
    return { is: "at-least", value: largest.rows / at.rows, rows: at.rows, error };
  }
  const { low, high } = jackknife(Math.log(ratio), without.map(Math.log));
  return { is: "ratio", value: ratio, low: Math.exp(low), high: Math.exp(high), rows: at.rows, error };
}

const meanAt = ({ errors }: BudgetErrors, seeds: readonly number[]): number =>
  seeds.reduce((sum, seed) => sum + (errors[seed] ?? Number.NaN), 0) / seeds.length;

const meansOf = (budgets: readonly BudgetErrors[], seeds: readonly number[]): readonly Spent[] =>
  budgets.map((budget) => ({ spent: budget.rows, score: meanAt(budget, seeds) }));

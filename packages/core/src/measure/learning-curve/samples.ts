import { holm } from "../holm";
import { FEWEST_SEEDS, meanInterval, meanOf, meanP, standardDeviation } from "../interval";
import { smoothedDeviations } from "../smooth";
import type { CurvePoint } from "./fit";

/** One budget's errors, one a seed in the same order at every budget; undefined where a trial is missing. */
export interface BudgetErrors {
  readonly rows: number;
  readonly errors: readonly (number | undefined)[];
}

export const presentErrors = ({ errors }: BudgetErrors): readonly number[] =>
  errors.filter((error) => error !== undefined);

/** σ₀ as a part of the largest mean error: seeds that happen to agree must not take the whole fit. */
const FLOOR = 0.01;

/** Mean errors with weights 1/(sd² + σ₀²), sd smoothed over log n and σ₀ 1 % of the largest mean. */
export function curvePoints(budgets: readonly BudgetErrors[]): readonly CurvePoint[] {
  const seen = budgets.map((budget) => ({ rows: budget.rows, errors: presentErrors(budget) }));
  const means = seen.map(({ errors }) => meanOf(errors));
  const deviations = smoothedDeviations(
    seen.map(({ rows, errors }) => ({ rows, sd: standardDeviation(errors), seeds: errors.length })),
  );
  const floor = FLOOR * Math.max(Number.EPSILON, ...means);
  return seen.map(({ rows }, k) => ({
    rows,
    error: means[k] ?? 0,
    weight: 1 / ((deviations[k] ?? 0) ** 2 + floor ** 2),
  }));
}

/**
 * Budgets from which something was learned: at least 3 seeds, and a 95 % interval of the error that lies below chance.
 * @param chance error of a constant answer; absent where it is unknown, and then no budget is left out for it
 */
export function learnedBudgets(
  budgets: readonly BudgetErrors[],
  chance: number | undefined,
): readonly BudgetErrors[] {
  return budgets.filter((budget) => {
    const { high } = meanInterval(presentErrors(budget));
    return high !== undefined && (chance === undefined || high < chance);
  });
}

const SIGNIFICANT = 0.05;

/**
 * The first budget at which the error is shown to have risen above its lowest mean at a smaller budget: paired by seed,
 * Student's t, Holm over the budgets behind the lowest.
 */
export function risesAt(budgets: readonly BudgetErrors[]): number | undefined {
  let lowest: BudgetErrors | undefined;
  const rises: { readonly rows: number; readonly p: number; readonly mean: number }[] = [];
  for (const budget of budgets) {
    if (lowest !== undefined) {
      const before = lowest.errors;
      const differences = budget.errors.flatMap((error, seed) => {
        const other = before[seed];
        return error === undefined || other === undefined ? [] : [error - other];
      });
      const interval = meanInterval(differences);
      const p = differences.length < FEWEST_SEEDS ? undefined : meanP(interval);
      if (p !== undefined) rises.push({ rows: budget.rows, p, mean: interval.mean });
    }
    if (lowest === undefined || meanOf(presentErrors(budget)) < meanOf(presentErrors(lowest)))
      lowest = budget;
  }
  const adjusted = holm(rises.map(({ p }) => p));
  return rises.find(({ mean }, k) => mean > 0 && (adjusted[k] ?? 1) < SIGNIFICANT)?.rows;
}

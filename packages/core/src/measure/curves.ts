import type { Comparison, CurveSpot, CurveSummary } from "./comparison";
import { FEWEST_SEEDS } from "./interval";
import {
  foretellError,
  halfWay,
  type KnownCurve,
  learningCurve,
  type LearningCurve,
} from "./learning-curve/curve";
import type { BudgetErrors } from "./learning-curve/samples";
import type { ScoreTable } from "./score-table";

/** What curves are fitted from. */
export interface CurvesQuestion extends Pick<Comparison, "pipelines" | "budgets" | "higherIsBetter"> {
  /** Score of a constant answer, where it is known. */
  readonly chance?: number | undefined;
}

/** A pipeline's errors, its curve, and what is shown of it. */
export interface PipelineCurve {
  readonly budgets: readonly BudgetErrors[];
  readonly curve: LearningCurve;
  readonly summary: CurveSummary;
}

/**
 * The error of a score: 1 − score where higher is better, since all such metrics end at 1; else the score itself.
 * Its own inverse.
 */
export const errorOf = (score: number, higherIsBetter: boolean): number =>
  higherIsBetter ? 1 - score : score;

/** Fits every pipeline's learning curve, in their order. Budgets below one row have no logarithm and are left out. */
export function fitCurves(question: CurvesQuestion, table: ScoreTable): readonly PipelineCurve[] {
  const { pipelines, budgets, higherIsBetter, chance } = question;
  const order = budgets
    .map((rows, index) => ({ rows, index }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => a.rows - b.rows);
  return pipelines.map(({ id }, pipeline) => {
    const errors = order.flatMap(({ rows, index }): BudgetErrors[] => {
      const scored = table.at(pipeline, index);
      if (scored.every((one) => one === undefined)) return [];
      return [
        {
          rows,
          errors: scored.map((one) => (one === undefined ? undefined : errorOf(one.score, higherIsBetter))),
        },
      ];
    });
    const chanceError = chance === undefined ? undefined : errorOf(chance, higherIsBetter);
    const curve = learningCurve({ budgets: errors, chance: chanceError });
    return {
      budgets: errors,
      curve,
      summary: summariseCurve(id, { curve, errors, chanceError, higherIsBetter }),
    };
  });
}

interface Fitted {
  readonly curve: LearningCurve;
  readonly errors: readonly BudgetErrors[];
  readonly chanceError: number | undefined;
  readonly higherIsBetter: boolean;
}

/** What is shown of a fitted curve. */
export function summariseCurve(pipeline: string, fitted: Fitted): CurveSummary {
  const { curve, errors, chanceError } = fitted;
  const seeds = errors.map((budget) => budget.errors.filter((error) => error !== undefined).length);
  const n = seeds.length === 0 ? 0 : Math.min(...seeds);
  const { leftOut, words, status } = curve;
  if (curve.status === "not-estimable") return { pipeline, status, n, leftOut, line: [], words };
  const { family, params } = curve.curve;
  const half = chanceError === undefined ? {} : { half: halfWay(curve, chanceError) };
  const reach = { from: curve.first, to: curve.last, limit: curve.limit };
  return {
    pipeline,
    status,
    family,
    params,
    n,
    ...reach,
    leftOut,
    line: lineOf(curve, fitted),
    ...half,
    words,
  };
}

/** Parts of the line within the budgets, and behind them. */
const STEPS_WITHIN = 24;
const STEPS_BEHIND = 8;

/** The curve at even steps over log n; a curve that rises somewhere stops at the last budget. */
function lineOf(curve: KnownCurve, { higherIsBetter }: Fitted): readonly CurveSpot[] {
  const { first, last, limit, status } = curve;
  const steps = (from: number, to: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, k) => from * (to / from) ** ((k + 1) / count));
  const behind = status === "ok" ? steps(last, limit, STEPS_BEHIND) : [];
  return [first, ...steps(first, last, STEPS_WITHIN), ...behind].map((rows, k) => {
    const extrapolated = k > STEPS_WITHIN;
    const told = foretellError(curve, rows);
    const score = errorOf(told.value, higherIsBetter);
    if (!("low" in told) || curve.without.length < FEWEST_SEEDS) return { rows, score, extrapolated };
    const ends = [errorOf(told.low, higherIsBetter), errorOf(told.high, higherIsBetter)];
    return { rows, score, low: Math.min(...ends), high: Math.max(...ends), extrapolated };
  });
}

import { MetricName } from "../problem/document";
import type { Scores } from "../train/events";
import type { Cell, Comparison, StageCurve } from "./comparison";
import { errorOf, summariseCurve } from "./curves";
import type { BudgetErrors } from "./learning-curve/samples";
import { learningCurve } from "./learning-curve/curve";
import { metrics } from "./metrics/index";

/** What stages' curves are fitted from. */
export interface StageCurvesQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds" | "cells"> {
  /** A constant prediction's scores at a stage's labels, where they are known. */
  readonly chanceOf: (cell: Cell, stage: string) => Scores | undefined;
}

/** Fits the learning curve of every stage that is scored on its own, by the first of its metrics. */
export function fitStageCurves(question: StageCurvesQuestion): readonly StageCurve[] {
  const { pipelines, budgets, seeds, cells, chanceOf } = question;
  const rows = [...budgets].filter((budget) => budget > 0).sort((a, b) => a - b);
  return pipelines.flatMap(({ id }) => {
    const own = new Map(
      cells
        .filter((cell) => cell.pipeline === id && cell.failed === undefined)
        .map((cell) => [placeOf(cell.budget, cell.seed), cell]),
    );
    const newest = rows.findLast((budget) => seeds.some((seed) => own.has(placeOf(budget, seed)))) ?? 0;
    const last = seeds.flatMap((seed) => own.get(placeOf(newest, seed)) ?? [])[0];
    if (last === undefined) return [];
    return Object.entries(last.stages).flatMap(([stage, scores]): StageCurve[] => {
      const metric = MetricName.safeParse(Object.keys(scores)[0]);
      if (!metric.success) return [];
      const { higherIsBetter } = metrics[metric.data];
      const errors = rows
        .map(
          (budget): BudgetErrors => ({
            rows: budget,
            errors: seeds.map((seed) => {
              const score = own.get(placeOf(budget, seed))?.stages[stage]?.[metric.data];
              return score === undefined ? undefined : errorOf(score, higherIsBetter);
            }),
          }),
        )
        .filter((budget) => budget.errors.some((error) => error !== undefined));
      const chance = chanceOf(last, stage)?.[metric.data];
      const chanceError = chance === undefined ? undefined : errorOf(chance, higherIsBetter);
      const curve = learningCurve({ budgets: errors, chance: chanceError });
      const summary = summariseCurve(id, { curve, errors, chanceError, higherIsBetter });
      return [{ ...summary, stage, metric: metric.data }];
    });
  });
}

const placeOf = (budget: number, seed: number): string => `${budget} ${seed}`;

import { ClosedLoopMetric, conditionScore } from "../environment/closed-loop-metrics";
import type { EnvironmentFacts } from "../environment/environment";
import type { ClosedLoopResult } from "../train/closed-loop";
import type { ClosedLoopComparison, ClosedLoopSummary, Cell, Comparison } from "./comparison";
import { meanOf } from "./interval";
import { defaultMargin } from "./margin";
import { judgePairs, pairPipelines } from "./pairs";
import { scoreTable } from "./score-table";
import { wilsonInterval } from "./wilson";

/** What the loop's part of a comparison is made from. */
export interface ClosedLoopQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds" | "cells"> {
  readonly environment: EnvironmentFacts;
  /** The metric of single answers that stands beside success. */
  readonly openLoop: string;
  readonly loopOf: (cell: Cell) => ClosedLoopResult | undefined;
}

const SUCCESS = "closed-loop-success";

/**
 * Success in the loop under each condition: a mean over seeds with Wilson's interval over episodes for every pipeline and
 * budget, and a verdict on every pair, seed by seed, on the same episodes.
 */
export function compareClosedLoop(question: ClosedLoopQuestion): ClosedLoopComparison {
  const { environment, openLoop, pipelines, budgets, loopOf } = question;
  const [first] = environment.conditions;
  const { version, conditions, words } = environment;
  return {
    version,
    conditions,
    words,
    openLoop,
    summary: conditions.flatMap((condition) =>
      pipelines.flatMap(({ id }) =>
        budgets.flatMap((budget) =>
          summarise(
            question.cells.filter((cell) => cell.pipeline === id && cell.budget === budget),
            { condition: condition.id, isFirst: condition === first },
            question,
          ),
        ),
      ),
    ),
    paired: conditions.flatMap((condition) => {
      const metric = conditionScore(SUCCESS, condition.id, condition === first);
      const table = scoreTable(question, metric);
      const correctOf = (cell: Cell) =>
        loopOf(cell)?.conditions.find(({ id }) => id === condition.id)?.success;
      const yardstick = { metric, isShare: true, higherIsBetter: true, margin: defaultMargin(metric, []) };
      const pairs = pairPipelines({ ...question, correctOf }, table);
      return judgePairs(pairs, budgets, yardstick, `, ${condition.title}`).map((judged) => ({
        condition: condition.id,
        ...judged,
      }));
    }),
  };
}

interface Under {
  readonly condition: string;
  readonly isFirst: boolean;
}

function summarise(
  cells: readonly Cell[],
  { condition, isFirst }: Under,
  { loopOf, openLoop }: ClosedLoopQuestion,
): ClosedLoopSummary[] {
  const [cell] = cells;
  const meanOfScore = (name: string): number | undefined => {
    const found = cells.flatMap(({ test, failed }) => (failed === undefined ? (test[name] ?? []) : []));
    return found.length === 0 ? undefined : meanOf(found);
  };
  const score = (metric: ClosedLoopMetric): number | undefined =>
    meanOfScore(conditionScore(metric, condition, isFirst));
  const mean = score(SUCCESS);
  const loop = cells.map(loopOf).find((found) => found !== undefined);
  const episodes = loop?.conditions.find(({ id }) => id === condition)?.success.length ?? 0;
  if (cell === undefined || mean === undefined || episodes === 0) return [];
  const { low, high } = wilsonInterval(mean * episodes, episodes);
  const scores = ClosedLoopMetric.options.flatMap((metric) => {
    const value = score(metric);
    return value === undefined ? [] : [[metric, value] as const];
  });
  const open = meanOfScore(openLoop);
  return [
    {
      pipeline: cell.pipeline,
      budget: cell.budget,
      condition,
      mean,
      low,
      high,
      episodes,
      n: cells.filter(({ failed }) => failed === undefined).length,
      scores: Object.fromEntries(scores),
      ...(open === undefined ? {} : { openLoop: open }),
    },
  ];
}

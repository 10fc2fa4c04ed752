import { ClosedLoopMetric, conditionScore } from "../environment/closed-loop-metrics";
import type { EnvironmentFacts } from "../environment/environment";
import type { ClosedLoopResult } from "../train/closed-loop";
import type { OracleResult } from "../train/events";
import { attributeCells } from "./attributions";
import type { ClosedLoopComparison, ClosedLoopSummary, Cell, Comparison } from "./comparison";
import { meanInterval, meanOf } from "./interval";
import { defaultMargin } from "./margin";
import type { Yardstick } from "./pair";
import { judgePairs, pairPipelines } from "./pairs";
import { scoreTable } from "./score-table";
import type { CorrectRows } from "./test-set";
import { wilsonInterval } from "./wilson";

/** What the loop's part of a comparison is made from. */
export interface ClosedLoopQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds" | "cells"> {
  readonly environment: EnvironmentFacts;
  /** The metric of single answers that stands beside success. */
  readonly openLoop: string;
  readonly loopOf: (cell: Cell) => ClosedLoopResult | undefined;
  readonly oraclesOf: (cell: Cell) => OracleResult | undefined;
}

const SUCCESS = "closed-loop-success";
const COMPOUNDING = "closed-loop-compounding";
/** Slopes closer than this are the same for all that follows from them. */
const SLOPE_MARGIN = 0.1;

/**
 * Success in the loop under each condition: a mean over seeds with Wilson's interval over episodes for every pipeline and
 * budget, and a verdict on every pair, seed by seed, on the same episodes; the same for how mistakes compound, and what
 * stages' errors cost where conditions are other than those that the comparison is about.
 */
export function compareClosedLoop(question: ClosedLoopQuestion): ClosedLoopComparison {
  const { environment, openLoop, pipelines, budgets, loopOf } = question;
  const [first] = environment.conditions;
  const { conditions, mistakes } = environment;
  return {
    ...environment,
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
    paired: judgeConditions(question, {
      metric: SUCCESS,
      by: { metric: SUCCESS, isShare: true, higherIsBetter: true, margin: defaultMargin(SUCCESS, []) },
      correctOf: (cell, condition) => loopOf(cell)?.conditions.find(({ id }) => id === condition)?.success,
      where: "",
    }),
    compounding:
      mistakes === undefined
        ? []
        : judgeConditions(question, {
            metric: COMPOUNDING,
            by: { metric: "of the slope", isShare: false, higherIsBetter: false, margin: SLOPE_MARGIN },
            where: ", by how mistakes compound",
          }),
    attribution: conditions.slice(1).flatMap((condition) => attributeUnder(condition.id, question)),
  };
}

/** What pairs are judged by, under each condition alike. */
interface Judging {
  readonly metric: ClosedLoopMetric;
  readonly by: Yardstick;
  readonly correctOf?: (cell: Cell, condition: string) => CorrectRows | undefined;
  /** In words, before the condition. */
  readonly where: string;
}

function judgeConditions(
  question: ClosedLoopQuestion,
  { metric, by, correctOf, where }: Judging,
): ClosedLoopComparison["paired"] {
  const { environment, budgets } = question;
  return environment.conditions.flatMap(({ id, title }, index) => {
    const score = conditionScore(metric, id, index === 0);
    const pairs = pairPipelines(
      { ...question, correctOf: correctOf && ((cell) => correctOf(cell, id)) },
      scoreTable(question, score),
    );
    return judgePairs(pairs, budgets, by, `${where}, ${title}`).map((judged) => ({
      condition: id,
      ...judged,
    }));
  });
}

/** What stages' errors cost under one of the later conditions. */
function attributeUnder(
  condition: string,
  question: ClosedLoopQuestion,
): ClosedLoopComparison["attribution"] {
  const oraclesOf = (cell: Cell): OracleResult | undefined => {
    const oracles = question.oraclesOf(cell);
    const scores = oracles?.elsewhere?.find((one) => one.condition === condition)?.scores;
    if (oracles === undefined || scores === undefined) return undefined;
    const { stages, upstream, onTruth, between } = oracles;
    // Without the fates of test rows, which are those of single answers and no condition's.
    return { stages, upstream, onTruth, scores, ...(between === undefined ? {} : { between }) };
  };
  return attributeCells({
    ...question,
    oraclesOf,
    higherIsBetter: true,
    margin: defaultMargin(SUCCESS, []),
    style: { metric: SUCCESS, isShare: true },
  }).map(({ shown }) => ({ ...shown, condition }));
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
  const seedsOf = (name: string): readonly number[] =>
    cells.flatMap(({ test, failed }) => (failed === undefined ? (test[name] ?? []) : []));
  const meanOfScore = (name: string): number | undefined => {
    const found = seedsOf(name);
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
  const slopes = seedsOf(conditionScore(COMPOUNDING, condition, isFirst));
  const mistakes = meanMistakes(
    cells.flatMap((one) => loopOf(one) ?? []),
    condition,
  );
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
      ...(mistakes === undefined ? {} : { mistakes }),
      ...(slopes.length === 0 ? {} : { compounding: slopeInterval(slopes) }),
    },
  ];
}

function slopeInterval(slopes: readonly number[]): NonNullable<ClosedLoopSummary["compounding"]> {
  const { mean, low, high, n } = meanInterval(slopes);
  return { mean, n, ...(low === undefined || high === undefined ? {} : { low, high }) };
}

/** Over seeds, horizon by horizon. */
function meanMistakes(loops: readonly ClosedLoopResult[], condition: string): readonly number[] | undefined {
  const all = loops.flatMap(({ conditions }) => {
    const mistakes = conditions.find(({ id }) => id === condition)?.mistakes;
    return mistakes === undefined ? [] : [mistakes];
  });
  return all[0]?.map((_, horizon) => meanOf(all.map((sums) => sums[horizon] ?? Number.NaN)));
}

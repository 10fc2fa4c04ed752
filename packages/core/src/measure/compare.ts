import type { ScoreLook } from "../environment/closed-loop-metrics";
import type { OracleResult, StageResult } from "../train/events";
import { attributeCells } from "./attributions";
import type { Cell, Comparison, Summary } from "./comparison";
import { crossingOf } from "./crossings";
import { fitCurves } from "./curves";
import { meanInterval, shareInterval } from "./interval";
import { tellLabelNeeds } from "./label-needs";
import { defaultMargin } from "./margin";
import type { Yardstick } from "./pair";
import { judgeHeadlines, judgePairs, pairPipelines } from "./pairs";
import { type ScoreName, scoreLook } from "./score-look";
import { type ScoreTable, scoreTable } from "./score-table";
import { fitStageCurves } from "./stage-curves";
import type { CorrectRows } from "./test-set";

/** Everything a comparison is made from. Cells may be missing while trials still run, and may be in any order. */
export interface ComparisonQuestion
  extends Pick<Comparison, "problem" | "engine" | "pipelines" | "budgets" | "seeds" | "cells"> {
  /** The headline metric. */
  readonly metric: ScoreName;
  /** δ, in the metric's unit. Absent: 1 point of a share, else 1 % of the mean score. */
  readonly margin?: number;
  /** Score of the best constant answer (`chanceScore`). Absent: nothing can be said about chance. */
  readonly chance?: number | undefined;
  /** What is known of a trial beside its cell: oracle scores, and its stages' chance and label fields. */
  readonly detailsOf?: (cell: Cell) => TrialDetails | undefined;
  /** Scores of a trial with one stage true, and what follows trained again on its truth. */
  readonly retrainedOf?: (cell: Cell, stage: string) => number | undefined;
  /** A trial's right and wrong test rows, where the metric counts rows: gives the test set's part of the error. */
  readonly correctOf?: (cell: Cell) => CorrectRows | undefined;
}

/** The parts of a trial's result that cells don't carry. */
export interface TrialDetails {
  readonly oracles?: OracleResult | undefined;
  readonly stages: Readonly<Record<string, Pick<StageResult, "chance" | "labels">>>;
}

/**
 * Compares pipelines over budgets: a mean with its interval for each, a verdict on every pair at every budget that both
 * have results at and over all of them, where they cross, and every pipeline's learning curve. Pairs are formed seed by
 * seed. Failed cells enter no mean.
 */
export function compareCells(question: ComparisonQuestion): Comparison {
  const { problem, engine, pipelines, budgets, seeds, metric, chance } = question;
  const { higherIsBetter } = lookOf(metric);
  const table = scoreTable(question, metric);
  const yardstick = yardstickOf(question, table);
  const pairs = pairPipelines(question, table);
  const curves = fitCurves({ pipelines, budgets, higherIsBetter, chance }, table);
  const place = new Map(pipelines.map(({ id }, index) => [id, index]));
  const { cells } = table;
  const { detailsOf } = question;
  const attributions = attributeCells({
    pipelines,
    budgets,
    cells,
    higherIsBetter,
    margin: yardstick.margin,
    style: yardstick,
    oraclesOf: (cell) => detailsOf?.(cell)?.oracles,
    retrainedOf: question.retrainedOf,
  });
  const found = {
    format: 1 as const,
    problem,
    metric,
    higherIsBetter,
    engine,
    pipelines,
    budgets,
    seeds,
    cells,
    summary: summarise(question, table),
    paired: judgePairs(pairs, budgets, yardstick),
    headline: judgeHeadlines(pairs, yardstick),
    crossover: pairs.flatMap((pair) => {
      const [a, b] = [curves[place.get(pair.a.id) ?? -1], curves[place.get(pair.b.id) ?? -1]];
      if (a === undefined || b === undefined || pair.budgets.length === 0) return [];
      return [crossingOf({ pair, curves: [a, b], higherIsBetter, chance: chance !== undefined })];
    }),
    curves: curves.map(({ summary }) => summary),
    stageCurves: fitStageCurves({
      pipelines,
      budgets,
      seeds,
      cells,
      chanceOf: (cell, stage) => detailsOf?.(cell)?.stages[stage]?.chance,
    }),
    attribution: attributions.map(({ shown }) => shown),
    labelNeeds: tellLabelNeeds({
      pipelines,
      seeds,
      cells,
      attributions,
      curves: curves.map(({ curve }) => curve),
      fieldsOf: (cell, stage) => detailsOf?.(cell)?.stages[stage]?.labels ?? [],
    }),
  };
  return { ...found, advice: [] };
}

function summarise(
  { pipelines, budgets, metric, correctOf }: ComparisonQuestion,
  table: ScoreTable,
): readonly Summary[] {
  return pipelines.flatMap(({ id }, pipeline) =>
    budgets.flatMap((budget, place): Summary[] => {
      const found = table.at(pipeline, place).filter((one) => one !== undefined);
      const [first] = found;
      if (first === undefined) return [];
      const values = found.map(({ score }) => score);
      const rows = correctOf?.(first.cell)?.filter((right) => right >= 0).length;
      const { mean, low, high, n } = intervalOf(values, { isShare: lookOf(metric).isShare, rows });
      const ends = low === undefined || high === undefined ? {} : { low, high };
      return [{ pipeline: id, budget, mean, ...ends, n }];
    }),
  );
}

/** Fewer right or wrong rows than this make a share's distribution lopsided. */
const FEWEST_ROWS_EACH_WAY = 5;

/** Student's t interval; of a share near 0 or 1, through a logit where the number of test rows is known. */
function intervalOf(
  values: readonly number[],
  { isShare, rows }: { readonly isShare: boolean; readonly rows: number | undefined },
): ReturnType<typeof meanInterval> {
  const plain = meanInterval(values);
  const { low, high } = plain;
  if (!isShare || low === undefined || high === undefined) return plain;
  const isNearEnd =
    rows !== undefined &&
    values.some((share) => Math.min(share, 1 - share) * rows < FEWEST_ROWS_EACH_WAY - 1e-9);
  if (!isNearEnd && low >= 0 && high <= 1) return plain;
  if (rows !== undefined && rows > 0) return shareInterval(values, rows);
  return { ...plain, low: Math.max(0, low), high: Math.min(1, high) };
}

function lookOf(metric: ScoreName): ScoreLook {
  const look = scoreLook(metric);
  if (look === undefined) throw new Error(`compare: ${metric} is no score`);
  return look;
}

function yardstickOf(
  { metric, margin, pipelines, budgets }: ComparisonQuestion,
  table: ScoreTable,
): Yardstick {
  const { higherIsBetter, isShare } = lookOf(metric);
  const scores = pipelines.flatMap((_, pipeline) =>
    budgets.flatMap((_budget, budget) => table.at(pipeline, budget).flatMap((one) => one?.score ?? [])),
  );
  return { metric, isShare, higherIsBetter, margin: margin ?? defaultMargin(metric, scores) };
}

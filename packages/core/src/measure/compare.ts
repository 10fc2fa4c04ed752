import type { MetricName } from "../problem/document";
import type { Cell, Comparison, PairedDifference, Summary } from "./comparison";
import { holm } from "./holm";
import { meanInterval, shareInterval } from "./interval";
import { defaultMargin, scoreOf } from "./margin";
import { metrics } from "./metrics/index";
import { judgePair, type MeasuredPair, measurePair, type PairedScores, type Yardstick } from "./pair";
import type { CorrectRows } from "./test-set";

/** Everything a comparison is made from. Cells may be missing while trials still run, and may be in any order. */
export interface ComparisonQuestion
  extends Pick<Comparison, "problem" | "engine" | "pipelines" | "budgets" | "seeds" | "cells"> {
  /** The headline metric. */
  readonly metric: MetricName;
  /** δ, in the metric's unit. Absent: 1 point of a share, else 1 % of the mean score. */
  readonly margin?: number;
  /** A trial's right and wrong test rows, where the metric counts rows: gives the test set's part of the error. */
  readonly correctOf?: (cell: Cell) => CorrectRows | undefined;
}

/**
 * Compares pipelines over budgets: a mean with its interval for each, and a verdict on every pair at every budget that
 * both have results at. Pairs are formed seed by seed. Failed cells enter no mean.
 */
export function compareCells(question: ComparisonQuestion): Comparison {
  const { problem, engine, pipelines, budgets, seeds, metric } = question;
  const { higherIsBetter } = metrics[metric];
  const cells = inOrder(question);
  const scored = scoresOf(cells, metric);
  return {
    format: 1,
    problem,
    metric,
    higherIsBetter,
    engine,
    pipelines,
    budgets,
    seeds,
    cells,
    summary: summarise(question, scored),
    paired: pairUp(question, scored),
    crossover: [],
    curves: [],
    attribution: [],
    advice: [],
  };
}

/** Cells by pipeline, budget and seed, in the order in which those are listed. */
function inOrder({ pipelines, budgets, seeds, cells }: ComparisonQuestion): readonly Cell[] {
  const found = new Map(cells.map((cell) => [placeOf(cell.pipeline, cell.budget, cell.seed), cell]));
  return pipelines.flatMap(({ id }) =>
    budgets.flatMap((budget) => seeds.flatMap((seed) => found.get(placeOf(id, budget, seed)) ?? [])),
  );
}

const placeOf = (pipeline: string, budget: number, seed: number): string =>
  JSON.stringify([pipeline, budget, seed]);

interface Scored {
  readonly cell: Cell;
  readonly score: number;
}

/** Cells that have a headline score, by place. */
type ScoredCells = ReadonlyMap<string, Scored>;

function scoresOf(cells: readonly Cell[], metric: MetricName): ScoredCells {
  const scored = new Map<string, Scored>();
  for (const cell of cells) {
    const score = scoreOf(cell, metric);
    if (score === undefined) continue;
    scored.set(placeOf(cell.pipeline, cell.budget, cell.seed), { cell, score });
  }
  return scored;
}

function summarise(
  { pipelines, budgets, seeds, metric, correctOf }: ComparisonQuestion,
  scored: ScoredCells,
): readonly Summary[] {
  const summaries: Summary[] = [];
  for (const { id: pipeline } of pipelines) {
    for (const budget of budgets) {
      const found = seeds.flatMap((seed) => scored.get(placeOf(pipeline, budget, seed)) ?? []);
      const [first] = found;
      if (first === undefined) continue;
      const values = found.map(({ score }) => score);
      const rows = correctOf?.(first.cell)?.filter((right) => right >= 0).length;
      const { mean, low, high, n } = intervalOf(values, { isShare: metrics[metric].isShare, rows });
      const ends = low === undefined || high === undefined ? {} : { low, high };
      summaries.push({ pipeline, budget, mean, ...ends, n });
    }
  }
  return summaries;
}

/** Student's t interval; through a logit where it would leave 0…1 and the number of test rows is known. */
function intervalOf(
  values: readonly number[],
  { isShare, rows }: { readonly isShare: boolean; readonly rows: number | undefined },
): ReturnType<typeof meanInterval> {
  const plain = meanInterval(values);
  const { low, high } = plain;
  if (!isShare || low === undefined || high === undefined || (low >= 0 && high <= 1)) return plain;
  if (rows !== undefined && rows > 0) return shareInterval(values, rows);
  return { ...plain, low: Math.max(0, low), high: Math.min(1, high) };
}

function pairUp(question: ComparisonQuestion, scored: ScoredCells): readonly PairedDifference[] {
  const measured = pairsOf(question, scored).map(measurePair);
  const yardstick = yardstickOf(question, scored);
  const adjusted = adjust(measured);
  return measured.map((one, index) => judgePair(one, adjusted[index], yardstick));
}

/** Holm over all pairs × budgets that have a p. */
function adjust(measured: readonly MeasuredPair[]): readonly (number | undefined)[] {
  const adjusted = holm(measured.flatMap(({ p }) => (p === undefined ? [] : [p])));
  let next = 0;
  return measured.map(({ p }) => (p === undefined ? undefined : adjusted[next++]));
}

function yardstickOf({ metric, margin }: ComparisonQuestion, scored: ScoredCells): Yardstick {
  const { higherIsBetter, isShare } = metrics[metric];
  const scores = [...scored.values()].map(({ score }) => score);
  return { metric, isShare, higherIsBetter, margin: margin ?? defaultMargin(metric, scores) };
}

function pairsOf(question: ComparisonQuestion, scored: ScoredCells): readonly PairedScores[] {
  const { pipelines, budgets, seeds, correctOf } = question;
  const pairs: PairedScores[] = [];
  for (const budget of budgets) {
    pipelines.forEach((a, index) => {
      for (const b of pipelines.slice(index + 1)) {
        const both = seeds.flatMap((seed) => {
          const ofA = scored.get(placeOf(a.id, budget, seed));
          const ofB = scored.get(placeOf(b.id, budget, seed));
          return ofA === undefined || ofB === undefined ? [] : [{ ofA, ofB }];
        });
        if (both.length === 0) continue;
        pairs.push({
          budget,
          a: {
            ...a,
            ...columnOf(
              both.map(({ ofA }) => ofA),
              correctOf,
            ),
          },
          b: {
            ...b,
            ...columnOf(
              both.map(({ ofB }) => ofB),
              correctOf,
            ),
          },
        });
      }
    });
  }
  return pairs;
}

/** One pipeline's scores, and its right and wrong rows where every one of its trials has them. */
function columnOf(
  scored: readonly Scored[],
  correctOf: ComparisonQuestion["correctOf"],
): { readonly scores: readonly number[]; readonly correct?: readonly CorrectRows[] } {
  const correct = scored.flatMap(({ cell }) => {
    const rows = correctOf?.(cell);
    return rows === undefined ? [] : [rows];
  });
  const scores = scored.map(({ score }) => score);
  return correct.length === scored.length ? { scores, correct } : { scores };
}

import { type Comparison, costAt, type Prices, scoreOf } from "@seams/core/measure";
import { type BudgetSeries, type CrossingMark, type FittedCurve, seriesLook } from "@seams/ui/chart";

/** One line a pipeline: its results against the rows it was given, with its fitted learning curve. */
export function rowSeries(comparison: Comparison): readonly BudgetSeries[] {
  const { pipelines, cells, summary, metric, curves } = comparison;
  return pipelines.map(({ id, title }, index) => {
    const fit = fitOf(curves.find(({ pipeline }) => pipeline === id));
    return {
      id,
      title,
      look: seriesLook(index),
      points: summary
        .filter(({ pipeline }) => pipeline === id)
        .map(({ budget, mean, low, high, n }) => ({ x: budget, mean, low, high, n })),
      dots: cells
        .filter(({ pipeline }) => pipeline === id)
        .flatMap((cell) => {
          const y = scoreOf(cell, metric);
          return y === undefined ? [] : [{ x: cell.budget, y }];
        }),
      ...(fit === undefined ? {} : { fit }),
    };
  });
}

/** A fitted curve as it is drawn; nothing where none could be fitted. */
function fitOf(curve: Comparison["curves"][number] | undefined): FittedCurve | undefined {
  if (curve?.to === undefined || curve.line.length === 0) return undefined;
  return { points: curve.line.map(({ rows, score }) => ({ x: rows, y: score })), measuredTo: curve.to };
}

/**
 * The same results, each budget's placed at what its labels cost. Trials of one budget may have found different numbers
 * of labels: dots stand at their own cost, the mean at the mean cost. What costs nothing has no place on a log axis.
 */
export function costSeries(comparison: Comparison, prices: Prices): readonly BudgetSeries[] {
  const { cells, metric } = comparison;
  return rowSeries(comparison).map(({ id, title, look, points }) => {
    const own = cells.flatMap((cell) => {
      const y = cell.pipeline === id ? scoreOf(cell, metric) : undefined;
      return y === undefined ? [] : [{ budget: cell.budget, x: costAt(prices, cell.labels), y }];
    });
    const costOf = (budget: number): number =>
      meanOf(own.filter((one) => one.budget === budget).map(({ x }) => x));
    return {
      id,
      title,
      look,
      points: points.map((point) => ({ ...point, x: costOf(point.x) })).filter(({ x }) => x > 0),
      dots: own.filter(({ x }) => x > 0).map(({ x, y }) => ({ x, y })),
    };
  });
}

/** Where two pipelines change places, for the chart against rows. Only what was found has a place on it. */
export function crossingMarks(
  { crossover }: Comparison,
  shown: ReadonlySet<string>,
): readonly CrossingMark[] {
  return crossover
    .filter(({ a, b }) => shown.has(a) && shown.has(b))
    .flatMap((crossing): readonly CrossingMark[] => {
      const { low, high, estimate, stretches } = crossing;
      const parts = stretches ?? [{ low, high, estimate }];
      return parts
        .filter((part) => part.low !== undefined || part.high !== undefined)
        .map((part) => ({ ...part, title: crossingTitle(part) }));
    });
}

/** Where a crossing is, in the fewest words. */
function crossingTitle({ low, high }: Pick<CrossingMark, "low" | "high">): string {
  const rows = (value: number): string => Number(value.toPrecision(2)).toLocaleString("en");
  if (low === undefined) return `a crossing at ${rows(high ?? 0)} or fewer?`;
  return high === undefined
    ? `a crossing at ${rows(low)} or more?`
    : `crossing between ${rows(low)} and ${rows(high)}`;
}

/** Ticks for rows: the budgets themselves, and how far fitted curves reach behind them. */
export function rowTicks({ budgets, curves }: Pick<Comparison, "budgets" | "curves">): readonly number[] {
  const reach = curves.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  return [...new Set([...budgets, ...reach])].sort((a, b) => a - b);
}

/** Mean of some numbers; NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

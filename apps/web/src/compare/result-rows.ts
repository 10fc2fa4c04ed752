import { type Cell, type Comparison, costAt, type PairedDifference, type Prices } from "@seams/core/measure";
import { meanOf } from "./chart-data";

/** One pipeline at one budget, as the table and the files show it. */
export interface ResultRow {
  readonly pipeline: string;
  readonly title: string;
  readonly budget: number;
  readonly mean?: number;
  readonly low?: number;
  readonly high?: number;
  /** Seeds that have a score. */
  readonly n: number;
  readonly failed: number;
  /** Mean number of labels over the trials, by field. */
  readonly labels: Readonly<Record<string, number>>;
  readonly cost: number;
  /** Mean of trials that trained; trials that came from the cache took no time that says anything. */
  readonly seconds?: number;
  readonly timed: number;
  /** Against the baseline, this one minus that one; absent for the baseline itself and where there is no pair. */
  readonly difference?: Pick<
    PairedDifference,
    "mean" | "low" | "high" | "n" | "p" | "verdict" | "seedsNeeded"
  >;
}

/** Rows of the table: pipelines × budgets, those with trials that ended. */
export function resultRows(
  comparison: Comparison,
  { prices, baseline }: { readonly prices: Prices; readonly baseline: string | undefined },
): readonly ResultRow[] {
  const { pipelines, budgets, cells, summary } = comparison;
  return pipelines.flatMap(({ id: pipeline, title }) =>
    budgets.flatMap((budget): ResultRow[] => {
      const own = cells.filter((cell) => cell.pipeline === pipeline && cell.budget === budget);
      if (own.length === 0) return [];
      const fine = own.filter(({ failed }) => failed === undefined);
      const trained = fine.filter(({ cached }) => !cached);
      const found = summary.find((one) => one.pipeline === pipeline && one.budget === budget);
      const difference =
        baseline === undefined ? undefined : differenceOf(comparison.paired, { pipeline, baseline, budget });
      return [
        {
          pipeline,
          title,
          budget,
          ...(found === undefined ? {} : { mean: found.mean }),
          ...(found?.low === undefined || found.high === undefined
            ? {}
            : { low: found.low, high: found.high }),
          n: found?.n ?? 0,
          failed: own.length - fine.length,
          labels: meanLabels(fine),
          cost: fine.length === 0 ? 0 : meanOf(fine.map(({ labels }) => costAt(prices, labels))),
          ...(trained.length === 0 ? {} : { seconds: meanOf(trained.map(({ seconds }) => seconds)) }),
          timed: trained.length,
          ...(difference === undefined ? {} : { difference }),
        },
      ];
    }),
  );
}

function meanLabels(cells: readonly Cell[]): Readonly<Record<string, number>> {
  const fields = [...new Set(cells.flatMap(({ labels }) => Object.keys(labels)))];
  return Object.fromEntries(
    fields.map((field) => [field, meanOf(cells.map(({ labels }) => labels[field] ?? 0))]),
  );
}

interface Against {
  readonly pipeline: string;
  readonly baseline: string;
  readonly budget: number;
}

/** A pair read from the pipeline's side: the comparison keeps each pair once, in the order of the pipelines. */
export function differenceOf(
  paired: readonly PairedDifference[],
  { pipeline, baseline, budget }: Against,
): ResultRow["difference"] {
  const found = paired.find(
    (pair) =>
      pair.budget === budget &&
      ((pair.a === pipeline && pair.b === baseline) || (pair.a === baseline && pair.b === pipeline)),
  );
  if (found === undefined) return undefined;
  const { mean, low, high, n, p, verdict, seedsNeeded } = found;
  const rest = {
    n,
    ...(p === undefined ? {} : { p }),
    ...(seedsNeeded === undefined ? {} : { seedsNeeded }),
  };
  if (found.a === pipeline) {
    return { mean, ...(low === undefined || high === undefined ? {} : { low, high }), ...rest, verdict };
  }
  const turned = { a: "b", b: "a", equivalent: "equivalent", undecided: "undecided" } as const;
  return {
    mean: -mean,
    ...(low === undefined || high === undefined ? {} : { low: -high, high: -low }),
    ...rest,
    verdict: turned[verdict],
  };
}

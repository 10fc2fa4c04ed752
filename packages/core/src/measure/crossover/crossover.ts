import { FEWEST_SEEDS, meanInterval } from "../interval";
import { smoothedDeviations } from "../smooth";
import { studentQuantile } from "../student-t";
import { withBends } from "./bends";
import { type DecidedRun, decidedRuns, firstZero, type Knot } from "./decided-runs";

/** Paired differences a − b at one budget, one a seed that both have. */
export interface BudgetDifferences {
  /** Rows, or whatever the budgets are counted in; above 0. */
  readonly rows: number;
  readonly differences: readonly number[];
}

/** Where two pipelines may change places: both ends, or one where nothing bounds the other. */
export interface Stretch {
  readonly low?: number;
  readonly high?: number;
  /** Where the mean difference is 0. */
  readonly estimate?: number;
}

/** What the measured budgets say about where two pipelines change places. */
export type MeasuredCrossover =
  | (Required<Pick<Stretch, "low" | "high" | "estimate">> & {
      readonly shows: "interval";
      readonly seeds: number;
      /** Whose difference is above 0 before the crossover. */
      readonly before: "a" | "b";
    })
  | (Stretch & { readonly shows: "one-sided"; readonly seeds: number; readonly decided: "a" | "b" })
  | { readonly shows: "several"; readonly seeds: number; readonly stretches: readonly Stretch[] }
  | { readonly shows: "never"; readonly seeds: number; readonly decided: "a" | "b" }
  | {
      readonly shows: "not-estimable";
      readonly seeds: number;
      readonly why: "seeds" | "budgets" | "undecided";
    };

const LEVEL = 0.95;

/**
 * The crossover n* by test inversion: {n : |D(n)| ≤ t·se(n)} are the budgets at which "the two are equal here" is not
 * rejected. D is the mean paired difference, a straight line over log n between budgets; se = sd/√S with sd smoothed over
 * log n, joined between budgets by what the line may be off because D bends; t has S − 1 degrees of freedom and not more, because nested budgets share their rows and go up and down together.
 *
 * Decided differences of both signs with a stretch between them: the stretch holds a crossover ("interval", or
 * "several"). Decided on one side only: if they cross in what is undecided, it is there ("one-sided"). Decided
 * everywhere: "never" in this range.
 *
 * @see science.md §4 for the coverage this was chosen by; Draper & Smith, Applied Regression Analysis, §1.7 (inverse estimation)
 * @param budgets by rising rows; those with fewer than 3 seeds say nothing and are left out
 */
export function crossover(budgets: readonly BudgetDifferences[]): MeasuredCrossover {
  const used = budgets.filter(({ differences }) => differences.length >= FEWEST_SEEDS);
  const seeds = Math.min(...used.map(({ differences }) => differences.length));
  if (used.length === 0) {
    const most = Math.max(0, ...budgets.map(({ differences }) => differences.length));
    return { shows: "not-estimable", seeds: most, why: "seeds" };
  }
  if (used.length < 2) return { shows: "not-estimable", seeds, why: "budgets" };
  const knots = knotsOf(used, seeds);
  return read(decidedRuns(knots), knots, seeds);
}

function knotsOf(used: readonly BudgetDifferences[], seeds: number): readonly Knot[] {
  const measured = used.map(({ rows, differences }) => ({
    rows,
    seeds: differences.length,
    ...meanInterval(differences),
  }));
  const deviations = smoothedDeviations(measured);
  const t = studentQuantile((1 + LEVEL) / 2, seeds - 1);
  return withBends(
    measured.map(({ rows, mean, n }, k) => ({
      at: Math.log(rows),
      mean,
      reach: (t * (deviations[k] ?? 0)) / Math.sqrt(n),
    })),
  );
}

function read(runs: readonly DecidedRun[], knots: readonly Knot[], seeds: number): MeasuredCrossover {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return { shows: "not-estimable", seeds, why: "undecided" };
  const changes = runs.flatMap((run, k) => {
    const next = runs[k + 1];
    return next === undefined || next.sign === run.sign ? [] : [{ low: run.to, high: next.from }];
  });
  const side = first.sign > 0 ? "a" : "b";
  const [change] = changes;
  if (change !== undefined) {
    const stretches = changes.map(({ low, high }) => inRows(low, high, knots));
    return changes.length > 1
      ? { shows: "several", seeds, stretches }
      : { shows: "interval", seeds, ...inRows(change.low, change.high, knots), before: side };
  }
  return openEnds({ first, last, side }, knots, seeds);
}

/** A change of places between two decided runs of opposite sign: the mean difference is 0 somewhere between them. */
function inRows(
  low: number,
  high: number,
  knots: readonly Knot[],
): { readonly low: number; readonly high: number; readonly estimate: number } {
  const zero = firstZero(knots, low, high) ?? (low + high) / 2;
  return { low: Math.exp(low), high: Math.exp(high), estimate: Math.exp(zero) };
}

/** One sign only: the undecided ends of the range are where a crossover may still be. */
function openEnds(
  { first, last, side }: { readonly first: DecidedRun; readonly last: DecidedRun; readonly side: "a" | "b" },
  knots: readonly Knot[],
  seeds: number,
): MeasuredCrossover {
  const begin = knots[0]?.at ?? first.from;
  const end = knots.at(-1)?.at ?? last.to;
  const estimate = (from: number, to: number): Pick<Stretch, "estimate"> => {
    const zero = firstZero(knots, from, to);
    return zero === undefined ? {} : { estimate: Math.exp(zero) };
  };
  const stretches: Stretch[] = [];
  if (first.from > begin) stretches.push({ high: Math.exp(first.from), ...estimate(begin, first.from) });
  if (last.to < end) stretches.push({ low: Math.exp(last.to), ...estimate(last.to, end) });
  const [stretch] = stretches;
  if (stretch === undefined) return { shows: "never", seeds, decided: side };
  return stretches.length > 1
    ? { shows: "several", seeds, stretches }
    : { shows: "one-sided", seeds, ...stretch, decided: side };
}

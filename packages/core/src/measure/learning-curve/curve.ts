import { countOf } from "../../diagnostics/words";
import { FEWEST_SEEDS } from "../interval";
import { writeBudgets } from "../numbers";
import { studentQuantile } from "../student-t";
import { chooseCurve } from "./choose";
import { type CurvePoint, errorAt, type FittedCurve, refit } from "./fit";
import { rowsToReach } from "./half-way";
import { type Estimate, jackknife, jackknifeError } from "./jackknife";
import { type BudgetErrors, curvePoints, learnedBudgets, presentErrors, risesAt } from "./samples";

export const FEWEST_BUDGETS = 4;
/** A curve is believed up to so many times its last budget. */
export const FURTHEST = 4;

/** What a curve is made from. */
export interface CurveQuestion {
  /** By rising rows. */
  readonly budgets: readonly BudgetErrors[];
  /** Error of a constant answer, where it is known. */
  readonly chance?: number | undefined;
}

/** A fitted curve of error against rows, with everything that follows from it; or why there is none. */
export type LearningCurve = KnownCurve | NoCurve;

/** No curve can be fitted. */
export interface NoCurve {
  readonly status: "not-estimable";
  /** Budgets left out: too few seeds, or an interval that includes chance. */
  readonly leftOut: readonly number[];
  readonly words: string;
}

/** The same family fitted without some seeds. */
export interface CurveWithout {
  /** Places of the seeds that were left out. */
  readonly left: ReadonlySet<number>;
  readonly curve: FittedCurve;
  readonly points: readonly CurvePoint[];
}

/** A curve, with one copy for each seed (or group of seeds) left out, from which its intervals come. */
export interface KnownCurve {
  /** `non-monotone`: at some budget the error is shown to rise; the curve describes, it must not foretell. */
  readonly status: "ok" | "non-monotone";
  readonly curve: FittedCurve;
  /** By how much the family missed the last budget when it was fitted without it. */
  readonly miss: number;
  readonly points: readonly CurvePoint[];
  readonly without: readonly CurveWithout[];
  readonly leftOut: readonly number[];
  /** First and last fitted budget, and the rows up to which it may be extrapolated. */
  readonly first: number;
  readonly last: number;
  readonly limit: number;
  readonly words: string;
}

/**
 * e(n) = a + b·φ(n) of a pipeline's errors: the family that foretells the last budget best, weighted by 1/(sd² + σ₀²).
 * Budgets without evidence of learning are left out; fewer than 4 left: none. Errors that rise are flagged.
 *
 * @see Hestness et al., "Deep learning scaling is predictable, empirically", 2017; Mohr, Viering et al., LCDB 1.0, 2022
 */
export function learningCurve({ budgets, chance }: CurveQuestion): LearningCurve {
  const used = learnedBudgets(budgets, chance);
  const leftOut = budgets.filter((budget) => !used.includes(budget)).map(({ rows }) => rows);
  const [first, last] = [used[0], used.at(-1)];
  if (used.length < FEWEST_BUDGETS || first === undefined || last === undefined) {
    return { status: "not-estimable", leftOut, words: refusal(budgets, used.length) };
  }
  const points = curvePoints(used);
  const { curve, miss } = chooseCurve(points);
  const without = groupsOf(used).map((group) => {
    const others = curvePoints(used.map((budget) => withoutSeeds(budget, group)));
    return { left: group, curve: refit(curve, others), points: others };
  });
  const rise = risesAt(used);
  return {
    status: rise === undefined ? "ok" : "non-monotone",
    curve,
    miss,
    points,
    without,
    leftOut,
    first: first.rows,
    last: last.rows,
    limit: FURTHEST * last.rows,
    words: inWords({ rise, curve, leftOut }),
  };
}

/** More copies than this tell no more about the spread and cost as many fits. */
const MOST_GROUPS = 10;

/** Seeds that are left out together: those present at every budget, each by itself up to 10, else in 10 even groups. */
function groupsOf(budgets: readonly BudgetErrors[]): readonly ReadonlySet<number>[] {
  const most = Math.max(0, ...budgets.map(({ errors }) => errors.length));
  const seeds = Array.from({ length: most }, (_, seed) => seed).filter((seed) =>
    budgets.every(({ errors }) => errors[seed] !== undefined),
  );
  const count = Math.min(MOST_GROUPS, seeds.length);
  return Array.from(
    { length: count },
    (_, group) => new Set(seeds.filter((_seed, k) => k % count === group)),
  );
}

const withoutSeeds = ({ rows, errors }: BudgetErrors, left: ReadonlySet<number>): BudgetErrors => ({
  rows,
  errors: errors.map((error, seed) => (left.has(seed) ? undefined : error)),
});

/** The error at a number of rows, with its interval; no interval where fewer than 3 seeds span all budgets. */
export function foretellError(known: KnownCurve, rows: number): { readonly value: number } | Estimate {
  const value = errorAt(known.curve, rows);
  if (known.without.length < FEWEST_SEEDS) return { value };
  const spread = jackknifeError(known.without.map(({ curve }) => errorAt(curve, rows)));
  const half = studentQuantile(0.975, known.without.length - 1) * Math.hypot(spread, strayed(known, rows));
  return { value, low: value - half, high: value + half };
}

/**
 * What the family itself may be wrong by behind the last budget: what it missed the last budget by, in proportion to the
 * distance over log n. Seeds don't know it.
 */
export function strayed({ miss, points, last }: KnownCurve, rows: number): number {
  const before = points.at(-2)?.rows ?? last;
  return rows <= last ? 0 : (miss * Math.log(rows / last)) / Math.log(last / before);
}

/** n½, or on which side of what can be told it lies. */
export type HalfWay =
  | { readonly place: "within"; readonly rows: number; readonly low?: number; readonly high?: number }
  | { readonly place: "below" | "above"; readonly rows: number };

/**
 * n½: the rows for half the way from chance to the curve's ceiling, its error a at unlimited data. "Is there enough data
 * for this problem's complexity?" as a number (science.md §5). Told from a quarter of the first budget to the limit; its
 * interval is made over log n.
 *
 * @param chance error of a constant answer
 */
export function halfWay(known: KnownCurve, chance: number): HalfWay {
  const [from, to] = [known.first / FURTHEST, known.limit];
  const reach = ({ curve, points }: Pick<KnownCurve, "curve" | "points">): number | undefined =>
    rowsToReach((chance + (curve.params["a"] ?? 0)) / 2, curve, { points, from, to });
  const rows = reach(known);
  if (rows === undefined) {
    const target = (chance + (known.curve.params["a"] ?? 0)) / 2;
    return (known.points[0]?.error ?? 0) <= target
      ? { place: "below", rows: known.curve.family === "last1" ? known.first : from }
      : { place: "above", rows: to };
  }
  const others = known.without.map((one) => reach(one) ?? Number.NaN);
  if (others.length < FEWEST_SEEDS || others.some(Number.isNaN)) return { place: "within", rows };
  const { low, high } = jackknife(Math.log(rows), others.map(Math.log));
  return { place: "within", rows, low: Math.exp(low), high: Math.exp(high) };
}

function refusal(budgets: readonly BudgetErrors[], used: number): string {
  const seeded = budgets.filter((budget) => presentErrors(budget).length >= FEWEST_SEEDS).length;
  const atChance = seeded - used;
  const why =
    seeded < FEWEST_BUDGETS
      ? `${countOf(seeded, "budget")} with ${FEWEST_SEEDS} seeds or more`
      : `${countOf(used, "budget")} clearly better than chance, ${atChance} at chance`;
  return `No curve: ${why}; at least ${FEWEST_BUDGETS} are needed.`;
}

function inWords(found: {
  readonly rise: number | undefined;
  readonly curve: FittedCurve;
  readonly leftOut: readonly number[];
}): string {
  const sentences = [`Fitted by ${found.curve.family}.`];
  if (found.rise !== undefined) {
    sentences.push(`The error rises at ${writeBudgets([found.rise])} rows: don't extrapolate.`);
  }
  if (found.leftOut.length > 0) {
    sentences.push(`Left out, no better than chance or too few seeds: ${writeBudgets(found.leftOut)} rows.`);
  }
  return sentences.join(" ");
}

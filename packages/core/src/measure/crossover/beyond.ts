import { errorAt } from "../learning-curve/fit";
import { type KnownCurve, strayed } from "../learning-curve/curve";
import { jackknifeError } from "../learning-curve/jackknife";
import { FEWEST_SEEDS } from "../interval";
import { studentCdf } from "../student-t";

/** What two fitted curves say about a crossover behind the last budget. Never a measurement: always "model-based". */
export interface Beyond {
  /** Where the curves cross within the limit of extrapolation, if they do. */
  readonly estimate?: number;
  /** P(they have crossed by 2× and by 4× the last budget). */
  readonly byTwice: number;
  readonly byFourTimes: number;
}

const STEPS = 48;
const HALVINGS = 50;

/**
 * Extrapolates the difference of two curves up to 4× the smaller last budget.
 *
 * P(crossed by n) = T(−D̂(n)/se) with D̂ signed so that it is above 0 now, T Student's t with as many degrees of freedom
 * as seeds were left out, less one; se joins the jackknife's spread of D̂ (the same seed left out of both curves) and
 * what either family missed its last budget by.
 *
 * @param better the curve with the smaller error at the last budget
 * @returns undefined where a curve rises, or fewer than 3 seeds span all budgets of both
 */
export function beyondRange(better: KnownCurve, worse: KnownCurve): Beyond | undefined {
  if (better.status !== "ok" || worse.status !== "ok") return undefined;
  const last = Math.min(better.last, worse.last);
  const lead = (rows: number): number => errorAt(worse.curve, rows) - errorAt(better.curve, rows);
  const by = (rows: number): number | undefined => {
    const { error, df } = leadError(better, worse, rows);
    if (df < FEWEST_SEEDS - 1) return undefined;
    if (error === 0) return lead(rows) < 0 ? 1 : 0;
    return studentCdf(-lead(rows) / error, df);
  };
  const [byTwice, byFourTimes] = [by(2 * last), by(4 * last)];
  if (byTwice === undefined || byFourTimes === undefined) return undefined;
  const estimate = firstLoss(lead, last, 4 * last);
  return { ...(estimate === undefined ? {} : { estimate }), byTwice, byFourTimes };
}

function leadError(
  better: KnownCurve,
  worse: KnownCurve,
  rows: number,
): { readonly error: number; readonly df: number } {
  const pairs = better.without.flatMap(({ left, curve }) => {
    const other = worse.without.find((one) => sameSeeds(one.left, left));
    return other === undefined ? [] : [errorAt(other.curve, rows) - errorAt(curve, rows)];
  });
  const spread = pairs.length < FEWEST_SEEDS ? 0 : jackknifeError(pairs);
  return { error: Math.hypot(spread, strayed(better, rows), strayed(worse, rows)), df: pairs.length - 1 };
}

const sameSeeds = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((seed) => b.has(seed));

/** The first rows between two numbers at which a lead is lost, by steps over log n and bisection. */
function firstLoss(lead: (rows: number) => number, from: number, to: number): number | undefined {
  const at = (step: number): number => from * (to / from) ** (step / STEPS);
  if (lead(from) <= 0) return undefined;
  for (let step = 1; step <= STEPS; step++) {
    if (lead(at(step)) > 0) continue;
    let [low, high] = [step - 1, step];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2;
      if (lead(at(middle)) > 0) low = middle;
      else high = middle;
    }
    return at(high);
  }
  return undefined;
}

import type { PairedDifference } from "./comparison";
import { FEWEST_SEEDS } from "./interval";
import { studentQuantile } from "./student-t";

const ERROR = 0.05;
const LEVEL = 0.95;

/** Ends of an interval. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/**
 * Intervals of paired differences that agree with Holm's decisions: the k-th smallest p of m gets level
 * 1 − .05/(m − k + 1), up to the first that isn't rejected, whose level the rest shares. An interval holds 0 exactly
 * where Holm doesn't reject. Differences under 3 seeds get none.
 *
 * @returns in the order given
 * @see Holm, Scandinavian Journal of Statistics 6, 1979
 */
export function holmIntervals(
  paired: readonly Pick<PairedDifference, "mean" | "low" | "high" | "n" | "p">[],
): readonly (Ends | undefined)[] {
  const ordered = paired
    .map((pair, index) => ({ pair, index, size: sizeOf(pair) }))
    .filter(({ pair }) => pair.p !== undefined && pair.n >= FEWEST_SEEDS)
    .sort((a, b) => (a.pair.p ?? 1) - (b.pair.p ?? 1) || b.size - a.size);
  const intervals: (Ends | undefined)[] = paired.map(() => undefined);
  let divisor = ordered.length;
  for (const { pair, index } of ordered) {
    const half = halfWidth(pair, divisor);
    intervals[index] = { low: pair.mean - half, high: pair.mean + half };
    if ((pair.p ?? 1) <= ERROR) divisor = Math.max(1, divisor - 1);
  }
  return intervals;
}

/** t of a difference, from its 95 % interval: orders those whose adjusted p are equal. */
function sizeOf({ mean, low, high, n }: Pick<PairedDifference, "mean" | "low" | "high" | "n">): number {
  if (low === undefined || high === undefined || n < FEWEST_SEEDS) return 0;
  return high === low ? Number.POSITIVE_INFINITY : (Math.abs(mean) * cutOff(n, 1)) / ((high - low) / 2);
}

/** Half the 95 % interval, stretched to the level 1 − .05/divisor. */
function halfWidth({ low, high, n }: Pick<PairedDifference, "low" | "high" | "n">, divisor: number): number {
  if (low === undefined || high === undefined) return 0;
  return (((high - low) / 2) * cutOff(n, divisor)) / cutOff(n, 1);
}

const cutOff = (n: number, divisor: number): number =>
  studentQuantile(1 - (1 - LEVEL) / (2 * divisor), n - 1);

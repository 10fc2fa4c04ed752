import type { TargetScale } from "./trial";

/** A spread below this is that of a constant. */
const NO_SPREAD = 1e-8;

/**
 * Mean and standard deviation of each of `size` values; the spread of a constant is given as 1. In double precision and
 * two passes, so that a large mean doesn't drown a small spread.
 *
 * @param visit hands every observation of every value to `take`; called twice
 */
export function moments(
  size: number,
  visit: (take: (index: number, value: number) => void) => void,
): TargetScale {
  const count = new Float64Array(size);
  const sum = new Float64Array(size);
  visit((index, value) => {
    count[index] = (count[index] ?? 0) + 1;
    sum[index] = (sum[index] ?? 0) + value;
  });
  const mean = sum.map((total, index) => total / Math.max(count[index] ?? 0, 1));
  const squares = new Float64Array(size);
  visit((index, value) => {
    squares[index] = (squares[index] ?? 0) + (value - (mean[index] ?? 0)) ** 2;
  });
  const spread = squares.map((total, index) => Math.sqrt(total / Math.max(count[index] ?? 0, 1)));
  return { mean: [...mean], spread: Array.from(spread, (value) => (value > NO_SPREAD ? value : 1)) };
}

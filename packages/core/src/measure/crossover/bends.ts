import type { Knot } from "./decided-runs";

/** Places between two knots, and the part of a parabola's largest distance from its chord that it has there: 4u(1 − u). */
const BETWEEN = [
  { part: 0.25, bulge: 0.75 },
  { part: 0.5, bulge: 1 },
  { part: 0.75, bulge: 0.75 },
] as const;

/**
 * Adds knots between knots, whose reach is √(reach² + bend²): a straight line between budgets is off by up to h²·|D″|/8
 * where D bends, and budgets can lie far apart. D″ is the larger of the second differences at the two ends. Without
 * noise this alone is the width of the interval; with noise it hardly matters.
 *
 * @see Davis, Interpolation and Approximation, 1963, §3.1 (error of linear interpolation)
 */
export function withBends(knots: readonly Knot[]): readonly Knot[] {
  const bends = knots.map((_, k) => secondDifference(knots, k));
  return knots.flatMap((right, k) => {
    const left = knots[k - 1];
    if (left === undefined) return [right];
    const distance = right.at - left.at;
    const bend = (distance ** 2 * Math.max(bends[k - 1] ?? 0, bends[k] ?? 0)) / 8;
    const between = BETWEEN.map(({ part, bulge }) => ({
      at: left.at + part * distance,
      mean: left.mean + part * (right.mean - left.mean),
      reach: Math.hypot(left.reach + part * (right.reach - left.reach), bulge * bend),
    }));
    return [...between, right];
  });
}

/** |D″| at a knot, from its neighbours; 0 at the ends. */
function secondDifference(knots: readonly Knot[], k: number): number {
  const [before, here, after] = [knots[k - 1], knots[k], knots[k + 1]];
  if (before === undefined || here === undefined || after === undefined) return 0;
  const left = (here.mean - before.mean) / (here.at - before.at);
  const right = (after.mean - here.mean) / (after.at - here.at);
  return Math.abs((2 * (right - left)) / (after.at - before.at));
}

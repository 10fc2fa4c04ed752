/** The mean difference at one budget, and how far from 0 it has to be to be decided. */
export interface Knot {
  /** ln n; knots are given by rising `at`. */
  readonly at: number;
  readonly mean: number;
  /** t·se */
  readonly reach: number;
}

/** A stretch of ln n over which the difference keeps a sign, decided at every point. */
export interface DecidedRun {
  readonly from: number;
  readonly to: number;
  readonly sign: 1 | -1;
}

/**
 * Where |D| > t·se, by sign, from left to right. D and t·se are straight lines between knots, so the ends are exact.
 */
export function decidedRuns(knots: readonly Knot[]): readonly DecidedRun[] {
  const runs = ([1, -1] as const).flatMap((sign) =>
    positiveRuns(knots.map(({ at, mean, reach }) => ({ at, value: sign * mean - reach }))).map((run) => ({
      ...run,
      sign,
    })),
  );
  return runs.toSorted((a, b) => a.from - b.from);
}

interface Point {
  readonly at: number;
  readonly value: number;
}

/** Where a broken line is above 0; runs that touch are one. */
function positiveRuns(points: readonly Point[]): readonly { readonly from: number; readonly to: number }[] {
  const runs: { readonly from: number; readonly to: number }[] = [];
  let from: number | undefined;
  points.forEach((point, k) => {
    const before = points[k - 1];
    const isAbove = point.value > 0;
    const wasAbove = before !== undefined && before.value > 0;
    if (isAbove && !wasAbove) from = before === undefined ? point.at : zeroBetween(before, point);
    if (!isAbove && wasAbove && from !== undefined) runs.push({ from, to: zeroBetween(before, point) });
  });
  const last = points.at(-1);
  if (last !== undefined && last.value > 0 && from !== undefined) runs.push({ from, to: last.at });
  return runs;
}

const zeroBetween = (a: Point, b: Point): number => a.at + ((b.at - a.at) * a.value) / (a.value - b.value);

/** Where the mean difference itself first is 0 between two places; undefined where it isn't. */
export function firstZero(knots: readonly Knot[], from: number, to: number): number | undefined {
  for (let k = 1; k < knots.length; k++) {
    const [left, right] = [knots[k - 1], knots[k]];
    if (left === undefined || right === undefined || right.at < from || left.at > to) continue;
    if (left.mean === 0 && left.at >= from) return left.at;
    if (left.mean * right.mean > 0) continue;
    if (left.mean === 0 && right.mean === 0) continue;
    const zero = zeroBetween({ at: left.at, value: left.mean }, { at: right.at, value: right.mean });
    if (zero >= from && zero <= to) return zero;
  }
  return undefined;
}

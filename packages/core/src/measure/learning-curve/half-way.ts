import { type CurvePoint, errorAt, type FittedCurve } from "./fit";

const HALVINGS = 60;

/**
 * The rows at which a curve comes down to an error, by bisection over log n. `last1` has no slope: there the means are
 * joined by straight lines over log n.
 *
 * @returns undefined where it doesn't happen between `from` and `to` rows
 */
export function rowsToReach(
  error: number,
  curve: FittedCurve,
  {
    points,
    from,
    to,
  }: { readonly points: readonly CurvePoint[]; readonly from: number; readonly to: number },
): number | undefined {
  const first = points[0]?.rows ?? from;
  const last = points.at(-1)?.rows ?? to;
  const follows = curve.family === "last1";
  const at = (rows: number): number => (follows ? joined(points, rows) : errorAt(curve, rows));
  let low = Math.log(follows ? first : from);
  let high = Math.log(follows ? last : to);
  if (at(Math.exp(low)) < error || at(Math.exp(high)) > error) return undefined;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (at(Math.exp(middle)) > error) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** The mean error between two budgets, on a straight line over log n. */
function joined(points: readonly CurvePoint[], rows: number): number {
  const next = points.findIndex((point) => point.rows >= rows);
  const right = points[next] ?? points.at(-1);
  const left = points[Math.max(0, next - 1)];
  if (right === undefined || left === undefined) return Number.NaN;
  if (left === right || next < 0) return right.error;
  const part = Math.log(rows / left.rows) / Math.log(right.rows / left.rows);
  return left.error + part * (right.error - left.error);
}

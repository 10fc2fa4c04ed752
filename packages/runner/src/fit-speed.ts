import type { FitSize, Speed } from "@seams/core";

/** One fit that was timed, from the making of its program on. */
export interface TimedFit extends FitSize {
  /** Of processor time. */
  readonly seconds: number;
}

/** An amount of each of the things that a speed has a price for. */
type Amounts = readonly number[];

/**
 * The speed that predicts these times with the least sum of squared relative errors, nothing in it below 0. Least squares
 * under that condition leave some prices at 0 and solve for the others freely (Lawson and Hanson 1974): with six prices
 * all 63 ways are tried, and the best of those without a negative price is taken.
 * @param timed at least one
 */
export function fitSpeed(timed: readonly TimedFit[]): Required<Speed> {
  // Relative: every row is divided by its own time, so that each has to come to 1.
  const rows = timed.map(({ steps, checks, layers, slidingFlops, otherFlops, seconds }) =>
    [1, checks, steps, steps * layers, steps * otherFlops, steps * slidingFlops].map(
      (amount) => amount / seconds,
    ),
  );
  const count = 6;
  let best: { readonly prices: readonly number[]; readonly error: number } | undefined;
  for (let ways = 1; ways < 2 ** count; ways++) {
    const chosen = Array.from({ length: count }, (_, k) => k).filter((k) => (ways >> k) % 2 === 1);
    const solved = solve(rows.map((row) => chosen.map((k) => row[k] ?? 0)));
    if (solved === undefined || solved.some((price) => price < 0)) continue;
    const prices = Array.from({ length: count }, (_, k) => solved[chosen.indexOf(k)] ?? 0);
    const error = rows.reduce((sum, row) => sum + (1 - product(row, prices)) ** 2, 0);
    if (best === undefined || error < best.error) best = { prices, error };
  }
  const [program = 0, check = 0, secondsPerStep = 0, secondsPerLayer = 0, other = 0, sliding = 0] =
    best?.prices ?? [];
  return {
    secondsPerProgram: program,
    secondsPerCheck: check,
    secondsPerStep,
    secondsPerLayer,
    flopsPerSecond: perSecond(other),
    slidingFlopsPerSecond: perSecond(sliding),
  };
}

/** Arithmetic that costs nothing measurable beside the rest is as fast as no processor is. */
const perSecond = (seconds: number): number => (seconds > 0 ? 1 / seconds : 1e13);

const product = (a: Amounts, b: Amounts): number => a.reduce((sum, one, k) => sum + one * (b[k] ?? 0), 0);

/** The least-squares solution of rows · x = 1 by its normal equations; undefined where they have more than one. */
function solve(rows: readonly Amounts[]): readonly number[] | undefined {
  const columns = (rows[0] ?? []).map((_, k) => rows.map((row) => row[k] ?? 0));
  // Columns of unit length: amounts differ by many powers of ten.
  const lengths = columns.map((column) => Math.hypot(...column));
  const unit = columns.map((column, k) => column.map((one) => one / (lengths[k] ?? 1)));
  const matrix = unit.map((one) => [
    ...unit.map((other) => product(one, other)),
    one.reduce((sum, value) => sum + value, 0),
  ]);
  for (let pivot = 0; pivot < matrix.length; pivot++) {
    const row = matrix[pivot];
    const head = row?.[pivot] ?? 0;
    if (row === undefined || !(head > 1e-9)) return undefined;
    for (const other of matrix) {
      if (other === row) continue;
      const factor = (other[pivot] ?? 0) / head;
      for (let k = pivot; k < other.length; k++) other[k] = (other[k] ?? 0) - factor * (row[k] ?? 0);
    }
  }
  return matrix.map((row, k) => (row.at(-1) ?? 0) / (row[k] ?? 1) / (lengths[k] ?? 1));
}

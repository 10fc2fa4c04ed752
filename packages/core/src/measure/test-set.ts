/** Right (1), wrong (0) and unscored (−1) test rows of one trial. */
export type CorrectRows = readonly number[];

/**
 * Standard error of a difference of accuracies that comes from the test set being finite.
 *
 * One seed: √((b + c) − (b − c)²/N)/N, with b and c the rows that only one of both gets right (McNemar's counts).
 * Several: a row's difference is its mean over the seeds, d; √(Σd² − (Σd)²/N)/N, of which the formula above is a case.
 *
 * @param pairs the two pipelines' rows, one pair a seed; all over the same test set
 * @returns undefined where no row is scored in all of them
 */
export function testSetError(pairs: readonly (readonly [CorrectRows, CorrectRows])[]): number | undefined {
  return shareDifferenceError(meanRows(pairs.map(([a]) => a)), meanRows(pairs.map(([, b]) => b)));
}

/** Each row's share of right answers over the seeds; NaN where some seed didn't score it. */
export function meanRows(seeds: readonly CorrectRows[]): Float64Array {
  const means = new Float64Array(seeds[0]?.length ?? 0);
  for (const rows of seeds) {
    for (let row = 0; row < means.length; row++) {
      const right = rows[row] ?? -1;
      means[row] = right < 0 ? Number.NaN : (means[row] ?? 0) + right;
    }
  }
  return means.map((sum) => sum / seeds.length);
}

/** The same error from two pipelines' mean rows; rows that are NaN in either don't count. */
export function shareDifferenceError(a: Float64Array, b: Float64Array): number | undefined {
  let counted = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < a.length; row++) {
    const difference = (a[row] ?? Number.NaN) - (b[row] ?? Number.NaN);
    if (Number.isNaN(difference)) continue;
    counted++;
    sum += difference;
    squares += difference ** 2;
  }
  return counted === 0 ? undefined : Math.sqrt(Math.max(0, squares - sum ** 2 / counted)) / counted;
}

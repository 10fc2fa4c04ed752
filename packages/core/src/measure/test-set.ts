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
  const rows = pairs[0]?.[0].length ?? 0;
  let counted = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const difference = meanDifference(pairs, row);
    if (difference === undefined) continue;
    counted++;
    sum += difference;
    squares += difference ** 2;
  }
  return counted === 0 ? undefined : Math.sqrt(Math.max(0, squares - sum ** 2 / counted)) / counted;
}

function meanDifference(
  pairs: readonly (readonly [CorrectRows, CorrectRows])[],
  row: number,
): number | undefined {
  let sum = 0;
  for (const [a, b] of pairs) {
    const [right, otherRight] = [a[row] ?? -1, b[row] ?? -1];
    if (right < 0 || otherRight < 0) return undefined;
    sum += right - otherRight;
  }
  return sum / pairs.length;
}

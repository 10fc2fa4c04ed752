import type { Training } from "../stages/stage";
import { CHECKS } from "../stages/validation-checks";

/**
 * How many steps lie between two checks: a fixed number of steps, never a time, so that a resumed phase checks where an
 * uninterrupted one does. Seldom enough that looking at the validation rows costs less than training.
 */
export function stepsBetweenChecks(
  { steps }: Pick<Training, "steps">,
  { batchSize, validationRows }: { readonly batchSize: number; readonly validationRows: number },
): number {
  const affordable = Math.ceil(validationRows / Math.max(batchSize, 1));
  return Math.min(steps, Math.max(1, Math.ceil(steps / CHECKS), affordable));
}

/** A stretch of steps. */
export interface Stretch {
  readonly from: number;
  readonly steps: number;
}

/** Where a step's first row stands in the row stream: which pass over the training rows, and how far in it. */
export function cursorAt(
  step: number,
  { batchSize, rows }: { readonly batchSize: number; readonly rows: number },
): { readonly pass: number; readonly offset: number } {
  const drawn = step * batchSize;
  return { pass: Math.floor(drawn / rows), offset: drawn % rows };
}

/** What a row stream reads from. */
export interface RowStreamParts {
  readonly rows: Int32Array;
  readonly batchSize: number;
  /** The permutation of one pass. */
  readonly permutation: (pass: number) => Int32Array;
}

/**
 * Gives the rows of any stretch of steps: one shuffled pass over all rows after the other, cut into batches of one size
 * that may lie across two passes. A step's rows depend on its number alone.
 */
export function rowStream({
  rows,
  batchSize,
  permutation,
}: RowStreamParts): (stretch: Stretch) => Int32Array {
  let current: { readonly pass: number; readonly order: Int32Array } = { pass: -1, order: new Int32Array(0) };
  const orderOf = (pass: number): Int32Array => {
    if (current.pass !== pass) current = { pass, order: permutation(pass) };
    return current.order;
  };
  return ({ from, steps }) => {
    const { pass, offset } = cursorAt(from, { batchSize, rows: rows.length });
    return Int32Array.from({ length: steps * batchSize }, (_, k) => {
      const at = offset + k;
      const order = orderOf(pass + Math.floor(at / rows.length));
      return rows[order[at % rows.length] ?? -1] ?? -1;
    });
  };
}

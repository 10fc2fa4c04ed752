/** Bounds of a list of whole numbers. */
export interface WholeNumberBounds {
  readonly least: number;
  readonly most: number;
  /** Most entries. */
  readonly count: number;
}

/** Reads "32, 100 316" as different whole numbers, in order; or says what is wrong. */
export function wholeNumbers(
  text: string,
  { least, most, count }: WholeNumberBounds,
): { readonly values: readonly number[] } | { readonly reason: string } {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const values = [...new Set(parts.map(Number))];
  const isGood = values.every((value) => Number.isInteger(value) && value >= least && value <= most);
  if (parts.length === 0 || !isGood)
    return {
      reason: `Write ${count === 1 ? "a whole number" : "whole numbers with commas between"}, ${least.toLocaleString("en")} to ${most.toLocaleString("en")}.`,
    };
  if (values.length > count)
    return { reason: count === 1 ? "Write one number." : `Write at most ${count} numbers.` };
  return { values };
}

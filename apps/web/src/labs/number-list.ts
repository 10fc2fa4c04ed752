/** Bounds of a list of numbers. */
export interface NumberBounds {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** What a text stands for: nothing (the usual values), a list, or what is wrong with it. */
export type NumberList =
  | { readonly is: "usual" }
  | { readonly is: "list"; readonly values: readonly number[] }
  | { readonly is: "wrong"; readonly reason: string };

/** Reads "0, 1 2.5" as different numbers, in order. An empty text leaves the choice to Seams. */
export function numberList(text: string, { least, most, whole }: NumberBounds): NumberList {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  if (parts.length === 0) return { is: "usual" };
  const values = [...new Set(parts.map(Number))].toSorted((a, b) => a - b);
  const isGood = values.every(
    (value) =>
      Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value)),
  );
  if (!isGood)
    return {
      is: "wrong",
      reason: `Write ${whole ? "whole numbers" : "numbers"} with commas between, ${least.toLocaleString("en")} to ${most.toLocaleString("en")}.`,
    };
  return { is: "list", values };
}

/** The numbers, where there are any; undefined leaves the choice to Seams. */
export const listed = (list: NumberList): readonly number[] | undefined =>
  list.is === "list" ? list.values : undefined;

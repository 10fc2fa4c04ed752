import { type Column, valuesPerRecord } from "../../data/column";
import type { Metric } from "./metric";
import { isLabelled } from "./slots";

/**
 * Edits per true symbol: Σ Levenshtein(ŷ, y) / Σ |y|, the character or phoneme error rate. Above 1 where more has to be
 * removed than was to be said. A missing prediction is an empty one.
 * @see Levenshtein (1966)
 */
export const editDistance: Metric = {
  name: "edit-distance",
  title: "Edit distance",
  formula: "insertions, deletions and substitutions ÷ length of the truth",
  higherIsBetter: false,
  isShare: false,
  score: (truth, predicted) => {
    let edits = 0;
    let symbols = 0;
    for (let row = 0; row < truth.rows; row++) {
      if (!isLabelled(truth, row)) continue;
      const actual = symbolsOf(truth, row);
      edits += levenshtein(actual, symbolsOf(predicted, row));
      symbols += actual.length;
    }
    return symbols === 0 ? undefined : edits / symbols;
  },
};

/** A record's letters, or the classes of its elements; elements without one are −2, which nothing equals by chance. */
function symbolsOf({ type, data, present, lengths }: Column, row: number): readonly number[] {
  const values = valuesPerRecord(type);
  const length = Math.max(0, lengths?.[row] ?? values);
  const symbols = Array.from(data.subarray(row * values, row * values + length));
  if (type.is === "text") return present[row] === 1 ? symbols : [];
  return symbols.map((symbol, k) => (present[row * values + k] === 1 ? symbol : -2));
}

/** Fewest insertions, deletions and substitutions that turn one into the other; one row of the table at a time. */
export function levenshtein(from: readonly number[], to: readonly number[]): number {
  let above = Array.from({ length: to.length + 1 }, (_, k) => k);
  from.forEach((symbol, i) => {
    const here = [i + 1];
    to.forEach((other, j) => {
      const substituted = (above[j] ?? 0) + (symbol === other ? 0 : 1);
      here.push(Math.min(substituted, (above[j + 1] ?? 0) + 1, (here[j] ?? 0) + 1));
    });
    above = here;
  });
  return above[to.length] ?? 0;
}

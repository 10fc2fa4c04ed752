import { levenshtein } from "./edit-distance";
import type { Metric } from "./metric";
import { isLabelled } from "./slots";
import { tokensOf } from "./tokens";

/**
 * Word errors per true word: Σ (insertions + deletions + substitutions) / Σ words, over words split at spaces. Above 1
 * where more has to be removed than was said.
 */
export const wordErrorRate: Metric = {
  name: "word-error-rate",
  title: "Word error rate",
  formula: "inserted, deleted and substituted words ÷ words of the truth",
  higherIsBetter: false,
  isShare: false,
  score: (truth, predicted) => {
    let edits = 0;
    let words = 0;
    for (let row = 0; row < truth.rows; row++) {
      if (!isLabelled(truth, row)) continue;
      const [actual, said] = numbered(tokensOf(truth, row), tokensOf(predicted, row));
      edits += levenshtein(actual, said);
      words += actual.length;
    }
    return words === 0 ? undefined : edits / words;
  },
};

/** Words as numbers, equal ones by the same. */
function numbered(
  a: readonly string[],
  b: readonly string[],
): readonly [readonly number[], readonly number[]] {
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  return [a.map(numberOf), b.map(numberOf)];
}

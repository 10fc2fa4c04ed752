import type { Metric } from "./metric";
import { isLabelled } from "./slots";
import { tokensOf } from "./tokens";

/** n-grams of up to four tokens. */
const LONGEST = 4;

/**
 * BLEU-4 over the whole test set: the geometric mean of the clipped n-gram precisions p₁…p₄, times the brevity penalty
 * exp(min(0, 1 − r/c)) with r tokens in the truth and c in the predictions. One truth a record; not smoothed: 0 where no
 * n-gram of some length is right. Lengths that no prediction reaches are left out.
 * @see Papineni, Roukos, Ward & Zhu, "BLEU: a method for automatic evaluation of machine translation", ACL 2002
 */
export const bleu: Metric = {
  name: "bleu",
  title: "BLEU",
  formula: "brevity penalty × geometric mean of clipped precisions of 1 to 4 tokens in a row",
  higherIsBetter: true,
  isShare: false,
  score: (truth, predicted) => {
    const hits = Array.from({ length: LONGEST }, () => 0);
    const said = Array.from({ length: LONGEST }, () => 0);
    let [truthLength, saidLength, records] = [0, 0, 0];
    for (let row = 0; row < truth.rows; row++) {
      if (!isLabelled(truth, row)) continue;
      const [actual, given] = [tokensOf(truth, row), tokensOf(predicted, row)];
      records++;
      truthLength += actual.length;
      saidLength += given.length;
      for (let n = 1; n <= LONGEST; n++) {
        said[n - 1] = (said[n - 1] ?? 0) + Math.max(0, given.length - n + 1);
        hits[n - 1] = (hits[n - 1] ?? 0) + clippedHits(countGrams(actual, n), countGrams(given, n));
      }
    }
    if (records === 0) return undefined;
    const precisions = said.flatMap((count, k) => (count === 0 ? [] : [(hits[k] ?? 0) / count]));
    if (precisions.length === 0 || precisions.includes(0)) return 0;
    const mean = precisions.reduce((sum, precision) => sum + Math.log(precision), 0) / precisions.length;
    return Math.exp(mean + Math.min(0, 1 - truthLength / saidLength));
  },
};

function countGrams(tokens: readonly string[], n: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= tokens.length; start++) {
    const gram = tokens.slice(start, start + n).join("\u0001");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** Each n-gram counts as often as it is in the truth, at most. */
const clippedHits = (truth: ReadonlyMap<string, number>, said: ReadonlyMap<string, number>): number =>
  [...said].reduce((sum, [gram, count]) => sum + Math.min(count, truth.get(gram) ?? 0), 0);

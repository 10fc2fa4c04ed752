import { type Column, scoresPerRecord, slotsPerRecord } from "../../data/column";
import { elementOf, type Metric } from "./metric";
import { eachLabelled } from "./slots";

/**
 * Mean over classes, or flags, of average precision: going down the ranking, Σ (Rₖ − Rₖ₋₁)·Pₖ. Equal scores are taken
 * together. Classes without a positive are left out; a missing prediction ranks below every other. Without scores, what
 * was predicted counts 1 and the rest 0.
 * @see Salton & McGill, Introduction to Modern Information Retrieval (1983); Everingham et al. (2010)
 */
export const meanAveragePrecision: Metric = {
  name: "map",
  title: "mAP",
  formula: "mean over classes of Σ (recall gained) × (precision there), down the ranking",
  higherIsBetter: true,
  isShare: false,
  score: (truth, predicted) => {
    const type = elementOf(truth.type);
    const classes = type.is === "label" ? type.classes.length : type.is === "flags" ? type.names.length : 0;
    const ranked = Array.from({ length: classes }, (): Ranked[] => []);
    const scoreOf = scoreReader(predicted, type.is === "label" ? classes : 1);
    eachLabelled(truth, (slot) => {
      const actual = truth.data[slot] ?? -1;
      if (type.is === "flags")
        ranked[slot % classes]?.push({ score: scoreOf(slot, 0), positive: actual === 1 });
      else ranked.forEach((list, k) => list.push({ score: scoreOf(slot, k), positive: actual === k }));
    });
    const found = ranked.flatMap((list) => averagePrecision(list) ?? []);
    return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one, 0) / found.length;
  },
};

/** One entry of a ranking. */
export interface Ranked {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * Σ (Rₖ − Rₖ₋₁)·Pₖ over groups of equal scores; undefined without positives.
 * @param positives how many could have been found; more than the list has where some never can be
 */
export function averagePrecision(
  list: readonly Ranked[],
  positives = list.filter(({ positive }) => positive).length,
): number | undefined {
  const sorted = list.toSorted((a, b) => b.score - a.score);
  if (positives === 0) return undefined;
  let hits = 0;
  let sum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    let found = 0;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) {
      if (sorted[end]?.positive === true) found++;
      end++;
    }
    hits += found;
    sum += (found / positives) * (hits / end);
    start = end;
  }
  return sum;
}

/** The score of class k, or of a flag, at a slot: from the network, else 1 for what was predicted; −∞ where it is missing. */
function scoreReader(predicted: Column, perSlot: number): (slot: number, k: number) => number {
  const { scores, present, data, type } = predicted;
  const known =
    scores !== undefined && scoresPerRecord(type) / slotsPerRecord(type) === perSlot ? scores : undefined;
  return (slot, k) => {
    if (present[slot] !== 1) return Number.NEGATIVE_INFINITY;
    if (known !== undefined) return known[slot * perSlot + k] ?? 0;
    return perSlot === 1 ? (data[slot] ?? 0) : Number(data[slot] === k);
  };
}

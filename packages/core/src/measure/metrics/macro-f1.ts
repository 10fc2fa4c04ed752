import type { Column } from "../../data/column";
import { elementOf, type Metric } from "./metric";
import { eachLabelled, predictedAt } from "./slots";

/**
 * Mean over classes, or flags, of F1 = 2·TP / (2·TP + FP + FN). Classes that are neither in the truth nor predicted are
 * left out: their F1 is 0 ÷ 0. A missing prediction adds to FN only.
 * @see van Rijsbergen, Information Retrieval (1979); macro average: Sokolova & Lapalme (2009)
 */
export const macroF1: Metric = {
  name: "macro-f1",
  title: "Macro F1",
  formula: "mean over classes of 2·TP ÷ (2·TP + FP + FN)",
  higherIsBetter: true,
  isShare: false,
  score: (truth, predicted) => {
    const counts =
      elementOf(truth.type).is === "flags" ? countFlags(truth, predicted) : countClasses(truth, predicted);
    const scores = counts
      .map(({ hits, false: wrong, missed }) => ({ hits, all: 2 * hits + wrong + missed }))
      .filter(({ all }) => all > 0)
      .map(({ hits, all }) => (2 * hits) / all);
    return scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  },
};

/** True positives, false positives and false negatives of one class. */
interface Counts {
  hits: number;
  false: number;
  missed: number;
}

const zeroCounts = (classes: number): Counts[] =>
  Array.from({ length: classes }, () => ({ hits: 0, false: 0, missed: 0 }));

function countClasses(truth: Column, predicted: Column): readonly Counts[] {
  const type = elementOf(truth.type);
  const counts = zeroCounts(type.is === "label" ? type.classes.length : 0);
  eachLabelled(truth, (slot) => {
    const actual = counts[truth.data[slot] ?? -1];
    const said = counts[predictedAt(predicted, slot)];
    if (actual !== undefined && actual === said) actual.hits++;
    else {
      if (actual !== undefined) actual.missed++;
      if (said !== undefined) said.false++;
    }
  });
  return counts;
}

/** F1 of a flag is that of its being set. */
function countFlags(truth: Column, predicted: Column): readonly Counts[] {
  const type = elementOf(truth.type);
  const names = type.is === "flags" ? type.names.length : 1;
  const counts = zeroCounts(names);
  eachLabelled(truth, (slot) => {
    const count = counts[slot % names];
    if (count === undefined) return;
    const said = predictedAt(predicted, slot);
    if (truth.data[slot] === 1) count[said === 1 ? "hits" : "missed"]++;
    else if (said === 1) count.false++;
  });
  return counts;
}

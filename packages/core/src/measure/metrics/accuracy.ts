import { type Column, slotsPerRecord } from "../../data/column";
import type { Metric } from "./metric";
import { eachLabelled, predictedAt } from "./slots";

/**
 * Share of labelled slots whose prediction equals the truth: Σ [ŷ = y] / n. A slot is a record's label, one flag, or
 * one element of a sequence. A truth that is no class is always missed.
 */
export const accuracy: Metric = {
  name: "accuracy",
  title: "Accuracy",
  formula: "right ÷ labelled; flags and elements of sequences count one by one",
  higherIsBetter: true,
  isShare: true,
  score: (truth, predicted) => {
    let right = 0;
    let labelled = 0;
    eachLabelled(truth, (slot) => {
      labelled++;
      if (isRight(truth, predicted, slot)) right++;
    });
    return labelled === 0 ? undefined : right / labelled;
  },
  correct: (truth, predicted) => {
    if (slotsPerRecord(truth.type) !== 1) return undefined;
    return Int8Array.from({ length: truth.rows }, (_, row) =>
      truth.present[row] === 1 ? Number(isRight(truth, predicted, row)) : -1,
    );
  },
};

function isRight(truth: Column, predicted: Column, slot: number): boolean {
  const value = truth.data[slot] ?? -1;
  return value >= 0 && value === predictedAt(predicted, slot);
}

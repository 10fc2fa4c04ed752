import { type Column, slotsPerRecord } from "../../data/column";
import type { Metric } from "./metric";
import { isLabelled, valuesPerSlot } from "./slots";

/**
 * Share of records that are right as a whole: every labelled slot equal, and the same length where there are lengths.
 */
export const exactMatch = {
  name: "exact-match",
  title: "Exact match",
  formula: "records that are right as a whole ÷ labelled records",
  higherIsBetter: true,
  isShare: true,
  score: (truth, predicted) => {
    const scored = correctRecords(truth, predicted).filter((right) => right >= 0);
    return scored.length === 0 ? undefined : scored.reduce((sum, right) => sum + right, 0) / scored.length;
  },
  correct: correctRecords,
} satisfies Metric;

function correctRecords(truth: Column, predicted: Column): Int8Array {
  return Int8Array.from({ length: truth.rows }, (_, row) =>
    isLabelled(truth, row) ? Number(isWholeRight(truth, predicted, row)) : -1,
  );
}

function isWholeRight(truth: Column, predicted: Column, row: number): boolean {
  const longer = truth.lengths !== undefined && predicted.lengths !== undefined;
  if (longer && truth.lengths?.[row] !== predicted.lengths?.[row]) return false;
  const slots = slotsPerRecord(truth.type);
  const values = valuesPerSlot(truth);
  for (let slot = row * slots; slot < (row + 1) * slots; slot++) {
    if (truth.present[slot] !== 1) continue;
    if (predicted.present[slot] !== 1) return false;
    for (let index = slot * values; index < (slot + 1) * values; index++) {
      if (truth.data[index] !== predicted.data[index]) return false;
    }
  }
  return true;
}

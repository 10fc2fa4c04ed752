import type { Column } from "../../data/column";
import type { Metric } from "./metric";
import { eachLabelled, valuesPerSlot } from "./slots";

/**
 * Root of the mean squared difference over labelled values: √(Σ (ŷ − y)² / n). A missing prediction is as wrong as can
 * be within the truth: its difference is the larger distance to the truth's ends.
 */
export const rmse: Metric = {
  name: "rmse",
  title: "RMSE",
  formula: "√(mean of (predicted − true)²)",
  higherIsBetter: false,
  isShare: false,
  score: (truth, predicted) => {
    const mean = meanOver(truth, predicted, (difference) => difference ** 2);
    return mean === undefined ? undefined : Math.sqrt(mean);
  },
};

/** Mean absolute difference over labelled values: Σ |ŷ − y| / n. Missing predictions count as in `rmse`. */
export const mae: Metric = {
  name: "mae",
  title: "MAE",
  formula: "mean of |predicted − true|",
  higherIsBetter: false,
  isShare: false,
  score: (truth, predicted) => meanOver(truth, predicted, Math.abs),
};

function meanOver(
  truth: Column,
  predicted: Column,
  penalty: (difference: number) => number,
): number | undefined {
  const values = valuesPerSlot(truth);
  const { low, high } = rangeOf(truth);
  let sum = 0;
  let count = 0;
  eachLabelled(truth, (slot) => {
    for (let index = slot * values; index < (slot + 1) * values; index++) {
      const actual = truth.data[index] ?? 0;
      const given = predicted.present[slot] === 1 ? predicted.data[index] : undefined;
      sum += penalty(given === undefined ? Math.max(actual - low, high - actual) : given - actual);
      count++;
    }
  });
  return count === 0 ? undefined : sum / count;
}

function rangeOf(truth: Column): { readonly low: number; readonly high: number } {
  const values = valuesPerSlot(truth);
  let low = Infinity;
  let high = -Infinity;
  eachLabelled(truth, (slot) => {
    for (const value of truth.data.subarray(slot * values, (slot + 1) * values)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  });
  return { low, high };
}

import { type Column, scoresPerRecord, slotsPerRecord } from "../../data/column";
import { elementOf, type Metric } from "./metric";
import { eachLabelled } from "./slots";

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half. By ranks:
 * (R₊ − n₊(n₊+1)/2) / (n₊·n₋). Of a label with two classes the second is positive; of flags, the mean over flags that
 * have both positives and negatives. A missing prediction ranks below every negative or above every positive.
 * @see Mann & Whitney (1947); Hanley & McNeil (1982)
 */
export const auc: Metric = {
  name: "auc",
  title: "AUC",
  formula: "chance that a positive scores above a negative; ties count half",
  higherIsBetter: true,
  isShare: false,
  score: (truth, predicted) => {
    const type = elementOf(truth.type);
    const names = type.is === "flags" ? type.names.length : 1;
    const scored = Array.from({ length: names }, (): Scored[] => []);
    const scoreAt = scoreReader(predicted);
    eachLabelled(truth, (slot) => {
      const positive = truth.data[slot] === 1;
      const score = predicted.present[slot] === 1 ? scoreAt(slot) : positive ? -Infinity : Infinity;
      scored[slot % names]?.push({ score, positive });
    });
    const areas = scored.map(areaUnderCurve).filter((area) => area !== undefined);
    return areas.length === 0 ? undefined : areas.reduce((sum, area) => sum + area, 0) / areas.length;
  },
};

interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/** The probability of the positive class where there is one, else the decision itself. */
function scoreReader({ type, scores, data }: Column): (slot: number) => number {
  if (scores === undefined) return (slot) => data[slot] ?? 0;
  const perSlot = scoresPerRecord(type) / slotsPerRecord(type);
  return (slot) => scores[slot * perSlot + perSlot - 1] ?? 0;
}

function areaUnderCurve(scored: readonly Scored[]): number | undefined {
  const sorted = scored.toSorted((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : 0));
  const positives = sorted.filter(({ positive }) => positive).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  let rankSum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++;
    const rank = (start + 1 + end) / 2; // mean rank of the tie
    rankSum += rank * sorted.slice(start, end).filter(({ positive }) => positive).length;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

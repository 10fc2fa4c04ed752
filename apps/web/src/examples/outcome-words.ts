import type { TraceView } from "@seams/api";
import { metricLook, writeScore } from "../scores";

type Outcome = TraceView["outcome"];

/** An answer in words: right, wrong, or how near. */
export function outcomeWords({ right, score }: Outcome, metric: string | undefined): string {
  if (right !== undefined) return right ? "right" : "wrong";
  if (score === undefined || metric === undefined) return "no truth to compare with";
  return `${metricLook(metric).title} ${writeScore(metric, score)}`;
}

/** Whether a fix makes the answer right, or leaves it; where answers are amounts, whether it comes nearer at all. */
export function isRepaired(before: Outcome, after: Outcome, higherIsBetter: boolean): boolean {
  if (before.right !== undefined || after.right !== undefined)
    return before.right !== true && after.right === true;
  if (before.score === undefined || after.score === undefined) return false;
  return higherIsBetter ? after.score > before.score : after.score < before.score;
}

/** What fixes there are, in a sentence each. */
export function fixWords(trace: Pick<TraceView, "outcome" | "fixes">, higherIsBetter: boolean): string {
  const { outcome, fixes } = trace;
  const single = fixes.filter(({ place }) => place !== undefined);
  const repairs = single.filter((fix) => isRepaired(outcome, fix.outcome, higherIsBetter));
  const all = fixes.find(({ place }) => place === undefined);
  if (outcome.right === true)
    return single.length === 0
      ? "Nothing to repair: every value with a label is right."
      : "Nothing to repair: the answer is right although a value before it is wrong.";
  if (single.length === 0) return "No value before the answer is wrong: the last stage itself errs.";
  if (repairs.length > 0) {
    const effect = outcome.right === undefined ? "brings the answer nearer" : "repairs the answer";
    return repairs.length === 1 ? `One single fix ${effect}:` : `Each of these single fixes ${effect}:`;
  }
  if (all !== undefined && isRepaired(outcome, all.outcome, higherIsBetter))
    return "No single fix repairs the answer; the truth at all of them together does.";
  return "Not even the truth at every seam repairs the answer: the stage behind them errs.";
}

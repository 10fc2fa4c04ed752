import type { Cell, Comparison } from "./comparison";
import { meanOf } from "./interval";
import { scoreLook } from "./score-look";

/** δ where nobody chose one: 1 point of a share, else 1 % of the mean score's size. */
export function defaultMargin(metric: string, scores: readonly number[]): number {
  if (scoreLook(metric)?.isShare === true) return 0.01;
  return scores.length === 0 ? 0 : 0.01 * Math.abs(meanOf(scores));
}

/** A cell's score, where it has one that counts. */
export function scoreOf(cell: Cell, metric: string): number | undefined {
  const score = cell.failed === undefined ? cell.test[metric] : undefined;
  return score !== undefined && Number.isFinite(score) ? score : undefined;
}

/** The δ that a comparison's verdicts were given by, unless another one was asked for. */
export function marginOf({ metric, cells }: Pick<Comparison, "metric" | "cells">): number {
  const scores = cells.flatMap((cell) => scoreOf(cell, metric) ?? []);
  return defaultMargin(metric, scores);
}

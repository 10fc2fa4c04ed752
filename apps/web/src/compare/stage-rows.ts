import type { Comparison } from "@seams/core/measure";

/** One stage's score by one metric, with every seed's value at each budget. */
export interface StageRow {
  readonly pipeline: string;
  readonly title: string;
  readonly stage: string;
  readonly metric: string;
  readonly values: Readonly<Record<number, readonly number[]>>;
}

/** Every stage that was scored on its own, in the order of the pipelines. */
export function stageRows({
  pipelines,
  cells,
}: Pick<Comparison, "pipelines" | "cells">): readonly StageRow[] {
  const found = new Map<string, { row: Omit<StageRow, "values">; values: Record<number, number[]> }>();
  for (const { id, title } of pipelines) {
    for (const { stages, budget, failed } of cells.filter(({ pipeline }) => pipeline === id)) {
      if (failed !== undefined) continue;
      for (const [stage, scores] of Object.entries(stages)) {
        for (const [metric, value] of Object.entries(scores)) {
          const key = JSON.stringify([id, stage, metric]);
          const entry = found.get(key) ?? { row: { pipeline: id, title, stage, metric }, values: {} };
          found.set(key, entry);
          (entry.values[budget] ??= []).push(value);
        }
      }
    }
  }
  return [...found.values()].map(({ row, values }) => ({ ...row, values }));
}

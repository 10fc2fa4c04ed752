import type { Cell, Comparison } from "./comparison";
import { scoreOf } from "./margin";

/** A cell with its headline score. */
export interface ScoredCell {
  readonly cell: Cell;
  readonly score: number;
}

/** Cells by place. Failed cells are listed and have no score. */
export interface ScoreTable {
  /** By pipeline, budget and seed, in the order in which those are listed. */
  readonly cells: readonly Cell[];
  /** One entry a seed, in their order; undefined where there is no score. By indices of pipeline and budget. */
  at(pipeline: number, budget: number): readonly (ScoredCell | undefined)[];
}

/** Puts cells, in any order and with gaps, in their places. */
export function scoreTable(
  { pipelines, budgets, seeds, cells }: Pick<Comparison, "pipelines" | "budgets" | "seeds" | "cells">,
  metric: string,
): ScoreTable {
  const byPipeline = indexOf(pipelines.map(({ id }) => id));
  const byBudget = indexOf(budgets);
  const bySeed = indexOf(seeds);
  const placed: (Cell | undefined)[] = Array.from(
    { length: pipelines.length * budgets.length * seeds.length },
    () => undefined,
  );
  for (const cell of cells) {
    const [pipeline, budget, seed] = [
      byPipeline.get(cell.pipeline),
      byBudget.get(cell.budget),
      bySeed.get(cell.seed),
    ];
    if (pipeline === undefined || budget === undefined || seed === undefined) continue;
    placed[(pipeline * budgets.length + budget) * seeds.length + seed] = cell;
  }
  const scored = placed.map((cell) => {
    const score = cell === undefined ? undefined : scoreOf(cell, metric);
    return cell === undefined || score === undefined ? undefined : { cell, score };
  });
  const columns = Array.from({ length: pipelines.length * budgets.length }, (_, k) =>
    scored.slice(k * seeds.length, (k + 1) * seeds.length),
  );
  return {
    cells: placed.filter((cell) => cell !== undefined),
    at: (pipeline, budget) => columns[pipeline * budgets.length + budget] ?? [],
  };
}

const indexOf = <Key>(keys: readonly Key[]): ReadonlyMap<Key, number> =>
  new Map(keys.map((key, index) => [key, index]));

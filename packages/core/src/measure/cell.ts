import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ProblemSchema } from "../problem/document";
import type { TrialResult } from "../train/events";
import type { Cell } from "./comparison";

/** Price of one label by field. */
export type Prices = Readonly<Record<string, number>>;

/** A problem's prices, some of them replaced. */
export const pricesOf = ({ fields }: ProblemSchema, replaced: Prices = {}): Prices => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, { price }]) => [name, price])),
  ...replaced,
});

/** Σ labels × price. */
export const costAt = (prices: Prices, labels: Readonly<Record<string, number>>): number =>
  Object.entries(labels).reduce((cost, [field, count]) => cost + count * (prices[field] ?? 0), 0);

/** A finished trial as a cell of a comparison. A trial all of whose stages came from the cache counts as cached. */
export function cellOf(pipeline: string, result: TrialResult, prices: Prices): Cell {
  const stages = Object.entries(result.stages);
  const trained = stages.filter(([, { phases }]) => phases.length > 0);
  return {
    pipeline,
    budget: result.budget,
    seed: result.seed,
    seconds: result.seconds,
    cached: trained.length > 0 && trained.every(([, { cached }]) => cached),
    labels: result.labels,
    cost: costAt(prices, result.labels),
    ...(result.asked === undefined ? {} : { asked: result.asked.moments }),
    test: result.test,
    train: result.train,
    stages: Object.fromEntries(stages.map(([id, { scores }]) => [id, scores])),
  };
}

/** Which trial of a comparison a cell is. */
export type CellPlace = Pick<Cell, "pipeline" | "budget" | "seed">;

/** A failed trial as a cell: it is shown, and enters no mean. */
export const failedCell = ({ pipeline, budget, seed }: CellPlace, { code, message }: Diagnostic): Cell => ({
  pipeline,
  budget,
  seed,
  seconds: 0,
  cached: false,
  labels: {},
  cost: 0,
  test: {},
  train: {},
  stages: {},
  failed: { code, message },
});

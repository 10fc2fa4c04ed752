import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ProblemSchema } from "../problem/document";
import type { TrialResult } from "../train/events";
import { cellOf, type CellPlace, failedCell, type Prices, pricesOf } from "./cell";
import { compareCells } from "./compare";
import type { Cell, Comparison } from "./comparison";
import type { CorrectRows } from "./test-set";

/** A trial that has ended, by its result or by what went wrong. */
export type EndedTrial = CellPlace & ({ readonly result: TrialResult } | { readonly diagnostic: Diagnostic });

/** Everything that a comparison of trials is made from. Trials that wait, run or were cancelled are left out of it. */
export interface TrialsQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds"> {
  readonly schema: ProblemSchema;
  /** `ProblemData.hash` */
  readonly hash: string;
  readonly trials: readonly EndedTrial[];
  /** Instead of the problem's own, by field. */
  readonly prices?: Prices;
  /** δ, in the metric's unit. */
  readonly margin?: number;
}

/**
 * Compares trials: the one way from results to numbers, whoever asks.
 * @returns undefined before the first trial has a result
 */
export function compareTrials(question: TrialsQuestion): Comparison | undefined {
  const { schema, hash, trials, pipelines, budgets, seeds, margin } = question;
  const metric = schema.metrics[0]?.metric;
  const engine = trials.find((trial) => "result" in trial)?.result.engine;
  if (metric === undefined || engine === undefined) return undefined;
  const prices = pricesOf(schema, question.prices);
  const correct = new Map<Cell, CorrectRows>();
  const cells = trials.map((trial) => {
    if ("diagnostic" in trial) return failedCell(trial, trial.diagnostic);
    const cell = cellOf(trial.pipeline, trial.result, prices);
    if (trial.result.correct !== undefined) correct.set(cell, trial.result.correct);
    return cell;
  });
  return compareCells({
    problem: { name: schema.name, hash },
    engine,
    pipelines,
    budgets,
    seeds,
    cells,
    metric,
    correctOf: (cell) => correct.get(cell),
    ...(margin === undefined ? {} : { margin }),
  });
}

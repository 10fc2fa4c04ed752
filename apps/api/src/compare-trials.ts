import { cellOf, compareCells, failedCell, type Cell, type Comparison } from "@seams/core/measure";
import type { TrialResult } from "@seams/core/train";
import { readTrials, type Database, type ExperimentRow, type TrialRow } from "@seams/db";
import type { ProblemLibrary } from "./library/problem-library";

/**
 * Compares an experiment's trials as far as they have ended. The numbers are those that `seams compare` gives for the
 * same trials: both hand their results to the same function of core, prices as they were when the experiment started.
 * Undefined before the first trial is done, and where the problem is no longer there.
 */
export async function compareTrials(
  database: Database,
  library: ProblemLibrary,
  experiment: ExperimentRow,
): Promise<Comparison | undefined> {
  const problem = await library.find(experiment.problem);
  const metric = problem?.schema.metrics[0]?.metric;
  if (metric === undefined) return undefined;
  const trials = await readTrials(database, experiment.id, "whole");
  const correct = new Map<Cell, readonly number[]>();
  const cells = trials.flatMap((trial) => {
    const cell = cellFor(trial, experiment);
    if (cell && trial.result?.correct) correct.set(cell, trial.result.correct);
    return cell ? [cell] : [];
  });
  const engine = newest(trials)?.engine;
  if (engine === undefined) return undefined;
  return compareCells({
    problem: { name: experiment.problem, hash: experiment.problemHash },
    engine,
    pipelines: experiment.pipelines.map(({ pipeline, title, hash }) => ({ id: pipeline, title, hash })),
    budgets: experiment.budgets,
    seeds: experiment.seeds,
    cells,
    metric,
    correctOf: (cell) => correct.get(cell),
  });
}

/** A trial's place in the comparison; none while it waits or runs, or when it was cancelled. */
function cellFor(trial: TrialRow, { prices }: ExperimentRow): Cell | undefined {
  if (trial.result) return cellOf(trial.pipeline, trial.result, prices);
  return trial.diagnostic ? failedCell(trial, trial.diagnostic) : undefined;
}

/** The result of the trial that ended last. */
function newest(trials: readonly TrialRow[]): TrialResult | undefined {
  const ended = (trial: TrialRow): number => trial.endedAt?.getTime() ?? 0;
  const done = trials.filter(({ result }) => result !== null);
  return done.sort((a, b) => ended(b) - ended(a))[0]?.result ?? undefined;
}

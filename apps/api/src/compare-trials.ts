import { type LabResult, labResult } from "@seams/core/labs";
import { compareTrials as compareEnded, type Comparison, type EndedTrial } from "@seams/core/measure";
import type { TrialResult } from "@seams/core/train";
import { readPlans, readTrials, type Database, type ExperimentRow, type TrialRow } from "@seams/db";
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
  if (problem === undefined) return undefined;
  const trials = await readTrials(database, experiment.id);
  const engine = newest(trials)?.engine;
  const { pipelines, budgets, seeds, prices, problemHash } = experiment;
  const comparison = compareEnded({
    schema: problem.schema,
    hash: problemHash,
    pipelines: pipelines.map(({ pipeline, title, hash }) => ({ id: pipeline, title, hash })),
    budgets,
    seeds,
    prices,
    trials: trials.flatMap(endedTrial),
    plans: await readPlans(database, experiment.id),
    rows: problem.card.rows.train,
    ...(engine === undefined ? {} : { engine }),
  });
  return comparison && { ...comparison, problem: { name: experiment.problem, hash: problemHash } };
}

/**
 * What a lab found as far as its trials have ended: the same function of core as `seams lab` uses. Undefined for other
 * experiments, before the first trial is done, and where the problem is no longer there.
 */
export async function resultOfLab(
  database: Database,
  library: ProblemLibrary,
  { id, lab, problem: name, problemHash }: ExperimentRow,
): Promise<LabResult | undefined> {
  const problem = lab && (await library.find(name));
  if (lab === undefined || problem === undefined) return undefined;
  const trials = await readTrials(database, id);
  const result = labResult({
    plan: lab.plan,
    schema: problem.schema,
    hash: problemHash,
    trials: trials.flatMap(endedTrial),
    plans: await readPlans(database, id),
    rows: problem.card.rows.train,
    engine: newest(trials)?.engine,
  });
  return result && { ...result, problem: { name, hash: problemHash } };
}

/** A trial that has ended; none while it waits or runs, or when it was cancelled. */
function endedTrial({ pipeline, budget, seed, result, diagnostic }: TrialRow): EndedTrial[] {
  const place = { pipeline, budget, seed };
  if (result) return [{ ...place, result }];
  return diagnostic ? [{ ...place, diagnostic }] : [];
}

/** The result of the trial that ended last. */
function newest(trials: readonly TrialRow[]): TrialResult | undefined {
  const ended = (trial: TrialRow): number => trial.endedAt?.getTime() ?? 0;
  const done = trials.filter(({ result }) => result !== null);
  return done.sort((a, b) => ended(b) - ended(a))[0]?.result ?? undefined;
}

import { diagnose, seed } from "@seams/core";
import type { RunEvent, TrialResult } from "@seams/core/train";
import type { readTrial } from "@seams/db";
import { runTrial } from "@seams/runner";
import type { ProblemLibrary } from "../library/problem-library";
import { planHere } from "./plan-here";

/** A trial as the database has it. */
export type StoredTrial = NonNullable<Awaited<ReturnType<typeof readTrial>>>;

/** What a trial is run with. */
export interface TrialCall {
  readonly library: ProblemLibrary;
  /** SEAMS_HOME: where the cache is. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Runs a stored trial in this process, exactly as `seams compare` would: the same plan, the same records, the same cache.
 * Nothing is returned where it failed or was stopped; its events say which.
 */
export async function runTrialHere(stored: StoredTrial, call: TrialCall): Promise<TrialResult | undefined> {
  const { trial, experiment } = stored;
  const problem = await call.library.find(experiment.problem);
  const data = await problem?.load();
  if (problem === undefined || data?.hash !== experiment.problemHash) {
    const diagnostic = diagnose.trial.dataChanged({ place: { at: "graph" }, problem: experiment.problem });
    call.onEvent({ type: "run.failed", diagnostic });
    return undefined;
  }
  const plan = await planHere(stored, call);
  if (plan === undefined) return undefined;
  const { home, signal, onEvent } = call;
  return runTrial(
    { plan, problem: problem.schema, budget: trial.budget, seed: seed(trial.seed) },
    { home, data, environment: problem.environment, backend: experiment.backend, signal, onEvent },
  );
}

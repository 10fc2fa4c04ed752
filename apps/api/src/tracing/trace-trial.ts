import { diagnose, seed } from "@seams/core";
import { readProblem, readTrial } from "@seams/db";
import type { TraceView, ValueEdits } from "@seams/runner";
import { problemFolder } from "../library/problem-library";
import type { Services } from "../services";
import { notFound, refused } from "../trpc";

/** Which test record of which finished trial, with which values given by hand. */
export interface TraceQuestion {
  readonly id: string;
  readonly position: number;
  readonly edits: ValueEdits;
}

/** Sends a test record through a finished trial's pipeline. @throws TRPCError with what a person can do about it */
export async function traceTrial(services: Services, question: TraceQuestion): Promise<TraceView> {
  const { database, library, home, tracing } = services;
  const found = await readTrial(database, question.id);
  if (!found) throw notFound("trial");
  const { trial, snapshot, experiment } = found;
  const place = { at: "graph" } as const;
  if (trial.result === null) throw refused([diagnose.trial.notTrained({ place, status: trial.status })]);
  const problem = await library.find(experiment.problem);
  if (problem === undefined)
    throw refused([diagnose.trial.dataChanged({ place, problem: experiment.problem })]);
  const isImported = (await readProblem(database, problem.id)) !== undefined;
  const { value, diagnostics } = await tracing.trace({
    key: trial.id,
    trial: { plan: snapshot.plan, problem: problem.schema, budget: trial.budget, seed: seed(trial.seed) },
    engine: trial.result.engine,
    home,
    problem: isImported ? problemFolder(home, problem.id) : problem.id,
    hash: experiment.problemHash,
    position: question.position,
    edits: question.edits,
  });
  if (value === undefined) throw refused(diagnostics);
  return value;
}

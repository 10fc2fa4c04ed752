import { compile, diagnose, seed, type TrainingPlan } from "@seams/core";
import { readProblem, readTrial } from "@seams/db";
import { problemFolder } from "../library/problem-library";
import type { Services } from "../services";
import { startedDocument } from "../started-document";
import { notFound, refused } from "../trpc";
import type { Asks } from "./tracer-messages";

/** A question to the pipeline of a finished trial. */
export interface TrialQuestion<Of extends keyof Asks> {
  /** The trial's id. */
  readonly id: string;
  readonly asks: Of;
  readonly ask: Asks[Of]["ask"];
}

/** Asks a finished trial's pipeline. @throws TRPCError with what a person can do about it */
export async function askTrial<Of extends keyof Asks>(
  { database, library, home, tracing }: Services,
  { id, asks, ask }: TrialQuestion<Of>,
): Promise<Asks[Of]["view"]> {
  const found = await readTrial(database, id);
  if (!found) throw notFound("trial");
  const { trial, experiment } = found;
  const place = { at: "graph" } as const;
  if (trial.result === null) throw refused([diagnose.trial.notTrained({ place, status: trial.status })]);
  const problem = await library.find(experiment.problem);
  if (problem === undefined)
    throw refused([diagnose.trial.dataChanged({ place, problem: experiment.problem })]);
  const isImported = (await readProblem(database, problem.id)) !== undefined;
  const { value, diagnostics } = await tracing.ask({
    key: trial.id,
    trial: {
      plan: planOf(found, problem.schema),
      problem: problem.schema,
      budget: trial.budget,
      seed: seed(trial.seed),
    },
    engine: trial.result.engine,
    home,
    problem: isImported ? problemFolder(home, problem.id) : problem.id,
    hash: experiment.problemHash,
    asks,
    ask,
  });
  if (value === undefined) throw refused(diagnostics);
  return value;
}

/** The plan that the trial ran: a lab's variant got its start only then. @throws TRPCError where it doesn't compile any more */
function planOf(
  found: Parameters<typeof startedDocument>[0],
  problem: Parameters<typeof compile>[1]["problem"],
): TrainingPlan {
  if (found.experiment.lab === undefined) return found.snapshot.plan;
  const { plan, diagnostics } = compile(startedDocument(found), { problem });
  if (plan === undefined) throw refused(diagnostics);
  return plan;
}

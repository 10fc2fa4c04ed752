import { diagnose } from "@seams/core";
import { headlineOf, QUALITIES, type StageDose, stageDose } from "@seams/core/measure";
import type { DoseScores } from "@seams/core/train";
import { readExperiment, readTrialScores } from "@seams/db";
import type { Services } from "../services";
import { notFound, refused } from "../trpc";
import { askTrial } from "./ask-trial";

/** Which stage of which pipeline of an experiment, trained on how many rows. */
export interface StageQuestion {
  /** The experiment's id. */
  readonly id: string;
  readonly pipeline: string;
  readonly budget: number;
  readonly stage: string;
}

/**
 * How good a stage has to be before what follows stops caring, over every seed of the experiment that has a result.
 * @throws TRPCError where nothing is trained yet, or the stage has no truth
 */
export async function doseResponseOf(
  services: Services,
  { id, pipeline, budget, stage }: StageQuestion,
): Promise<StageDose> {
  const experiment = await readExperiment(services.database, id);
  if (!experiment) throw notFound("experiment");
  const problem = await services.library.find(experiment.problem);
  const place = { at: "graph" } as const;
  const metric = problem && headlineOf(problem.schema);
  if (metric === undefined)
    throw refused([diagnose.trial.dataChanged({ place, problem: experiment.problem })]);
  const trials = (await readTrialScores(services.database, id)).filter(
    (trial) => trial.pipeline === pipeline && trial.budget === budget,
  );
  const [first] = trials;
  if (first === undefined) throw notFound("trial");
  const done = trials.filter(({ status }) => status === "done");
  if (done.length === 0) throw refused([diagnose.trial.notTrained({ place, status: first.status })]);
  const ask = { stage, qualities: QUALITIES };
  const seeds: DoseScores[] = [];
  for (const trial of done) seeds.push(await askTrial(services, { id: trial.id, asks: "doses", ask }));
  return stageDose({ stage, metric }, seeds);
}

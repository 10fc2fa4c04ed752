import { compile, diagnose, seed, type TrainingPlan } from "@seams/core";
import { startingFrom } from "@seams/core/labs";
import { runTrial } from "@seams/runner";
import type { StoredTrial, TrialCall } from "./run-trial-here";

/**
 * The plan that a stored trial runs. A lab's variant that starts from a donor gets it here: the donor is trained first,
 * with the trial's seed, or comes from the cache, where one worker trains it and the others wait for it. So no trial
 * depends on another having been run, whatever is cancelled, lost or resumed.
 *
 * @returns nothing where the donor failed or was stopped; events have told
 * @throws Error where the variant doesn't compile, which was checked when the lab started
 */
export async function planHere(
  { trial, snapshot, experiment: { lab, backend } }: StoredTrial,
  call: TrialCall,
): Promise<TrainingPlan | undefined> {
  const start = lab?.plan.variants.find(({ id }) => id === trial.pipeline)?.donor;
  if (start === undefined) return snapshot.plan;
  const donor = lab?.plan.donors.find(({ id }) => id === start.id);
  const source = lab?.source;
  if (donor === undefined || source === undefined)
    throw new Error(`worker: the lab has no donor ${start.id}`);
  const sourceProblem = await call.library.find(source.problem);
  const data = await sourceProblem?.load();
  if (sourceProblem === undefined || data?.hash !== source.hash) {
    const diagnostic = diagnose.trial.dataChanged({ place: { at: "graph" }, problem: source.problem });
    call.onEvent({ type: "run.failed", diagnostic });
    return undefined;
  }
  const { home, signal } = call;
  const given = await runTrial(
    {
      plan: compiled(donor.document, sourceProblem),
      problem: sourceProblem.schema,
      budget: donor.budget,
      seed: seed(trial.seed),
    },
    {
      home,
      environment: sourceProblem.environment,
      backend,
      data,
      signal,
      // The trial itself goes on when its donor is done.
      onEvent: (event) => {
        if (event.type !== "run.finished") call.onEvent(event);
      },
    },
  );
  const artifact = given?.stages[donor.stage]?.artifact;
  if (given === undefined) return undefined;
  if (artifact === undefined) throw new Error(`worker: ${donor.id} left no artifact of ${donor.stage}`);
  const problem = await call.library.find(snapshot.document.problem);
  if (problem === undefined) throw new Error(`worker: there is no problem ${snapshot.document.problem}`);
  return compiled(startingFrom(snapshot.document, start.stage, artifact), problem);
}

type Compiled = Parameters<typeof compile>;

function compiled(
  document: Compiled[0],
  { schema }: { readonly schema: Compiled[1]["problem"] },
): TrainingPlan {
  const { plan, diagnostics } = compile(document, { problem: schema });
  if (plan === undefined) throw new Error(`worker: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return plan;
}

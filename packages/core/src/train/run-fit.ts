import { isClean } from "../diagnostics/diagnostic";
import type { RunEvent } from "./events";
import { examplesOf } from "./examples";
import { type FitEnd, fitPhase } from "./fit-phase";
import type { Fit } from "./fits";
import { withGathered } from "./gathered-rows";
import { BECAUSE_OF_HIT, becauseOfMiss, type KeyedFit, upstreamFits } from "./keys";
import { type PreparedFit, prepareFit } from "./prepare";
import type { FedInput } from "./presence";
import type { RowSet } from "./row-set";
import type { Session } from "./session";
import { phaseStore } from "./stage-numbers";
import { startFrom } from "./start";
import type { PhaseArtifact } from "./trial";

/** How getting a fit's result ended. */
export type FitOutcome = Exclude<FitEnd, { is: "done" }> | { readonly is: "done" };

/**
 * Gets a fit's result into the session: from the cache, or by training it under the key's lock. What it takes inputs
 * from is got first, so that folds of a cross-fitting are only trained where something downstream is.
 */
export async function* runFit(fit: Fit, session: Session): AsyncGenerator<RunEvent, FitOutcome> {
  if (session.results.has(fit)) return { is: "done" };
  const keyed = session.keys.get(fit);
  if (keyed === undefined) throw new Error(`run: ${fit.id} has no key`);
  const { cache, signal } = session.host;
  const store = phaseStore(cache, fit.phase);
  const hit = await store.get(keyed.key);
  if (hit !== undefined) return yield* takeCached(fit, hit, session);
  for (const upstream of upstreamFits(fit.phase, session.fits)) {
    const outcome = yield* runFit(upstream, session);
    if (outcome.is !== "done") return outcome;
  }
  const release = await cache.lock(keyed.key, signal);
  try {
    const trained = await store.get(keyed.key); // by whoever held the lock
    if (trained !== undefined) return yield* takeCached(fit, trained, session);
    return yield* train(keyed, fit, session);
  } finally {
    await release();
  }
}

async function* takeCached(
  fit: Fit,
  artifact: PhaseArtifact,
  session: Session,
): AsyncGenerator<RunEvent, FitOutcome> {
  session.results.set(fit, { artifact, cached: true, because: BECAUSE_OF_HIT });
  yield { type: "phase.cached", phase: fit.id, because: BECAUSE_OF_HIT };
  return { is: "done" };
}

async function* train(
  { key, facts }: KeyedFit,
  fit: Fit,
  session: Session,
): AsyncGenerator<RunEvent, FitOutcome> {
  const { host, trial } = session;
  const store = phaseStore(host.cache, fit.phase);
  const because = becauseOfMiss(await host.cache.explainMiss(facts));
  yield { type: "phase.started", phase: fit.id, because };
  const { fit: whole, rows, asked } = await withGathered(fit, session);
  const fed = await feedTraining(whole, rows, session);
  const prepared = prepareFit(whole, { rows, fed, seed: trial.seed });
  const init = await startFrom(prepared.init, fit.phase, host.cache);
  const problem = init.diagnostics.find((one) => !isClean([one]));
  if (init.value === undefined || problem !== undefined) {
    if (problem === undefined) throw new Error("run: no start and no reason");
    return { is: "failed", diagnostic: problem };
  }
  const ready: PreparedFit = { ...prepared, init: init.value };
  const checkpoint = await store.getCheckpoint(key);
  if (checkpoint !== undefined) yield { type: "phase.resumed", phase: fit.id, step: checkpoint.state.steps };
  const end = yield* fitPhase(
    {
      fit: ready,
      seed: trial.seed,
      checkpoint,
      saveCheckpoint: (saved) => store.putCheckpoint(key, saved),
      examples: examplesOf(ready, { rows, fed }),
    },
    host,
  );
  if (end.is !== "done") return end;
  const artifact = {
    ...end.artifact,
    rows: whole.train.length + whole.validation.length,
    ...(asked === undefined ? {} : { asked }),
  };
  await store.put(key, artifact, facts);
  session.results.set(fit, { artifact, cached: false, because });
  return { is: "done" };
}

/** The phase's inputs over its rows, as the plan says that training sees them. */
async function feedTraining(
  { phase }: Fit,
  rows: RowSet,
  { resolver }: Session,
): Promise<readonly FedInput[]> {
  const fed: FedInput[] = [];
  for (const input of phase.inputs) {
    fed.push({ input, column: await resolver.resolve(input.source, rows) });
  }
  return fed;
}

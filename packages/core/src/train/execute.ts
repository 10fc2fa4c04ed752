import type { EvaluatePhase } from "../compile/plan";
import { rowCount } from "./budget";
import { type ClosedLoopResult, closedLoopScores, runClosedLoop } from "./closed-loop";
import { type Evaluation, evaluatePlan } from "./evaluate";
import type { RunEvent, StageResult, TrialResult } from "./events";
import { isTraining } from "./fits";
import { addAsked, askedIn, noteAsked } from "./gathered-rows";
import { costOf, countLabels } from "./labels";
import { headlineUnderOracles, worldOf } from "./headline";
import { scoreOracles } from "./oracles";
import { rowSet } from "./row-set";
import { runFit } from "./run-fit";
import { allFits, type FitResult, openSession, type Session } from "./session";
import { stageNumber } from "./stage-numbers";
import { artifactName } from "./start";
import type { Trial, TrialHost } from "./trial";

/** Training scores look at this many of the budget's rows at most. */
const SCORED_TRAINING_ROWS = 1000;

/**
 * Runs a trial: trains each phase of its plan, or takes it from the cache, then scores the pipeline.
 *
 * Yields what happens as it happens, and ends with `run.finished`, `run.failed` or `run.cancelled`. Aborting the host's
 * signal saves a checkpoint; the same trial with the same cache goes on from there and ends with the same bits.
 *
 * @returns the result, or nothing where the trial failed or was cancelled
 * @throws Error for our own mistakes only
 */
export async function* execute(
  trial: Trial,
  host: TrialHost,
): AsyncGenerator<RunEvent, TrialResult | undefined> {
  const started = host.now();
  const { session, diagnostics } = openSession(trial, host);
  const [refusal] = diagnostics;
  if (session === undefined) {
    if (refusal === undefined) throw new Error("execute: no session and no reason");
    yield { type: "run.failed", diagnostic: refusal };
    return undefined;
  }
  yield {
    type: "run.started",
    engine: host.engine.info,
    phases: allFits(session.fits).map(({ id, phase }) => ({
      id,
      stages: phase.train,
      steps: phase.training.steps,
    })),
  };
  try {
    for (const { full } of session.fits.values()) {
      const outcome = yield* runFit(full, session);
      if (outcome.is === "done") continue;
      if (outcome.is === "failed") yield { type: "run.failed", diagnostic: outcome.diagnostic };
      else yield { type: "run.cancelled", step: outcome.step };
      return undefined;
    }
    const result = await resultOf(session, started);
    yield { type: "run.finished", result };
    return result;
  } catch (error) {
    // Waiting for a lock and predicting end by throwing when the trial is cancelled.
    if (!host.signal.aborted) throw error;
    yield { type: "run.cancelled", step: 0 };
    return undefined;
  }
}

async function resultOf(session: Session, started: number): Promise<TrialResult> {
  const { trial, host, budget, training, resolver } = session;
  const { plan, problem } = trial;
  const phase = plan.phases.find((one): one is EvaluatePhase => one.do === "evaluate");
  if (phase === undefined) throw new Error("execute: the plan has no evaluate phase");
  const { limits } = budget;
  const scored = budget.rows.slice(0, SCORED_TRAINING_ROWS);
  // Under another name than the rows that are trained on, so that cross-fitted links predict as they do for a user.
  const train = rowSet(host.data, problem, { name: "scored", rows: scored, limits });
  const test = rowSet(host.data, problem, { name: "test", rows: budget.test });
  const scores = await evaluatePlan({ phase, problem, resolver, test, train, labels: training });
  const world = worldOf(session, phase);
  const closedLoop = world === undefined ? undefined : await runClosedLoop(world);
  const loopScores =
    world === undefined || closedLoop === undefined ? {} : closedLoopScores(closedLoop, world.environment);
  const oracles = await scoreOracles({
    ...session,
    phase,
    problem,
    test,
    training: plan.phases.filter(isTraining),
    ...headlineUnderOracles(session, { phase, test, known: closedLoop }),
  });
  const asked = askedIn(session);
  const labels = addAsked(countLabels(plan, problem, { rows: training, seed: trial.seed }), asked);
  const notes = [...noteAsked(asked, rowCount(trial.budget)), ...scores.notes];
  return {
    plan: plan.graph,
    budget: rowCount(trial.budget),
    seed: trial.seed,
    engine: host.engine.info,
    test: { ...loopScores, ...scores.test },
    train: scores.train,
    labels,
    cost: costOf(labels, problem),
    seconds: (host.now() - started) / 1000,
    stages: await withStarts(stageResults(session, scores), session),
    ...(closedLoop === undefined ? {} : { closedLoop }),
    ...correctOf(scores, closedLoop),
    testRows: budget.test.length,
    chance: scores.chance,
    ...(oracles === undefined ? {} : { oracles }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** Right and wrong scenarios of the headline: episodes of the first condition, else test rows. */
function correctOf(
  { correct }: Evaluation,
  loop: ClosedLoopResult | undefined,
): Pick<TrialResult, "correct"> {
  const right = loop === undefined ? correct : loop.conditions[0]?.success;
  return right === undefined ? {} : { correct: right };
}

/** What became of every stage that was trained or scored. A stage's weights are those after its last phase. */
function stageResults(
  { trial, fits, keys, results }: Session,
  { stages: scores, stageChance }: Pick<Evaluation, "stages" | "stageChance">,
): Readonly<Record<string, StageResult>> {
  const stages = new Map<string, StageResult>();
  for (const phase of trial.plan.phases.filter(isTraining)) {
    const fit = fits.get(phase.id)?.full;
    const result = fit === undefined ? undefined : results.get(fit);
    const key = fit === undefined ? undefined : keys.get(fit)?.key;
    if (result === undefined || key === undefined) throw new Error(`execute: ${phase.id} has no result`);
    for (const stage of phase.train) {
      const artifact = artifactName(key, stageNumber(phase, stage));
      const labels = phase.losses.flatMap((term) => (term.stage === stage ? [term.target] : []));
      stages.set(stage, addPhase(stages.get(stage), { stage, phase: phase.id, artifact, result, labels }));
    }
  }
  const untrained = { phases: [], steps: 0, cached: false, because: "nothing to train" };
  for (const stage of Object.keys(scores))
    if (!stages.has(stage)) stages.set(stage, { scores: {}, ...untrained });
  return Object.fromEntries(
    [...stages].map(([stage, result]) => {
      const chance = stageChance[stage];
      return [stage, { ...result, scores: scores[stage] ?? {}, ...(chance === undefined ? {} : { chance }) }];
    }),
  );
}

/** Names, at every stage that started from an artifact, which one and how many rows that had learned from. */
async function withStarts(
  stages: Readonly<Record<string, StageResult>>,
  { trial, host }: Session,
): Promise<Readonly<Record<string, StageResult>>> {
  const started: Record<string, StageResult> = { ...stages };
  for (const { start } of trial.plan.phases.filter(isTraining)) {
    for (const [stage, { artifact }] of Object.entries(start)) {
      const result = started[stage];
      if (result === undefined || artifact === undefined) continue;
      const donor = await host.cache.get(artifact.slice(0, Math.max(0, artifact.indexOf("/"))));
      const rows = donor?.rows === undefined ? {} : { rows: donor.rows };
      started[stage] = { ...result, startedFrom: { artifact, ...rows } };
    }
  }
  return started;
}

interface StagePhase {
  readonly stage: string;
  readonly phase: string;
  readonly artifact: string;
  readonly result: FitResult;
  readonly labels: readonly string[];
}

function addPhase(
  before: StageResult | undefined,
  { stage, phase, artifact, labels, result: { artifact: trained, cached, because } }: StagePhase,
): StageResult {
  const weights = trained.weights[stage];
  return {
    scores: {},
    ...(weights === undefined ? {} : { weights }),
    artifact,
    labels: [...new Set([...(before?.labels ?? []), ...labels])],
    phases: [...(before?.phases ?? []), phase],
    steps: (before?.steps ?? 0) + trained.steps,
    ...(trained.eagerBecause === undefined ? {} : { eagerBecause: trained.eagerBecause }),
    cached: cached && (before?.cached ?? true),
    because: before === undefined || before.cached ? because : before.because,
  };
}

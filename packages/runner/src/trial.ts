import type { BackendChoice, Environment, ProblemData } from "@seams/core";
import {
  BECAUSE_OF_HIT,
  type Engine,
  type EngineInfo,
  execute,
  isTraining,
  type RunEvent,
  type Trial,
  type TrialResult,
} from "@seams/core/train";
import { createEngine, withReason } from "@seams/engine";
import { type DiskCache, openCache } from "./cache/disk";
import { runnerSettings } from "./env";
import { expectedEngine, findResult, keepResult, networksKey, rememberEngine, sameEngine } from "./results";

/** Where a trial runs, and who listens. */
export interface TrialCall {
  /** The data folder: its cache has what was trained before, and keeps what is trained now. */
  readonly home: string;
  readonly data: ProblemData;
  /** The problem's, where it has one. */
  readonly environment?: Environment | undefined;
  /** The backend that was chosen for its experiment; absent: what the environment or the machine says. */
  readonly backend?: BackendChoice | undefined;
  /** Aborting it saves a checkpoint and stops: the same trial goes on from there another time. */
  readonly signal: AbortSignal;
  onEvent(event: RunEvent): void;
  /** Told of damaged files in the cache, which count as missing. */
  onNotice?(words: string): void;
}

/**
 * Runs a trial in this process: from the cache as far as it goes, a whole result without even loading the engine.
 *
 * @returns the result; nothing where the trial failed or was cancelled, which the events have told
 * @throws Error for our own mistakes, and where the backend that was asked for cannot be loaded
 */
export async function runTrial(trial: Trial, call: TrialCall): Promise<TrialResult | undefined> {
  const cache = homeCache(call);
  const data = call.data.hash;
  const expected = await expectedEngine(cache, call.backend);
  const found = expected && (await findResult(cache, trial, { data, engine: expected }));
  if (found !== undefined) {
    for (const event of eventsOf(trial, found)) call.onEvent(event);
    return found;
  }
  try {
    return await executeHere(trial, { ...call, cache, expected });
  } catch (error) {
    if (!(error instanceof OtherEngine)) throw error;
    // Begun again, from its checkpoint, under the name of the engine that there is.
    return executeHere(trial, { ...call, cache, expected: undefined });
  }
}

/** A call whose cache is open. */
interface OpenCall extends Omit<TrialCall, "home" | "onNotice"> {
  readonly cache: DiskCache;
  /** The engine that earlier trials came from, if any did. */
  readonly expected: EngineInfo | undefined;
}

/** @throws OtherEngine where the engine that is made isn't the expected one */
async function executeHere(trial: Trial, call: OpenCall): Promise<TrialResult | undefined> {
  const { cache, expected } = call;
  if (expected !== undefined) return executeWith(engineWhenNeeded(expected, call), trial, call);
  const engine = await processEngine(call.backend);
  await rememberEngine(cache, engine.info, call.backend);
  return executeWith(engine, trial, call);
}

async function executeWith(
  engine: Engine,
  trial: Trial,
  { cache, data, environment, signal, onEvent }: OpenCall,
): Promise<TrialResult | undefined> {
  const events = execute(trial, {
    engine,
    data,
    ...(environment === undefined ? {} : { environment }),
    cache,
    predictions: cache.predictions,
    signal,
    now: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  for (;;) {
    const next = await events.next();
    if (next.done === true) {
      const result = next.value;
      if (result === undefined) return undefined;
      await keepResult(cache, { trial, result }, data.hash);
      await cache.putResult(networksKey(trial, { data: data.hash, engine: result.engine }), true);
      return result;
    }
    onEvent(next.value);
  }
}

/** A network has to run. */
class EngineNeeded extends Error {}

/**
 * A trial's result from what its networks predicted before, by the engine that was expected.
 * @returns undefined where a network has to run: then nothing has happened
 */
export async function rescoreTrial(
  trial: Trial,
  call: Omit<OpenCall, "onEvent"> & { readonly expected: EngineInfo },
): Promise<TrialResult | undefined> {
  const engine: Engine = {
    ...engineWhenNeeded(call.expected, call),
    stepper: () => Promise.reject(new EngineNeeded("trial: a network has to run")),
  };
  try {
    return await executeWith(engine, trial, { ...call, onEvent: () => undefined });
  } catch (error) {
    if (error instanceof EngineNeeded) return undefined;
    throw error;
  }
}

/** The engine that was expected here is not the one that this machine makes. */
class OtherEngine extends Error {}

/** An engine that is made when a network has to run: a trial whose networks and predictions are all cached needs none. */
function engineWhenNeeded(expected: EngineInfo, { backend }: Pick<TrialCall, "backend">): Engine {
  let made: Engine | undefined;
  const named: Engine = {
    info: expected,
    stepper: async (spec, init) => {
      made = await processEngine(backend);
      if (!sameEngine(expected, made.info)) throw new OtherEngine(`trial: expected ${expected.version}`);
      return made.stepper(spec, init);
    },
    liveTensors: () => made?.liveTensors() ?? 0,
  };
  return backend?.backend === undefined ? named : withReason(named, backend.because);
}

const engines = new Map<string, Promise<Engine>>();

/** The engine of this process for a choice, made when it is first needed. A process has more than one only where it serves several experiments. */
export async function processEngine({ backend, because }: Partial<BackendChoice> = {}): Promise<Engine> {
  const name = backend ?? "";
  const made = engines.get(name) ?? createEngine({ backend });
  engines.set(name, made);
  const engine = await made;
  return backend === undefined || because === undefined ? engine : withReason(engine, because);
}

const homeCache = ({ home, onNotice }: TrialCall): DiskCache =>
  openCache(home, { bytes: runnerSettings().cacheBytes, ...(onNotice === undefined ? {} : { onNotice }) });

/** What a trial that is answered whole has to tell: the same story as one whose every phase was cached. */
export function eventsOf({ plan }: Trial, result: TrialResult): readonly RunEvent[] {
  const phases = plan.phases.filter(isTraining);
  return [
    {
      type: "run.started",
      engine: result.engine,
      phases: phases.map(({ id, train, training }) => ({ id, stages: train, steps: training.steps })),
    },
    ...phases.map(({ id }) => ({ type: "phase.cached", phase: id, because: BECAUSE_OF_HIT }) as const),
    { type: "run.finished", result },
  ];
}

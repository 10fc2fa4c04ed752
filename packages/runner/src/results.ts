import { type BackendChoice, hashJson, type ProblemSchema } from "@seams/core";
import { costAt, pricesOf } from "@seams/core/measure";
import {
  BECAUSE_OF_HIT,
  type EngineInfo,
  isTraining,
  type StageResult,
  type Trial,
  type TrialResult,
} from "@seams/core/train";
import { engineIdentity } from "@seams/engine";
import * as z from "zod";
import type { DiskCache } from "./cache/disk";

/** How results are made from trained phases; a change of scoring, of rows or of the result's form is a change of this. */
const RESULT_VERSION = 4;

const Scores = z.record(z.string(), z.number());
const EngineFacts = z.object({
  version: z.string(),
  backend: z.enum(["native", "wasm", "cpu"]),
  form: z.enum(["program", "eager"]),
  kernels: z.string(),
  threads: z.int(),
  node: z.string(),
  because: z.string().exactOptional(),
});
/** Only the outline is read again: the file's hash has been checked, and its key names this version. */
const StoredResult = z.looseObject({
  plan: z.string(),
  engine: EngineFacts,
  test: Scores,
  train: Scores,
  labels: Scores,
  stages: z.record(z.string(), z.looseObject({ scores: Scores, phases: z.array(z.string()) })),
});

/** What a whole result hangs on, beside the trial. */
export interface ResultPlace {
  /** `ProblemData.hash`: the records, their split, the fields' types, inputs, targets and metrics. */
  readonly data: string;
  readonly engine: EngineInfo;
}

/**
 * The key of a trial's whole result. Beside what decides about weights and scores (each phase's signature, data, budget,
 * seed, engine, environment) it has the names of stages and phases, since results speak of them. Prices and titles are not in it:
 * costs are worked out again on reading. Nor is Node's version, as in the phases' own keys.
 */
export function resultKey({ plan, problem, budget, seed }: Trial, { data, engine }: ResultPlace): string {
  const { version, backend, form, kernels, threads } = engine;
  return hashJson({
    result: RESULT_VERSION,
    plan: plan.graph,
    phases: plan.phases.map((phase) => ({ id: phase.id, signature: phase.signature, ...namesIn(phase) })),
    data,
    budget,
    seed,
    engine: [version, backend, form, kernels, threads],
    ...(problem.environment === undefined ? {} : { environment: problem.environment.version }),
  });
}

/**
 * The key under which it stands that a trial's networks are trained and have predicted. What follows from them alone,
 * algorithms behind them and scores, is no part of it.
 */
export function networksKey({ plan, budget, seed }: Trial, { data, engine }: ResultPlace): string {
  const { version, backend, form, kernels, threads } = engine;
  return hashJson({
    networks: plan.phases.filter(isTraining).map(({ signature }) => signature),
    data,
    budget,
    seed,
    engine: [version, backend, form, kernels, threads],
  });
}

/** The names of a phase that a result repeats. */
const namesIn = (phase: Trial["plan"]["phases"][number]): object =>
  isTraining(phase)
    ? { train: phase.train, frozen: phase.frozen }
    : {
        answers: phase.answers.map(({ target, metric }) => [target, metric]),
        seams: phase.seams.map(({ stage, port, label, metric }) => [stage, port, label, metric]),
      };

/** A trial's result from an earlier run, told as one that came from the cache. */
export async function findResult(
  cache: DiskCache,
  trial: Trial,
  place: ResultPlace,
): Promise<TrialResult | undefined> {
  const found = await cache.getResult(resultKey(trial, place));
  const read = StoredResult.safeParse(found);
  if (!read.success) return undefined;
  const result = found as TrialResult; // outline checked above; written by keepResult under the same version
  return { ...result, cost: costFor(trial.problem, result), stages: asCached(result.stages) };
}

/** Keeps a whole result, so that the same trial is answered without the engine next time. */
export async function keepResult(
  cache: DiskCache,
  { trial, result }: { readonly trial: Trial; readonly result: TrialResult },
  data: string,
): Promise<void> {
  await cache.putResult(resultKey(trial, { data, engine: result.engine }), result);
}

const costFor = (problem: ProblemSchema, { labels }: TrialResult): number =>
  costAt(pricesOf(problem), labels);

/** Every trained stage as one that nothing had to be trained for. `seconds` stays: what the result took to get. */
const asCached = (stages: TrialResult["stages"]): TrialResult["stages"] =>
  Object.fromEntries(
    Object.entries(stages).map(([id, stage]): [string, StageResult] => [
      id,
      stage.phases.length === 0 ? stage : { ...stage, cached: true, because: BECAUSE_OF_HIT },
    ]),
  );

type Chosen = Pick<BackendChoice, "backend"> | undefined;

const identityKey = (chosen: Chosen): string => hashJson({ "engine of": engineIdentity(chosen?.backend) });

/** The engine that this machine made last time under the same circumstances; undefined before the first time. */
export async function expectedEngine(cache: DiskCache, chosen?: Chosen): Promise<EngineInfo | undefined> {
  const read = EngineFacts.safeParse(await cache.getResult(identityKey(chosen)));
  return read.success ? read.data : undefined;
}

/** Remembers which engine these circumstances make. */
export async function rememberEngine(cache: DiskCache, engine: EngineInfo, chosen?: Chosen): Promise<void> {
  await cache.putResult(identityKey(chosen), engine);
}

/** Whether two engines give the same bits under the same name. */
export const sameEngine = (a: EngineInfo | undefined, b: EngineInfo): boolean =>
  a !== undefined &&
  a.version === b.version &&
  a.backend === b.backend &&
  a.form === b.form &&
  a.kernels === b.kernels &&
  a.threads === b.threads;

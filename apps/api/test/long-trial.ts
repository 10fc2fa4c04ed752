import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, seed, type GraphDocument } from "@seams/core";
import type { RunEvent, TrialResult } from "@seams/core/train";
import { findPipeline, findProblem } from "@seams/problems";
import { runTrial } from "@seams/runner";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter, TrialStatus, TrialView } from "../src/index";
import { until } from "./harness";

/** So many steps that checkpoints are written well before the end, also on a fast machine. */
export const STEPS = 120_000;
const BUDGET = 256;
const SEED = 7;

type Client = TRPCClient<AppRouter>;

/** What is looked at of a trial. */
type Seen = Pick<TrialView, "summary" | "events">;

/** A real training of some seconds, small enough to be run many times. */
export function longDocument(params: Readonly<Record<string, unknown>> = {}): GraphDocument {
  const pipeline = findPipeline("anchor-a-composition/end-to-end");
  const read = pipeline?.document.stages["read"];
  if (!pipeline || !read) throw new Error("anchor A has lost its stage");
  const changed = { ...read, params: { ...read.params, steps: STEPS, patience: 0, ...params } };
  return { ...pipeline.document, stages: { ...pipeline.document.stages, read: changed } };
}

/** Weights of each stage after an undisturbed run, in this process, with a cache of its own. */
export async function undisturbedWeights(): Promise<Readonly<Record<string, string>>> {
  const problem = findProblem("anchor-a-composition");
  const plan = problem && compile(longDocument(), { problem: problem.schema }).plan;
  if (!problem || !plan) throw new Error("anchor A doesn't compile");
  const home = await mkdtemp(join(tmpdir(), "seams-undisturbed-"));
  const result = await runTrial(
    { plan, problem: problem.schema, budget: BUDGET, seed: seed(SEED) },
    { home, data: await problem.load(), signal: new AbortController().signal, onEvent: () => undefined },
  );
  await rm(home, { recursive: true, force: true });
  return weights(result);
}

/** Starts the long trial; returns its id. */
export async function startLongTrial(
  client: Client,
  params: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const pipeline = await client.pipelines.create.mutate({ document: longDocument(params) });
  const trial = { pipeline: pipeline.id, budget: BUDGET, seed: SEED, key: randomUUID() };
  return (await client.trials.start.mutate(trial)).id;
}

/** Waits until a trial has reported a step at or after one. */
export function reaches(client: Client, id: string, step: number): Promise<number> {
  return until(async () => {
    const { events, summary } = await client.trials.get.query({ id });
    if (["done", "failed"].includes(summary.status)) throw new Error(`it is ${summary.status} already`);
    const last = steps(events.map(({ event }) => event)).at(-1) ?? 0;
    return last >= step ? last : undefined;
  });
}

/** Waits until a trial is over. */
export function ends(client: Client, id: string, withinMs = 120_000): Promise<Seen> {
  const over: readonly TrialStatus[] = ["done", "failed"];
  return until(async () => {
    const view = await client.trials.get.query({ id });
    return over.includes(view.summary.status) ? view : undefined;
  }, withinMs);
}

/** Weights of each stage of a finished trial. */
export function weightsOf({ events }: Seen): Readonly<Record<string, string>> {
  return weights(events.flatMap(({ event }) => (event.type === "run.finished" ? [event.result] : [])).at(-1));
}

/** Where a trial was resumed, each time. */
export const resumedAt = ({ events }: Seen): number[] =>
  events.flatMap(({ event }) => (event.type === "phase.resumed" ? [event.step] : []));

const steps = (events: readonly (RunEvent | { readonly type: "status" })[]): number[] =>
  events.flatMap((event) => (event.type === "steps.finished" ? [event.step] : []));

function weights(result: TrialResult | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(result?.stages ?? {}).flatMap(([id, stage]) =>
      stage.weights === undefined ? [] : [[id, stage.weights]],
    ),
  );
}

import type { TrialResult } from "@seams/core/train";
import type { CompiledGraph } from "./compile-graph";

/** The result of `seams train --json`, format 1: docs/reference/results.md. */
export interface TrainResult
  extends Pick<
    TrialResult,
    "budget" | "seed" | "engine" | "test" | "train" | "labels" | "cost" | "seconds" | "closedLoop" | "notes"
  > {
  readonly format: 1;
  readonly problem: { readonly name: string; readonly hash: string };
  readonly pipeline: { readonly id: string; readonly title: string; readonly hash: string };
  /** By stage: its scores, and beside them where its weights are and how they came about. */
  readonly stages: Readonly<Record<string, StageFacts>>;
}

type StageFacts = Readonly<Record<string, number | string | boolean | readonly string[]>>;

/** Puts a trial's result into the form that `train --json` prints. */
export function trainResult(
  { source, problem }: CompiledGraph,
  { result, hash }: { readonly result: TrialResult; readonly hash: string },
): TrainResult {
  const { budget, seed, engine, test, train, labels, cost, seconds, closedLoop, notes } = result;
  const { id, title, hash: graph } = source;
  const stages = Object.entries(result.stages).map(([stage, { scores, chance: _, ...facts }]) => [
    stage,
    { ...scores, ...facts },
  ]);
  return {
    format: 1,
    problem: { name: problem.schema.name, hash },
    pipeline: { id, title, hash: graph },
    budget,
    seed,
    engine,
    test,
    train,
    labels,
    cost,
    seconds,
    stages: Object.fromEntries(stages),
    ...(closedLoop === undefined ? {} : { closedLoop }),
    ...(notes === undefined ? {} : { notes }),
  };
}

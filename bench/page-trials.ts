import { randomUUID } from "node:crypto";
import type { TrialResult } from "../packages/core/src/train/index";
import {
  changeTrial,
  changeTrials,
  createExperiment,
  type Database,
  type PipelineSnapshot,
  readTrialScores,
} from "../packages/db/src/index";

/** Finishes that are under way at once. */
const AT_ONCE = 6;

/** An experiment whose trials are all done, by results that other trials had. */
export interface StoredGrid {
  readonly problem: { readonly id: string; readonly hash: string };
  readonly pipelines: readonly {
    readonly snapshot: PipelineSnapshot;
    /** Of really trained trials: these are stored in turn. */
    readonly results: readonly TrialResult[];
  }[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
}

/** Stores it as the API and its workers do: made, claimed and finished, trial by trial. @returns its id */
export async function storeGrid(database: Database, grid: StoredGrid): Promise<string> {
  const experiment = await createExperiment(database, {
    key: randomUUID(),
    title: "Many trials",
    problem: grid.problem.id,
    problemHash: grid.problem.hash,
    pipelines: grid.pipelines.map(({ snapshot }) => snapshot),
    budgets: grid.budgets,
    seeds: grid.seeds,
    prices: {},
  });
  const results = new Map(grid.pipelines.map((one) => [one.snapshot.pipeline, one.results]));
  const trials = await readTrialScores(database, experiment);
  const ids = trials.map(({ id }) => id);
  await changeTrials(database, ids, { ask: "claim", worker: "bench/1", leaseSeconds: 3600 });
  const waiting = trials.entries();
  const finish = async (): Promise<void> => {
    for (const [place, { id, pipeline, budget, seed }] of waiting) {
      const known = results.get(pipeline) ?? [];
      const found = known[place % known.length];
      if (found === undefined) throw new Error(`bench: nothing was trained for ${pipeline}.`);
      const result = { ...found, budget, seed, labels: scaled(found, budget), cost: budget };
      await changeTrial(database, id, { ask: "finish", attempt: 1, result });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, finish));
  return experiment;
}

/** Its labels, as they are with another budget. */
const scaled = ({ labels, budget }: TrialResult, to: number): TrialResult["labels"] =>
  Object.fromEntries(Object.entries(labels).map(([field, count]) => [field, (count / budget) * to]));

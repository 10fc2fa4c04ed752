import { randomUUID } from "node:crypto";
import type { TrainingPlan } from "@seams/core";
import { contentHash, type Diagnostic, type GraphDocument } from "@seams/core";
import type { TrialResult } from "@seams/core/train";
import { inject } from "vitest";
import { createExperiment, openDatabase, trialIds, type Database, type NewExperiment } from "../src/index";
import { copyTemplate, shutDatabase } from "../src/testing";

export { copyTemplate, shutDatabase };

declare module "vitest" {
  interface ProvidedContext {
    /** The server of this test run; the path names the maintenance database. */
    readonly postgresUrl: string;
  }
}

/** A database of this file's own. Close it in afterAll. */
export async function freshDatabase(): Promise<Database> {
  const copy = await copyTemplate(inject("postgresUrl"));
  const database = await openDatabase({ url: copy.url, role: "keeper" });
  return {
    ...database,
    close: async () => {
      await database.close();
      await copy.drop();
    },
  };
}

/** A small document. */
export const document = (title = "A pipeline"): GraphDocument => ({
  format: 1,
  title,
  problem: "two-glyphs",
  stages: {
    in: { kind: "field", params: { field: "glyphs" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [{ from: "in.value", to: "out.value" }],
});

const plan: TrainingPlan = {
  version: 1,
  title: "A pipeline",
  graph: contentHash("0".repeat(64)),
  problem: "two-glyphs",
  phases: [],
  cost: { trainableWeights: 0, frozenWeights: 0, flopsPerRecord: 0, memoryBytes: 0, seconds: 0 },
};

/** An experiment of two pipelines, two budgets and three seeds, unless said otherwise. */
export const experiment = (change: Partial<NewExperiment> = {}): NewExperiment => ({
  key: randomUUID(),
  title: "Two against two",
  problem: "two-glyphs",
  problemHash: "f".repeat(64),
  pipelines: ["a", "b"].map((pipeline) => ({
    pipeline,
    title: pipeline,
    hash: pipeline.repeat(64),
    document: document(),
    plan,
  })),
  budgets: [32, 8],
  seeds: [1, 2, 4_294_967_295],
  prices: { y: 1 },
  ...change,
});

/** One stored trial that waits. */
export async function oneTrial(
  database: Database,
): Promise<{ readonly experiment: string; readonly trial: string }> {
  const id = await createExperiment(
    database,
    experiment({ pipelines: experiment().pipelines.slice(0, 1), budgets: [8], seeds: [1] }),
  );
  const [trial] = await trialIds(database, id);
  return { experiment: id, trial: trial! };
}

/** A result as a worker would send it. */
export const result = (accuracy = 0.5): TrialResult => ({
  plan: "0".repeat(64),
  budget: 8,
  seed: 1,
  engine: {
    version: "0.1.0",
    backend: "cpu",
    form: "eager",
    kernels: "stock",
    threads: 1,
    node: process.version,
  },
  test: { accuracy },
  train: { accuracy },
  labels: { y: 8 },
  cost: 8,
  seconds: 0.1,
  stages: {},
  correct: [1, 0],
  testRows: 2,
});

/** A failure as a worker would send it. */
export const diagnostic: Diagnostic = {
  code: "trial-crashed",
  severity: "error",
  message: "x",
  place: { at: "graph" },
};

/** A worker's claim. */
export const claim = (worker = "here/1") => ({ worker, leaseSeconds: 20 });

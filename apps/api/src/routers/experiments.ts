import { changeTrials, lastSeq, listExperiments, readExperiment, readTrials, trialIds } from "@seams/db";
import * as z from "zod";
import type { StageDose } from "@seams/core/measure";
import { stateOf } from "../experiment-state";
import { startExperiment } from "../start-experiment";
import { doseResponseOf } from "../tracing/dose-response";
import { experimentStatus } from "../trial-summary";
import { notFound, procedure, router } from "../trpc";
import type { ExamplesView, ExperimentSummary, ExperimentView } from "../wire";
import { Budget, IdempotencyKey, NameId, RowId, TrialSeed, Version } from "./inputs";

const LISTED = 500;
const unique = (values: readonly (string | number)[]): boolean => new Set(values).size === values.length;

const NewExperiment = z.strictObject({
  problem: NameId,
  pipelines: z
    .array(z.strictObject({ id: NameId, version: Version.optional() }))
    .min(1)
    .max(12)
    .refine((pipelines) => unique(pipelines.map(({ id }) => id)), "Name each pipeline once."),
  budgets: z.array(Budget).min(1).max(20).refine(unique, "Name each budget once."),
  seeds: z.array(TrialSeed).min(1).max(100).refine(unique, "Name each seed once."),
  prices: z.record(z.string().max(64), z.number().min(0).max(1e9)).default({}),
  key: IdempotencyKey,
});

/** Comparisons and labs: pipelines × budgets × seeds on one problem. */
export const experimentsRouter = router({
  start: procedure
    .input(NewExperiment)
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => ({ id: await startExperiment(ctx, input) })),

  list: procedure.query(async ({ ctx }): Promise<ExperimentSummary[]> => {
    const rows = await listExperiments(ctx.database, LISTED);
    return rows.map(({ id, kind, title, problem, createdAt, counts }) => {
      const done = counts.done + counts.failed + counts.cancelled;
      return {
        id,
        kind,
        title,
        problem,
        status: experimentStatus(counts),
        done,
        failed: counts.failed,
        total: done + counts.queued + counts.running,
        createdAt: createdAt.toISOString(),
      };
    });
  }),

  get: procedure.input(RowId).query(async ({ ctx, input }): Promise<ExperimentView> => {
    // The position first: whatever comes later also comes over /live.
    const position = await lastSeq(ctx.database);
    const experiment = await readExperiment(ctx.database, input.id);
    if (!experiment) throw notFound("experiment");
    const { id, kind, title, problem, createdAt, budgets, seeds, prices, pipelines } = experiment;
    return {
      id,
      kind,
      title,
      problem,
      budgets,
      seeds,
      prices,
      createdAt: createdAt.toISOString(),
      pipelines: pipelines.map(({ pipeline, version, ...rest }) => ({
        id: pipeline,
        title: rest.title,
        hash: rest.hash,
        version: version ?? null,
      })),
      ...(await stateOf(ctx, experiment)),
      lastSeq: position,
    };
  }),

  /** Which test rows each pipeline gets right with one budget and seed. */
  examples: procedure
    .input(z.strictObject({ ...RowId.shape, budget: Budget, seed: TrialSeed }))
    .query(async ({ ctx, input }): Promise<ExamplesView> => {
      const experiment = await readExperiment(ctx.database, input.id);
      if (!experiment) throw notFound("experiment");
      const trials = await readTrials(ctx.database, input.id);
      const chosen = trials.filter(({ budget, seed }) => budget === input.budget && seed === input.seed);
      return {
        problem: experiment.problem,
        testRows: Math.max(0, ...chosen.map(({ result }) => result?.testRows ?? 0)),
        pipelines: experiment.pipelines.flatMap(({ pipeline, title }) => {
          const trial = chosen.find((one) => one.pipeline === pipeline);
          if (trial === undefined) return [];
          const { id, status, result } = trial;
          return [{ pipeline, title, trial: id, status, correct: result?.correct ?? null }];
        }),
      };
    }),

  /** How good one stage of a trained pipeline has to be. A mutation only since it computes for seconds. */
  doseResponse: procedure
    .input(
      z.strictObject({
        ...RowId.shape,
        pipeline: z.string().max(200),
        budget: Budget,
        stage: z.string().max(64),
      }),
    )
    .mutation(({ ctx, input }): Promise<StageDose> => doseResponseOf(ctx, input)),

  cancel: procedure
    .input(RowId)
    .mutation(async ({ ctx, input }): Promise<{ id: string; changed: number }> => {
      const trials = await trialIds(ctx.database, input.id);
      if (trials.length === 0) throw notFound("experiment");
      return { id: input.id, changed: (await changeTrials(ctx.database, trials, { ask: "cancel" })).length };
    }),

  resume: procedure
    .input(RowId)
    .mutation(async ({ ctx, input }): Promise<{ id: string; changed: number }> => {
      const trials = await trialIds(ctx.database, input.id);
      if (trials.length === 0) throw notFound("experiment");
      return { id: input.id, changed: (await changeTrials(ctx.database, trials, { ask: "resume" })).length };
    }),
});

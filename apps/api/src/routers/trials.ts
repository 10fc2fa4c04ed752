import {
  changeTrial,
  lastSeq,
  listTrials,
  readEvents,
  readTrial,
  trialExists,
  trialIds,
  type EventRow,
} from "@seams/db";
import type { RunEvent } from "@seams/core/train";
import type { ReplayView, TraceView } from "@seams/runner";
import * as z from "zod";
import { startExperiment } from "../start-experiment";
import { startedDocument } from "../started-document";
import { askTrial } from "../tracing/ask-trial";
import { notFound, procedure, router } from "../trpc";
import { summarise } from "../trial-summary";
import type { TrialListItem, TrialView } from "../wire";
import { Budget, Edits, IdempotencyKey, NameId, RowId, TrialSeed, Version } from "./inputs";

const ALL_EVENTS = 100_000;
const LISTED = 500;

/** Single trainings: one pipeline, one budget, one seed. */
export const trialsRouter = router({
  list: procedure.query(async ({ ctx }): Promise<TrialListItem[]> => {
    const rows = await listTrials(ctx.database, LISTED);
    return rows.map(({ trial, title, problem, siblings }) => ({
      ...summarise(trial),
      title,
      problem,
      siblings,
    }));
  }),

  get: procedure.input(RowId).query(async ({ ctx, input }): Promise<TrialView> => {
    // The position first: whatever comes later also comes over /live.
    const position = await lastSeq(ctx.database);
    const found = await readTrial(ctx.database, input.id);
    if (!found) throw notFound("trial");
    const rows = await readEvents(
      ctx.database,
      { trial: input.id },
      { after: 0, until: position, limit: ALL_EVENTS },
    );
    return {
      summary: summarise(found.trial),
      title: found.snapshot.title,
      version: found.snapshot.version ?? null,
      hash: found.snapshot.hash,
      experiment: {
        id: found.experiment.id,
        kind: found.experiment.kind,
        title: found.experiment.title,
        trials: (await trialIds(ctx.database, found.experiment.id)).length,
      },
      document: startedDocument(found),
      plan: found.snapshot.plan,
      events: rows.flatMap(runEvent),
      lastSeq: position,
    };
  }),

  start: procedure
    .input(
      z.strictObject({
        pipeline: NameId,
        version: Version.optional(),
        budget: Budget,
        seed: TrialSeed,
        key: IdempotencyKey,
      }),
    )
    .mutation(async ({ ctx, input }): Promise<{ id: string; experiment: string }> => {
      const { pipeline, version, budget, seed, key } = input;
      const experiment = await startExperiment(ctx, {
        pipelines: [{ id: pipeline, ...(version === undefined ? {} : { version }) }],
        budgets: [budget],
        seeds: [seed],
        prices: {},
        key,
      });
      const [id] = await trialIds(ctx.database, experiment);
      if (id === undefined) throw new Error("trials.start: an experiment was stored without its trial");
      return { id, experiment };
    }),

  /** Sends a test record through the trained pipeline. A mutation only so that edits travel in the body. */
  trace: procedure
    .input(z.strictObject({ ...RowId.shape, position: z.int().min(0), edits: Edits.default({}) }))
    .mutation(
      ({ ctx, input: { id, ...ask } }): Promise<TraceView> => askTrial(ctx, { id, asks: "trace", ask }),
    ),

  /** Lets the trained pipeline act in an episode of its problem's environment again. */
  replay: procedure
    .input(
      z.strictObject({
        ...RowId.shape,
        condition: z.string().max(64),
        episode: z.int().min(0).max(1_000_000),
        truthAt: z.array(z.string().max(200)).max(100).default([]),
      }),
    )
    .mutation(
      ({ ctx, input: { id, ...ask } }): Promise<ReplayView> => askTrial(ctx, { id, asks: "replay", ask }),
    ),

  cancel: procedure
    .input(RowId)
    .mutation(async ({ ctx, input }): Promise<{ id: string; changed: boolean }> => {
      if (!(await trialExists(ctx.database, input.id))) throw notFound("trial");
      return { id: input.id, changed: await changeTrial(ctx.database, input.id, { ask: "cancel" }) };
    }),

  resume: procedure
    .input(RowId)
    .mutation(async ({ ctx, input }): Promise<{ id: string; changed: boolean }> => {
      if (!(await trialExists(ctx.database, input.id))) throw notFound("trial");
      return { id: input.id, changed: await changeTrial(ctx.database, input.id, { ask: "resume" }) };
    }),
});

/** The log's entries that are part of a run; changes of status are not. */
function runEvent({ seq, event }: EventRow): { seq: number; event: RunEvent }[] {
  return event.type === "status" ? [] : [{ seq, event }];
}

import {
  type BackendChoice,
  chooseBackend,
  compile,
  diagnose,
  isClean,
  type Diagnostic,
  type MachineFacts,
  type ProblemSchema,
  type Speed,
  type TrainingPlan,
} from "@seams/core";
import { createExperiment, type PipelineSnapshot } from "@seams/db";
import { machineFacts } from "@seams/runner";
import { TRPCError } from "@trpc/server";
import type { LibraryProblem } from "./library/problem-library";
import { viewPipeline } from "./routers/pipelines";
import type { Services } from "./services";
import { notFound, refused } from "./trpc";
import type { PipelineView } from "./wire";

/** Trials of one experiment: a day of small ones. */
const MAX_TRIALS = 5_000;

/** What a person asks to be trained. */
export interface ExperimentRequest {
  /** Absent: the pipelines' own. */
  readonly problem?: string;
  readonly pipelines: readonly { readonly id: string; readonly version?: number | undefined }[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly prices: Readonly<Record<string, number>>;
  readonly key: string;
}

/**
 * Compiles every pipeline again, whatever the browser found: the server decides what is trained. Then stores the
 * experiment with all its trials, or nothing.
 */
export async function startExperiment(ctx: Services, request: ExperimentRequest): Promise<string> {
  const trials = request.pipelines.length * request.budgets.length * request.seeds.length;
  if (trials > MAX_TRIALS) {
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: `These are ${trials} trials; one experiment has at most ${MAX_TRIALS}.`,
    });
  }
  const views = await Promise.all(request.pipelines.map((pipeline) => viewPipeline(ctx, pipeline)));
  const name = request.problem ?? views[0]?.problem ?? "";
  const problem = await ctx.library.find(name);
  if (!problem) throw notFound("problem");
  const data = await problem.load();
  const diagnostics = request.budgets.flatMap((budget) => checkBudget(budget, data.split));
  const machine = await machineFacts(ctx.home);
  const priced = views.flatMap((view) =>
    snapshot(view, { problem, speed: machine.speeds.wasm }, diagnostics),
  );
  if (!isClean(diagnostics)) throw refused(diagnostics);
  const backend = backendFor(machine, priced);
  const { native } = machine.speeds;
  // What its plans predict is the time on the backend that they run on.
  const snapshots =
    backend.backend === "native" && native !== undefined
      ? priced.map((one) => ({ ...one, plan: repriced(one, problem, native) }))
      : priced;
  return createExperiment(ctx.database, {
    key: request.key,
    title: snapshots
      .map(({ title }) => title)
      .join(" · ")
      .slice(0, 300),
    problem: problem.id,
    problemHash: data.hash,
    pipelines: snapshots,
    budgets: request.budgets,
    seeds: request.seeds,
    prices: { ...pricesOf(problem.schema), ...request.prices },
    backend,
  });
}

/** The backend on which these pipelines are fastest together here: one for all trials of an experiment. */
export const backendFor = (
  machine: MachineFacts,
  snapshots: readonly Pick<PipelineSnapshot, "plan">[],
): BackendChoice =>
  chooseBackend(
    snapshots.map(({ plan }) => plan),
    machine,
  );

/** The plan of a snapshot at another speed. */
function repriced(
  { document, plan }: PipelineSnapshot,
  { schema }: Pick<LibraryProblem, "schema">,
  speed: Speed,
): TrainingPlan {
  return compile(document, { problem: schema, speed }).plan ?? plan;
}

function checkBudget(budget: number, split: readonly string[]): Diagnostic[] {
  const rows = split.filter((name) => name === "train").length;
  return budget <= rows ? [] : [diagnose.trial.budgetAboveRows({ place: { at: "graph" }, budget, rows })];
}

function snapshot(
  view: PipelineView,
  { problem, speed }: { readonly problem: LibraryProblem; readonly speed: Speed | undefined },
  diagnostics: Diagnostic[],
): PipelineSnapshot[] {
  const { id, title, hash, document, origin, version } = view;
  if (document.problem !== problem.id) {
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: `“${title}” is a pipeline for ${document.problem}, not for ${problem.id}.`,
    });
  }
  const compiled = compile(document, {
    problem: problem.schema,
    ...(speed === undefined ? {} : { speed }),
  });
  diagnostics.push(...compiled.diagnostics);
  if (compiled.plan === undefined) return [];
  return [
    { pipeline: id, title, hash, document, plan: compiled.plan, ...(origin === "own" ? { version } : {}) },
  ];
}

/** Prices of the problem's own, where a label costs anything. */
export const pricesOf = (schema: ProblemSchema): Record<string, number> =>
  Object.fromEntries(
    Object.entries(schema.fields).flatMap(([name, { price }]) => (price > 0 ? [[name, price]] : [])),
  );

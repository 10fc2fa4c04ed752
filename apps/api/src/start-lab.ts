import { type Checked, compile, type Diagnostic, graphHash } from "@seams/core";
import { type LabPipeline, type LabPlan, planMultiTaskLab, planTransferLab } from "@seams/core/labs";
import { createExperiment, type PipelineSnapshot, type StoredLab } from "@seams/db";
import type { LibraryProblem } from "./library/problem-library";
import { viewPipeline } from "./routers/pipelines";
import type { Services } from "./services";
import { machineFacts } from "@seams/runner";
import { backendFor, pricesOf } from "./start-experiment";
import { notFound, refused } from "./trpc";

/** A pipeline as a request names it. */
export interface PipelineRef {
  readonly id: string;
  readonly version?: number | undefined;
}

/** What a transfer lab is asked for over the wire; absent parts are chosen by core. */
export interface TransferRequest {
  readonly target: PipelineRef;
  readonly source: PipelineRef;
  readonly stage?: string | undefined;
  readonly sourceStage?: string | undefined;
  readonly budgets?: readonly number[] | undefined;
  readonly sourceBudgets?: readonly number[] | undefined;
  readonly freeze?: readonly number[] | undefined;
  readonly seeds: readonly number[];
  readonly key: string;
}

/** What a multi-task lab is asked for over the wire; absent parts are chosen by core. */
export interface MultiTaskRequest {
  readonly pipeline: PipelineRef;
  readonly stage?: string | undefined;
  readonly groups?: readonly (readonly string[])[] | undefined;
  readonly widths?: readonly number[] | undefined;
  readonly missing?: readonly number[] | undefined;
  readonly ratios?: readonly number[] | undefined;
  readonly budget?: number | undefined;
  readonly seeds: readonly number[];
  readonly key: string;
}

/** Works a transfer lab out again, whatever the browser found, and stores it with all its trials. */
export async function startTransferLab(ctx: Services, request: TransferRequest): Promise<string> {
  const [b, a] = [await openSubject(ctx, request.target), await openSubject(ctx, request.source)];
  const { key, ...asked } = request;
  const planned = planTransferLab({ ...asked, target: b.pipeline, source: a.pipeline });
  const source = { problem: a.problem.id, hash: (await a.problem.load()).hash };
  return store(ctx, { ...labOf(planned), source }, { key, problem: b.problem });
}

/** Works a multi-task lab out again, whatever the browser found, and stores it with all its trials. */
export async function startMultiTaskLab(ctx: Services, request: MultiTaskRequest): Promise<string> {
  const { problem, pipeline } = await openSubject(ctx, request.pipeline);
  const { key, ...asked } = request;
  return store(ctx, labOf(planMultiTaskLab({ ...asked, pipeline })), { key, problem });
}

interface Subject {
  readonly problem: LibraryProblem;
  readonly pipeline: LabPipeline;
}

async function openSubject(ctx: Services, ref: PipelineRef): Promise<Subject> {
  const { title, document, problem: name } = await viewPipeline(ctx, ref);
  const problem = await ctx.library.find(name);
  if (!problem) throw notFound("problem");
  return { problem, pipeline: { title, document, schema: problem.schema, rows: problem.card.rows.train } };
}

/** @throws TRPCError with the diagnostics where the lab can't be */
function labOf({ value: plan, diagnostics }: Checked<LabPlan>): StoredLab {
  if (plan === undefined) throw refused(diagnostics);
  return { plan };
}

async function store(
  ctx: Services,
  lab: StoredLab,
  { key, problem }: { readonly key: string; readonly problem: LibraryProblem },
): Promise<string> {
  const { title, variants, budgets, seeds } = lab.plan;
  const diagnostics: Diagnostic[] = [];
  const pipelines = variants.flatMap((variant): PipelineSnapshot[] => {
    const compiled = compile(variant.document, { problem: problem.schema });
    if (compiled.plan === undefined) {
      diagnostics.push(...compiled.diagnostics);
      return [];
    }
    const { id: pipeline, document } = variant;
    return [{ pipeline, title: variant.title, hash: graphHash(document), document, plan: compiled.plan }];
  });
  if (diagnostics.length > 0) throw refused(diagnostics);
  return createExperiment(ctx.database, {
    key,
    title,
    problem: problem.id,
    problemHash: (await problem.load()).hash,
    pipelines,
    budgets,
    seeds,
    prices: pricesOf(problem.schema),
    lab,
    backend: backendFor(await machineFacts(ctx.home), pipelines),
  });
}

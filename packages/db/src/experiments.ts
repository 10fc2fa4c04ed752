import { randomUUID } from "node:crypto";
import type { BackendChoice, GraphDocument, TrainingPlan } from "@seams/core";
import type { EngineInfo } from "@seams/core/train";
import { inTransaction, type Database, type Transaction } from "./database";
import type { ExperimentKind, StoredLab } from "./stored-lab";
import { insertEvents } from "./trials/events";
import { selectTrials, type TrialRow } from "./trials/rows";
import type { TrialStatus } from "./trials/state";

/** A pipeline as it was when an experiment started. */
export interface PipelineSnapshot {
  readonly pipeline: string;
  /** Absent for the gallery's. */
  readonly version?: number;
  readonly title: string;
  readonly hash: string;
  readonly document: GraphDocument;
  readonly plan: TrainingPlan;
}

/** An experiment that doesn't exist yet. */
export interface NewExperiment {
  /** The client's idempotency key. */
  readonly key: string;
  readonly title: string;
  readonly problem: string;
  readonly problemHash: string;
  readonly pipelines: readonly PipelineSnapshot[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly prices: Readonly<Record<string, number>>;
  /** Absent: a comparison. Its variants are the pipelines, in the same order. */
  readonly lab?: StoredLab;
  /** What all its trials run on. Absent: what the worker's environment or machine says. */
  readonly backend?: BackendChoice;
}

/** An experiment as stored. */
export interface ExperimentRow {
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly title: string;
  readonly problem: string;
  readonly problemHash: string;
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly prices: Readonly<Record<string, number>>;
  readonly revision: number;
  readonly createdAt: Date;
  readonly pipelines: readonly Omit<PipelineSnapshot, "document" | "plan">[];
  /** Absent for comparisons. */
  readonly lab?: StoredLab;
  readonly backend?: BackendChoice;
}

/** An experiment in the list, with its trials counted by status. */
export interface ExperimentListRow {
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly title: string;
  readonly problem: string;
  readonly createdAt: Date;
  readonly counts: Readonly<Record<TrialStatus, number>>;
}

/**
 * Stores an experiment with all its trials and queues them, in one transaction. A key that was used before gives that
 * experiment's id and adds nothing, however many ask at once.
 */
export async function createExperiment(database: Database, experiment: NewExperiment): Promise<string> {
  const id = randomUUID();
  return inTransaction(database, async (transaction) => {
    const { rowCount } = await transaction.query(
      `insert into experiment (id, key, title, problem, problem_hash, budgets, seeds, prices, kind, lab, backend)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (key) do nothing`,
      [
        id,
        experiment.key,
        experiment.title,
        experiment.problem,
        experiment.problemHash,
        experiment.budgets,
        experiment.seeds,
        JSON.stringify(experiment.prices),
        experiment.lab?.plan.kind ?? "comparison",
        experiment.lab === undefined ? null : JSON.stringify(experiment.lab),
        experiment.backend === undefined ? null : JSON.stringify(experiment.backend),
      ],
    );
    if (rowCount !== 1) {
      const { rows } = await transaction.query<{ id: string }>("select id from experiment where key = $1", [
        experiment.key,
      ]);
      if (rows[0] === undefined) throw new Error("experiment: its key conflicts with a row that isn't there");
      return rows[0].id;
    }
    await insertSnapshots(transaction, id, experiment.pipelines);
    const trials = planTrials(experiment);
    await insertTrials(transaction, id, trials);
    await database.queue.add(
      transaction,
      trials.map(({ id: trial, rank }) => ({ trial, rank })),
    );
    await insertEvents(
      transaction,
      trials.map(({ id: trial }) => ({
        trial,
        attempt: 0,
        event: { type: "status", status: "queued", attempt: 0 },
      })),
    );
    return id;
  });
}

interface PlannedTrial {
  readonly id: string;
  readonly pipeline: string;
  readonly budget: number;
  readonly seed: number;
  readonly rank: number;
}

/** Small budgets first, then seed by seed over all pipelines: the first pairs to compare are there early. */
function planTrials({ budgets, seeds, pipelines }: NewExperiment): readonly PlannedTrial[] {
  const cells = [...budgets]
    .sort((a, b) => a - b)
    .flatMap((budget) =>
      seeds.flatMap((seed) => pipelines.map(({ pipeline }) => ({ budget, seed, pipeline }))),
    );
  return cells.map((cell, rank) => ({ id: randomUUID(), rank, ...cell }));
}

async function insertSnapshots(
  transaction: Transaction,
  experiment: string,
  pipelines: readonly PipelineSnapshot[],
): Promise<void> {
  for (const [ordinal, snapshot] of pipelines.entries()) {
    await transaction.query(
      `insert into experiment_pipeline (experiment_id, pipeline, ordinal, version, title, hash, document, plan)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        experiment,
        snapshot.pipeline,
        ordinal,
        snapshot.version ?? null,
        snapshot.title,
        snapshot.hash,
        JSON.stringify(snapshot.document),
        JSON.stringify(snapshot.plan),
      ],
    );
  }
}

async function insertTrials(
  transaction: Transaction,
  experiment: string,
  trials: readonly PlannedTrial[],
): Promise<void> {
  await transaction.query(
    `insert into trial (id, experiment_id, pipeline, budget, seed, rank)
     select t.id, $1, t.pipeline, t.budget, t.seed, t.rank
     from unnest($2::uuid[], $3::text[], $4::int[], $5::int8[], $6::int[]) as t(id, pipeline, budget, seed, rank)`,
    [
      experiment,
      trials.map((trial) => trial.id),
      trials.map((trial) => trial.pipeline),
      trials.map((trial) => trial.budget),
      trials.map((trial) => trial.seed),
      trials.map((trial) => trial.rank),
    ],
  );
}

/** The newest experiments. */
export async function listExperiments(
  database: Database,
  limit: number,
): Promise<readonly ExperimentListRow[]> {
  const { rows } = await database.pool.query<Omit<ExperimentListRow, "counts"> & Record<TrialStatus, number>>(
    `select e.id, e.kind, e.title, e.problem, e.created_at as "createdAt",
       count(*) filter (where t.status = 'queued')::int as queued, count(*) filter (where t.status = 'running')::int as running,
       count(*) filter (where t.status = 'done')::int as done, count(*) filter (where t.status = 'failed')::int as failed,
       count(*) filter (where t.status = 'cancelled')::int as cancelled
     from (select id, kind, title, problem, created_at from experiment order by created_at desc, id limit $1) e
     join trial t on t.experiment_id = e.id
     group by e.id, e.kind, e.title, e.problem, e.created_at order by e.created_at desc, e.id`,
    [limit],
  );
  return rows.map(({ id, kind, title, problem, createdAt, ...counts }) => ({
    id,
    kind,
    title,
    problem,
    createdAt,
    counts,
  }));
}

/** One experiment without its trials. Not by Prisma: its first query in a process takes longer than a page may. */
export async function readExperiment(database: Database, id: string): Promise<ExperimentRow | undefined> {
  const { rows } = await database.pool.query<StoredExperiment>(
    `select id, kind, title, problem, problem_hash as "problemHash", budgets, seeds, prices, lab, backend, revision,
       created_at as "createdAt"
     from experiment where id = $1`,
    [id],
  );
  const [found] = rows;
  if (!found) return undefined;
  const { rows: pipelines } = await database.pool.query<StoredPipeline>(
    "select pipeline, version, title, hash from experiment_pipeline where experiment_id = $1 order by ordinal",
    [id],
  );
  const { lab, backend, seeds, ...experiment } = found;
  return {
    ...experiment,
    seeds: seeds.map(Number),
    pipelines: pipelines.map(({ version, ...rest }) => ({
      ...rest,
      ...(version === null ? {} : { version }),
    })),
    ...(lab === null ? {} : { lab }),
    ...(backend === null ? {} : { backend }),
  };
}

/** An experiment's row as it comes: JSON is what createExperiment wrote, whole numbers of 64 bits are text. */
interface StoredExperiment extends Omit<ExperimentRow, "seeds" | "pipelines" | "lab" | "backend"> {
  readonly seeds: readonly string[];
  readonly lab: StoredLab | null;
  readonly backend: BackendChoice | null;
}

interface StoredPipeline extends Pick<PipelineSnapshot, "pipeline" | "title" | "hash"> {
  readonly version: number | null;
}

/** The plans that an experiment's pipelines had when it started, by pipeline. */
export async function readPlans(
  database: Database,
  experiment: string,
): Promise<ReadonlyMap<string, TrainingPlan>> {
  const found = await database.prisma.experimentPipeline.findMany({
    where: { experimentId: experiment },
    select: { pipeline: true, plan: true },
  });
  // Written by the compiler.
  return new Map(found.map(({ pipeline, plan }) => [pipeline, plan as unknown as TrainingPlan]));
}

/** Ids of an experiment's trials. */
export async function trialIds(database: Database, experiment: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from trial where experiment_id = $1",
    [experiment],
  );
  return rows.map((row) => row.id);
}

/** One trial with everything that its page shows. */
export async function readTrial(
  database: Database,
  id: string,
): Promise<
  | { readonly trial: TrialRow; readonly snapshot: PipelineSnapshot; readonly experiment: ExperimentRow }
  | undefined
> {
  const [trial] = await selectTrials(database, { where: "t.id = $1", id });
  const experiment = trial && (await readExperiment(database, trial.experiment));
  if (!trial || !experiment) return undefined;
  const snapshot = await database.prisma.experimentPipeline.findUniqueOrThrow({
    where: { experimentId_pipeline: { experimentId: trial.experiment, pipeline: trial.pipeline } },
  });
  const { pipeline, version, title, hash } = snapshot;
  return {
    trial,
    experiment,
    snapshot: {
      pipeline,
      title,
      hash,
      ...(version === null ? {} : { version }),
      document: snapshot.document as GraphDocument, // checked when it was written
      plan: snapshot.plan as unknown as TrainingPlan, // written by the compiler
    },
  };
}

/** The machinery behind the newest finished trial. */
export async function newestEngine(database: Database): Promise<EngineInfo | undefined> {
  const { rows } = await database.pool.query<{ engine: EngineInfo }>(
    "select result->'engine' as engine from trial where status = 'done' order by ended_at desc limit 1",
  );
  return rows[0]?.engine;
}

/** True when there is such an experiment. */
export const experimentExists = async (database: Database, id: string): Promise<boolean> =>
  (await database.pool.query("select 1 from experiment where id = $1", [id])).rowCount === 1;

/** True when there is such a trial. */
export const trialExists = async (database: Database, id: string): Promise<boolean> =>
  (await database.pool.query("select 1 from trial where id = $1", [id])).rowCount === 1;

import type { Diagnostic } from "@seams/core";
import type { TrialResult } from "@seams/core/train";
import type { Database } from "../database";
import type { TrialStatus } from "./state";

/** What lists show of a result. */
export type TrialScores = Pick<TrialResult, "seconds" | "test">;

/** One trial as a row of an experiment, with as much of its result as was asked for. */
export interface TrialRow<TResult extends TrialScores = TrialResult> {
  readonly id: string;
  readonly experiment: string;
  readonly pipeline: string;
  readonly budget: number;
  readonly seed: number;
  readonly status: TrialStatus;
  readonly attempt: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly result: TResult | null;
  readonly diagnostic: Diagnostic | null;
  /** Trials that a worker takes before this one, plus one; only while it waits. */
  readonly queuePosition: number | null;
}

/** An experiment's trials in its order, with everything that came out: most of it is right and wrong test rows. */
export const readTrials = (database: Database, experiment: string): Promise<readonly TrialRow[]> =>
  selectTrials(database, { where: IN_ORDER, id: experiment });

/** An experiment's trials in its order, as lists show them. */
export const readTrialScores = (
  database: Database,
  experiment: string,
): Promise<readonly TrialRow<TrialScores>[]> => selectScores(database, { where: IN_ORDER, id: experiment });

const IN_ORDER = "t.experiment_id = $1 order by t.rank";

/** A trial in the list of runs. */
export interface TrialListRow {
  readonly trial: TrialRow<TrialScores>;
  /** The pipeline's title when it started. */
  readonly title: string;
  readonly problem: string;
  /** Trials of its experiment, itself included. */
  readonly siblings: number;
}

/** Trials of all experiments: those that run, then those that wait, then what ended last. */
export async function listTrials(database: Database, limit: number): Promise<readonly TrialListRow[]> {
  const { rows } = await database.pool.query<{ id: string } & Omit<TrialListRow, "trial">>(
    `select t.id, p.title, e.problem,
       (select count(*)::int from trial s where s.experiment_id = t.experiment_id) as siblings
     from trial t join experiment e on e.id = t.experiment_id
     join experiment_pipeline p on p.experiment_id = t.experiment_id and p.pipeline = t.pipeline
     order by t.status <> 'running', t.status <> 'queued', t.ended_at desc nulls last, e.created_at, t.rank limit $1`,
    [limit],
  );
  const trials = await selectScores(database, { where: "t.id = any($1)", id: rows.map(({ id }) => id) });
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  return rows.flatMap(({ id, ...row }) => {
    const trial = byId.get(id);
    return trial === undefined ? [] : [{ trial, ...row }];
  });
}

/** Which trials: a condition on `t` in which $1 is the id, or the ids. */
interface Selection {
  readonly where: string;
  readonly id: string | readonly string[];
}

/** Trials with their whole results. */
export async function selectTrials(database: Database, selection: Selection): Promise<readonly TrialRow[]> {
  const rows = await select<WholeColumns>(database, selection, "t.result, t.correct");
  return rows.map(({ result, correct, ...stored }) => ({
    ...factsOf(stored),
    result: result && { ...result, ...(correct === null ? {} : { correct }) },
  }));
}

/** Trials with the few numbers of their results that are stored apart: results are long. */
async function selectScores(
  database: Database,
  selection: Selection,
): Promise<readonly TrialRow<TrialScores>[]> {
  const rows = await select<ScoreColumns>(database, selection, "t.seconds, t.test");
  return rows.map(({ seconds, test, ...stored }) => ({
    ...factsOf(stored),
    result: seconds === null || test === null ? null : { seconds, test },
  }));
}

/** Columns are null until a trial is done; `correct` also where the metric counts no rows. */
interface WholeColumns {
  readonly result: TrialResult | null;
  readonly correct: Required<TrialResult>["correct"] | null;
}

interface ScoreColumns {
  readonly seconds: number | null;
  readonly test: TrialScores["test"] | null;
}

/** A trial's row as it comes, without its result. */
interface StoredTrial extends Omit<TrialRow, "result" | "seed" | "startedAt" | "endedAt"> {
  /** Whole numbers of 64 bits come as text. */
  readonly seed: string;
  /** Seconds since 1970: thousands of dates in text take longer to read than all else of their rows. */
  readonly started: number | null;
  readonly ended: number | null;
}

const factsOf = ({ seed, started, ended, ...rest }: StoredTrial): Omit<TrialRow, "result"> => ({
  ...rest,
  seed: Number(seed),
  startedAt: momentAt(started),
  endedAt: momentAt(ended),
});

/** The database keeps moments to the millisecond. */
const momentAt = (seconds: number | null): Date | null =>
  seconds === null ? null : new Date(Math.round(seconds * 1000));

async function select<TColumns>(
  database: Database,
  { where, id }: Selection,
  columns: string,
): Promise<readonly (StoredTrial & TColumns)[]> {
  const { rows } = await database.pool.query<StoredTrial & TColumns>(
    `with waiting as (
       select w.id, row_number() over (order by w.rank, e.created_at, w.id)::int as position
       from trial w join experiment e on e.id = w.experiment_id where w.status = 'queued'
     )
     select t.id, t.experiment_id as experiment, t.pipeline, t.budget, t.seed, t.status, t.attempt,
       extract(epoch from t.started_at)::float8 as started, extract(epoch from t.ended_at)::float8 as ended,
       t.diagnostic, waiting.position as "queuePosition", ${columns}
     from trial t left join waiting on waiting.id = t.id where ${where}`,
    [id],
  );
  return rows;
}

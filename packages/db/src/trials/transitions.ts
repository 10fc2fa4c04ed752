import { inTransaction, type Database, type Transaction } from "../database";
import { CHANNELS } from "../listen";
import { insertEvents } from "./events";
import { nextState, type TrialCommand, type TrialState, type TrialStatus } from "./state";

/** A trial whose state has changed. */
export interface ChangedTrial extends TrialState {
  readonly trial: string;
}

interface Row {
  readonly id: string;
  readonly status: TrialStatus;
  readonly attempt: number;
  readonly lost: number;
  readonly rank: number;
}

/** The columns that a new state brings along. */
interface Columns {
  readonly worker: string | null;
  readonly leaseSeconds: number | null;
  readonly result: string | null;
  readonly seconds: number | null;
  readonly test: string | null;
  readonly correct: string | null;
  readonly diagnostic: string | null;
}

/**
 * Asks the same of some trials, in one transaction; returns those that changed. Trials for which the command is out of
 * place stay as they are (state.ts decides), so a call may come twice or late. With the state go: its status event, the
 * queue's job where it waits again, and the word to its worker where it was cancelled.
 *
 * Locks, in this order everywhere: trials by id, their experiments, the log of events.
 */
export async function changeTrials(
  database: Database,
  trials: readonly string[],
  command: TrialCommand,
): Promise<readonly ChangedTrial[]> {
  if (trials.length === 0) return [];
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<Row>(
      "select id, status, attempt, lost, rank from trial where id = any($1::uuid[]) order by id for update",
      [trials],
    );
    const changes = rows.flatMap((row) => {
      const next = nextState(row, command);
      return next === undefined ? [] : [{ row, next }];
    });
    if (changes.length === 0) return [];
    const changed = changes.map(({ row, next: { status, attempt, lost } }) => ({
      trial: row.id,
      status,
      attempt,
      lost,
    }));
    await writeStates(transaction, changed, command);
    await countRevision(
      transaction,
      changes.filter(({ row, next }) => isOver(row.status) || isOver(next.status)).map(({ row }) => row.id),
    );
    await database.queue.add(
      transaction,
      changes
        .filter(({ next }) => next.status === "queued")
        .map(({ row }) => ({ trial: row.id, rank: row.rank })),
    );
    for (const { row, next } of changes) {
      if (row.status === "running" && next.status === "cancelled") {
        await transaction.query("select pg_notify($1, $2)", [CHANNELS.cancel, row.id]);
      }
    }
    await insertEvents(
      transaction,
      changed.map(({ trial, status, attempt }) => ({
        trial,
        attempt,
        event: { type: "status", status, attempt },
      })),
    );
    return changed;
  });
}

/** Asks something of one trial. True when it changed. */
export async function changeTrial(
  database: Database,
  trial: string,
  command: TrialCommand,
): Promise<boolean> {
  return (await changeTrials(database, [trial], command)).length > 0;
}

/** Takes a waiting trial for a worker; returns the attempt to speak for, undefined when somebody was faster. */
export async function claimTrial(
  database: Database,
  trial: string,
  claim: { readonly worker: string; readonly leaseSeconds: number },
): Promise<number | undefined> {
  const [changed] = await changeTrials(database, [trial], { ask: "claim", ...claim });
  return changed?.attempt;
}

/** Prolongs the lease of a running attempt, by the database's clock. False: the trial was cancelled, or given to another worker. */
export async function renewLease(
  database: Database,
  trial: string,
  lease: { readonly attempt: number; readonly leaseSeconds: number },
): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `update trial set lease_until = now() + make_interval(secs => $3)
     where id = $1 and attempt = $2 and status = 'running'`,
    [trial, lease.attempt, lease.leaseSeconds],
  );
  return rowCount === 1;
}

async function writeStates(
  transaction: Transaction,
  changed: readonly ChangedTrial[],
  command: TrialCommand,
): Promise<void> {
  const columns = changed.map((change) => columnsFor(change.status, command));
  await transaction.query(
    `update trial as t set
       status = c.status::trial_status, attempt = c.attempt, lost = c.lost, worker = c.worker,
       lease_until = now() + make_interval(secs => c.lease),
       started_at = case c.status when 'running' then now() else t.started_at end,
       ended_at = case when c.status in ('done', 'failed', 'cancelled') then now() end,
       result = c.result::json, seconds = c.seconds, test = c.test::json, correct = c.correct::json,
       diagnostic = c.diagnostic::json
     from unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::text[], $6::float8[], $7::text[], $8::float8[],
         $9::text[], $10::text[], $11::text[])
       as c(id, status, attempt, lost, worker, lease, result, seconds, test, correct, diagnostic)
     where t.id = c.id`,
    [
      changed.map((change) => change.trial),
      changed.map((change) => change.status),
      changed.map((change) => change.attempt),
      changed.map((change) => change.lost),
      columns.map((column) => column.worker),
      columns.map((column) => column.leaseSeconds),
      columns.map((column) => column.result),
      columns.map((column) => column.seconds),
      columns.map((column) => column.test),
      columns.map((column) => column.correct),
      columns.map((column) => column.diagnostic),
    ],
  );
}

/** Only trials that are over make a comparison, or what is kept of an experiment, say something else. */
const isOver = (status: TrialStatus): boolean => status !== "queued" && status !== "running";

async function countRevision(transaction: Transaction, trials: readonly string[]): Promise<void> {
  if (trials.length === 0) return;
  await transaction.query(
    `update experiment set revision = revision + 1
     where id in (select distinct experiment_id from trial where id = any($1::uuid[]))`,
    [trials],
  );
}

const NO_COLUMNS: Columns = {
  worker: null,
  leaseSeconds: null,
  result: null,
  seconds: null,
  test: null,
  correct: null,
  diagnostic: null,
};

function columnsFor(status: TrialStatus, command: TrialCommand): Columns {
  switch (command.ask) {
    case "claim":
      return { ...NO_COLUMNS, worker: command.worker, leaseSeconds: command.leaseSeconds };
    case "finish": {
      const { correct, ...result } = command.result;
      return {
        ...NO_COLUMNS,
        result: JSON.stringify(result),
        seconds: result.seconds,
        test: JSON.stringify(result.test),
        correct: correct ? JSON.stringify(correct) : null,
      };
    }
    case "fail":
    case "lose":
      return { ...NO_COLUMNS, diagnostic: status === "failed" ? JSON.stringify(command.diagnostic) : null };
    case "release":
    case "cancel":
    case "resume":
      return NO_COLUMNS;
  }
}

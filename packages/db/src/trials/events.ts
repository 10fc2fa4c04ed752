import type { RunEvent } from "@seams/core/train";
import { inTransaction, type Database, type Transaction } from "../database";
import { CHANNELS } from "../listen";
import type { TrialStatus } from "./state";

/** Only one transaction at a time appends, so that numbers become visible in their order and no reader skips one. */
const LOG_LOCK = 7_331;

/** A trial changed its status. Stands in the log between the events of its runs. */
export interface StatusEvent {
  readonly type: "status";
  readonly status: TrialStatus;
  readonly attempt: number;
}

/** What the log of a trial holds. */
export type LoggedEvent = RunEvent | StatusEvent;

/** One entry of the log. */
export interface EventRow {
  /** Position in the log of the whole database. */
  readonly seq: number;
  readonly trial: string;
  readonly event: LoggedEvent;
}

interface NewEvent {
  readonly trial: string;
  readonly attempt: number;
  readonly event: LoggedEvent;
}

/**
 * Appends what one attempt reports. False, and nothing written, when the attempt was replaced: a worker that was
 * thought dead cannot write into its successor's log. An attempt that was cancelled may still say where it stopped.
 */
export async function appendEvents(
  database: Database,
  of: { readonly trial: string; readonly attempt: number },
  events: readonly RunEvent[],
): Promise<boolean> {
  if (events.length === 0) return true;
  return inTransaction(database, async (transaction) => {
    const { rowCount } = await transaction.query(
      "select 1 from trial where id = $1 and attempt = $2 and status in ('running', 'cancelled') for no key update",
      [of.trial, of.attempt],
    );
    if (rowCount !== 1) return false;
    await insertEvents(
      transaction,
      events.map((event) => ({ ...of, event })),
    );
    return true;
  });
}

/** Writes rows at the end of the log and tells the readers. The caller holds the trials' rows. */
export async function insertEvents(transaction: Transaction, events: readonly NewEvent[]): Promise<void> {
  await transaction.query("select pg_advisory_xact_lock($1)", [LOG_LOCK]);
  await transaction.query(
    `insert into event (trial_id, attempt, event)
     select n.trial, n.attempt, n.event::json
     from unnest($1::uuid[], $2::int[], $3::text[]) with ordinality as n(trial, attempt, event, place)
     order by n.place`,
    [
      events.map((event) => event.trial),
      events.map((event) => event.attempt),
      events.map((event) => JSON.stringify(event.event)),
    ],
  );
  await transaction.query("select pg_notify($1, '')", [CHANNELS.events]);
}

/** Whose log is read. */
export type LogTopic = { readonly trial: string } | { readonly experiment: string };

/** A stretch of the log. */
export interface LogRange {
  /** Entries after this position. */
  readonly after: number;
  /** Up to and with this one; absent: to the end. */
  readonly until?: number;
  readonly limit: number;
}

/** Reads a stretch of one trial's or one experiment's log, in order. */
export async function readEvents(
  database: Database,
  topic: LogTopic,
  range: LogRange,
): Promise<readonly EventRow[]> {
  const [where, id] =
    "trial" in topic
      ? ["e.trial_id = $1", topic.trial]
      : ["e.trial_id in (select id from trial where experiment_id = $1)", topic.experiment];
  const { rows } = await database.pool.query<{ seq: string; trial: string; event: LoggedEvent }>(
    `select e.seq, e.trial_id as trial, e.event from event e
     where ${where} and e.seq > $2 and e.seq <= $3 order by e.seq limit $4`,
    [id, range.after, range.until ?? Number.MAX_SAFE_INTEGER, range.limit],
  );
  return rows.map((row) => ({ seq: Number(row.seq), trial: row.trial, event: row.event }));
}

/** Position of the log's last entry; 0 when it is empty. */
export async function lastSeq(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ seq: string }>(
    "select coalesce(max(seq), 0) as seq from event",
  );
  return Number(rows[0]?.seq ?? 0);
}

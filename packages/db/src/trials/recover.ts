import { diagnose } from "@seams/core";
import { inTransaction, type Database } from "../database";
import { WAITING_TRIALS } from "../queue";
import { changeTrials, type ChangedTrial } from "./transitions";

/** Why a worker counts as lost, in a few words for a person. */
export interface Loss {
  /** The worker by name; absent: every one whose lease is over. */
  readonly worker?: string;
  readonly how: string;
}

interface Running {
  readonly id: string;
  readonly attempt: number;
  readonly lost: number;
}

/**
 * Gives the trials of lost workers to others; a trial that has lost too many fails with `worker-lost`. A trial that was
 * finished or cancelled in the meantime is left alone.
 */
export async function loseWorker(database: Database, loss: Loss): Promise<readonly ChangedTrial[]> {
  const running = await runningTrials(database, loss);
  const changed: ChangedTrial[] = [];
  for (const { id, attempt, lost } of running) {
    const diagnostic = diagnose.trial.workerLost({
      place: { at: "graph" },
      attempts: lost + 1,
      how: loss.how,
    });
    changed.push(...(await changeTrials(database, [id], { ask: "lose", attempt, diagnostic })));
  }
  return changed;
}

async function runningTrials(database: Database, loss: Loss): Promise<readonly Running[]> {
  const columns = "select id, attempt, lost from trial where status = 'running'";
  if (loss.worker === undefined)
    return (await database.pool.query<Running>(`${columns} and lease_until < now()`)).rows;
  return (await database.pool.query<Running>(`${columns} and worker = $1`, [loss.worker])).rows;
}

/**
 * Puts waiting trials that no job announces back into the queue: a worker can die between taking a job and claiming its
 * trial. Returns how many there were.
 */
export async function requeueForgotten(database: Database): Promise<number> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ id: string; rank: number }>(
      `select id, rank from trial
       where status = 'queued' and id::text not in (${WAITING_TRIALS})
       order by id for update skip locked`,
    );
    await database.queue.add(
      transaction,
      rows.map(({ id, rank }) => ({ trial: id, rank })),
    );
    return rows.length;
  });
}

/** Names of workers that hold running trials, by the beginning of the name. */
export async function runningWorkers(database: Database, prefix: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ worker: string }>(
    "select distinct worker from trial where status = 'running' and starts_with(worker, $1)",
    [prefix],
  );
  return rows.map((row) => row.worker);
}

/** Prolongs the leases of workers that are known to live, whatever they are busy with. */
export async function vouchFor(
  database: Database,
  workers: readonly string[],
  leaseSeconds: number,
): Promise<void> {
  await database.pool.query(
    `update trial set lease_until = now() + make_interval(secs => $2) where status = 'running' and worker = any($1::text[])`,
    [workers, leaseSeconds],
  );
}

import { PgBoss } from "pg-boss";
import * as z from "zod";
import type { Pool } from "pg";
import type { Transaction } from "./database";
import { CHANNELS } from "./listen";

const QUEUE = "trial";
/** Schema of pg-boss's own tables, which it migrates itself. */
const SCHEMA = "pgboss";
/** A trial's own lease decides whether it is lost; the queue's expiry only tidies. pg-boss allows less than a day. */
const EXPIRE_SECONDS = 23 * 3_600;
const KEEP_FINISHED_SECONDS = 3_600;
const KEEP_WAITING_SECONDS = 365 * 24 * 3_600;

/** `keeper`: owns the tables and tidies them. `worker`: takes and adds jobs. */
export type QueueRole = "keeper" | "worker";

/** One trial to run. */
export interface QueuedTrial {
  readonly trial: string;
  /** Place within its experiment: every experiment's first trial comes before any one's second. */
  readonly rank: number;
}

/** A job taken from the queue. */
export interface TrialJob {
  readonly id: string;
  readonly trial: string;
}

const JobData = z.object({ trial: z.string() });

/**
 * Which trial a free worker runs next. A job is only a message "look at this trial": whether the trial may start is
 * decided by compare-and-set on its row, so a doubled or late job does nothing.
 */
export interface TrialQueue {
  /** Adds trials within the transaction that made them `queued`, and wakes the workers when it commits. */
  add(transaction: Transaction, trials: readonly QueuedTrial[]): Promise<void>;
  /** The next job, never handed to two workers; undefined when nothing waits. */
  take(): Promise<TrialJob | undefined>;
  /** Ends a job, whatever became of its trial. */
  settle(job: TrialJob): Promise<void>;
  close(): Promise<void>;
}

/** Opens the queue on the database's own pool. */
export async function openQueue(
  pool: Pool,
  role: QueueRole,
  notice: (words: string) => void,
): Promise<TrialQueue> {
  const isKeeper = role === "keeper";
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) }, // pg takes any array of values
    schema: SCHEMA,
    migrate: isKeeper,
    supervise: isKeeper,
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    reindex: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (error) => notice(`Queue: ${error.message}`));
  boss.on("warning", (warning) => notice(`Queue: ${warning.message}`));
  await boss.start();
  if (isKeeper) await ensureQueue(boss);
  return {
    add: async (transaction, trials) => {
      if (trials.length === 0) return;
      const jobs = trials.map(({ trial, rank }) => ({ data: { trial }, priority: -rank }));
      await boss.insert(QUEUE, jobs, {
        db: { executeSql: (text, values) => transaction.query(text, values as unknown[]) },
      });
      await transaction.query("select pg_notify($1, '')", [CHANNELS.queue]);
    },
    take: async () => {
      const [job] = await boss.fetch(QUEUE, { batchSize: 1 });
      return job && { id: job.id, trial: JobData.parse(job.data).trial };
    },
    settle: async (job) => {
      await boss.complete(QUEUE, job.id);
    },
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

async function ensureQueue(boss: PgBoss): Promise<void> {
  const options = {
    retryLimit: 0,
    expireInSeconds: EXPIRE_SECONDS,
    retentionSeconds: KEEP_WAITING_SECONDS,
    deleteAfterSeconds: KEEP_FINISHED_SECONDS,
  };
  if (await boss.getQueue(QUEUE)) await boss.updateQueue(QUEUE, options);
  else await boss.createQueue(QUEUE, options);
}

/** SQL for the ids of trials that some job waits to hand out. */
export const WAITING_TRIALS = `select data->>'trial' from ${SCHEMA}.job where name = '${QUEUE}' and state in ('created', 'retry')`;

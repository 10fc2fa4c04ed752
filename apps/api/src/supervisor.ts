import { diagnose } from "@seams/core";
import {
  changeTrial,
  loseWorker,
  requeueForgotten,
  runningWorkers,
  vouchFor,
  type Database,
} from "@seams/db";
import { setTimeout as delay } from "node:timers/promises";
import { machineName } from "./machine";
import { persistently } from "./persistently";
import type { WorkerStatus } from "./wire";
import { startWorker, type RunningWorker, type WorkerEnd } from "./worker/process";

const SWEEP_MS = 5_000;
/** A database that was away this long has not heard its workers; they get time to speak before they count as lost. */
const LEASE_SECONDS = 20;
const CANCEL_GRACE_MS = 4_000;
const CLOSE_GRACE_MS = 10_000;
const RESTART_PAUSES_MS = [100, 500, 2_000, 5_000, 10_000];
const STEADY_MS = 30_000;

/** What the supervisor needs. */
export interface SupervisorOptions {
  readonly database: Database;
  readonly home: string;
  readonly workers: number;
  readonly workerMegabytes: number;
  /** A worker whose trial doesn't move for this long is killed. */
  readonly stalledAfterMs?: number;
  readonly onNotice: (words: string) => void;
}

/** Keeps worker processes running, and no trial waiting for a dead one. */
export interface Supervisor {
  status(): readonly WorkerStatus[];
  /** Lets workers hand their trials back, then ends them. */
  close(): Promise<void>;
}

/**
 * Starts the workers and watches them. A worker that dies loses its trial at once, one that hangs, outgrows its memory
 * or ignores a cancellation is killed first. What a killed supervisor left behind is given back at the start; leases
 * that ran out, and trials without a job, every few seconds.
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { database, onNotice } = options;
  const machine = await machineName(options.home);
  const closing = new AbortController();
  await giveBackWhatDeadSupervisorsLeft(database, machine);
  await requeueForgotten(database);

  const slots: (RunningWorker | undefined)[] = Array.from({ length: options.workers }, () => undefined);
  const keeping = slots.map(async (_, index) => {
    const name = `${machine}/${process.pid}/${index + 1}`;
    for (let failures = 0; !closing.signal.aborted; ) {
      const startedAt = performance.now();
      const worker = startWorker({ ...options, name, databaseUrl: database.url });
      slots[index] = worker;
      const end = await worker.ended;
      slots[index] = undefined;
      // Before another worker takes its name: what it holds would be taken for that one's.
      await persistently(() => settle(database, name, end), {
        signal: closing.signal,
        onFailure: (error) => onNotice(`A lost worker's trial cannot be given back yet: ${String(error)}`),
      }).catch(() => undefined); // closing, and it was said: the next start gives back what is left
      if (closing.signal.aborted) return;
      onNotice(`Worker ${index + 1} was lost (${end.how}).`);
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      await pause(RESTART_PAUSES_MS[Math.min(failures, RESTART_PAUSES_MS.length) - 1] ?? 100, closing.signal);
    }
  });

  const stopHearing = database.listener.on("cancel", (trial) => {
    if (trial === undefined) return;
    setTimeout(() => {
      for (const worker of slots)
        if (worker?.trial()?.id === trial) worker.kill("it didn't stop when cancelled");
    }, CANCEL_GRACE_MS).unref();
  });
  const living = (): string[] => slots.flatMap((worker) => (worker ? [worker.name] : []));
  const sweeping = sweep(database, living, { signal: closing.signal, onNotice });
  return {
    status: () =>
      slots.map((worker, index) => ({
        name: `worker ${index + 1}`,
        pid: worker?.pid ?? null,
        trial: worker?.trial()?.id ?? null,
      })),
    close: async () => {
      closing.abort();
      stopHearing();
      const workers = slots.filter((worker) => worker !== undefined);
      for (const worker of workers) worker.stop();
      const late = setTimeout(
        () => workers.forEach((worker) => worker.kill("it didn't stop")),
        CLOSE_GRACE_MS,
      );
      await Promise.all(keeping);
      clearTimeout(late);
      await sweeping;
    },
  };
}

/** What becomes of the trial of a worker that ended. */
async function settle(database: Database, worker: string, end: WorkerEnd): Promise<void> {
  if (end.memory && end.trial) {
    // Another try would grow as large: this one fails with what it would need.
    const diagnostic = diagnose.trial.outOfMemory({ place: { at: "graph" }, ...end.memory });
    await changeTrial(database, end.trial.id, { ask: "fail", attempt: end.trial.attempt, diagnostic });
  }
  await loseWorker(database, { worker, how: end.how });
}

async function giveBackWhatDeadSupervisorsLeft(database: Database, machine: string): Promise<void> {
  const workers = await runningWorkers(database, `${machine}/`);
  for (const worker of workers) {
    const supervisor = Number(worker.split("/")[1]);
    if (supervisor !== process.pid && isRunning(supervisor)) continue;
    await loseWorker(database, { worker, how: "Seams was stopped while it ran" });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function sweep(
  database: Database,
  living: () => readonly string[],
  { signal, onNotice }: { readonly signal: AbortSignal; readonly onNotice: (words: string) => void },
): Promise<void> {
  let trustLeasesFrom = 0;
  while (!signal.aborted) {
    try {
      // A worker of ours may be too busy to renew its own lease; whether it hangs is seen by its progress.
      await vouchFor(database, living(), LEASE_SECONDS);
      if (performance.now() >= trustLeasesFrom) await loseWorker(database, { how: "it stopped answering" });
      await requeueForgotten(database);
    } catch (error) {
      trustLeasesFrom = performance.now() + LEASE_SECONDS * 1_000;
      onNotice(`Looking for lost trials failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    await pause(SWEEP_MS, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined); // an abort is a reason to go on
}

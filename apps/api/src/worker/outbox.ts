import { appendEvents, type Database } from "@seams/db";
import type { RunEvent } from "@seams/core/train";
import { setTimeout as delay } from "node:timers/promises";

const FLUSH_MS = 200;
const RETRY_MS = 1_000;
/** Measurements may be left out while the database is away; the newest stay. */
const MOST_WAITING = 20_000;

/** Events on their way from a running trial to the log. */
export interface Outbox {
  add(event: RunEvent): void;
  /** Resolves when everything added so far is in the log, or the attempt was replaced. */
  flush(): Promise<void>;
}

/**
 * Collects events for a moment and writes them together. A database that is away for a while is waited for: the trial
 * goes on meanwhile. `onRefused` is called when the attempt no longer speaks for the trial.
 */
export function openOutbox(
  database: Database,
  of: { readonly trial: string; readonly attempt: number },
  onRefused: () => void,
): Outbox {
  let waiting: RunEvent[] = [];
  let sending: Promise<void> | undefined;
  let isRefused = false;

  const send = async (): Promise<void> => {
    await delay(FLUSH_MS);
    while (waiting.length > 0 && !isRefused) {
      const batch = waiting;
      waiting = [];
      try {
        if (await appendEvents(database, of, batch)) continue;
        isRefused = true;
        onRefused();
      } catch {
        // The database restarts or is away; nothing of the batch was written.
        waiting = batch.concat(waiting).slice(-MOST_WAITING);
        await delay(RETRY_MS);
      }
    }
  };
  const wake = (): Promise<void> => {
    sending ??= send().finally(() => (sending = undefined));
    return sending;
  };
  return {
    add: (event) => {
      if (isRefused) return;
      waiting.push(event);
      void wake();
    },
    flush: async () => {
      while (waiting.length > 0 && !isRefused) await wake();
      await sending;
    },
  };
}

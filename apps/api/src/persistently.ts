import { setTimeout as delay } from "node:timers/promises";

const RETRY_MS = 1_000;

/**
 * Tries again every second until it works, since the database may be away. Tries at least once.
 * @throws the last error, when the signal is aborted by then
 */
export async function persistently<T>(
  work: () => Promise<T>,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure?: (error: unknown) => void },
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      onFailure?.(error);
      if (signal.aborted) throw error;
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined); // an abort ends the waiting: one more try
    }
  }
}

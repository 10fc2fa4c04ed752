import { EXIT } from "./exit";
import type { Terminal } from "./terminal";

/**
 * Ctrl-C: the first asks for a checkpoint and an orderly end, the second ends at once. Termination by the system counts
 * as the first.
 */
export function interruptible({ err }: Terminal): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT.cancelled);
    err("Stopping: saving a checkpoint. Once more ends at once.\n");
    stopping.abort(new Error("cancelled"));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return stopping.signal;
}

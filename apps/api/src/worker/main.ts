import { openDatabase } from "@seams/db";
import { workerSettings } from "../env";
import { createLibrary } from "../library/problem-library";
import { STOP, type WorkerMessage } from "./messages";
import { runJob, type StopReason } from "./run-job";

/** How long a worker waits for word of a trial before it looks by itself. */
const LOOK_MS = 2_000;
const RETRY_MS = 1_000;

const settings = workerSettings();
const tell = (message: WorkerMessage): void => {
  if (process.connected) process.send?.(message);
};
const database = await openDatabase({
  url: settings.databaseUrl,
  role: "worker",
  connections: 3,
  onNotice: (words) => tell({ type: "notice", words }),
});
const library = createLibrary(database, settings.home);

let isClosing = false;
let wake: (() => void) | undefined;
let current: { readonly trial: string; stop(reason: StopReason): void } | undefined;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
const close = (): void => {
  isClosing = true;
  current?.stop("shutdown");
  wake?.();
};

database.listener.on("queue", () => wake?.());
database.listener.on("cancel", (trial) => {
  if (trial !== undefined && current?.trial === trial) current.stop("cancelled");
});
process.on("message", (message) => {
  if (message === STOP) close();
});
process.on("SIGTERM", close);
process.on("SIGINT", () => undefined); // Ctrl-C reaches the whole group; the supervisor tells us what to do
process.on("disconnect", close); // the supervisor is gone: hand the trial back, then go too

tell({ type: "ready" });
while (!isClosing) {
  const didWork = await work().catch(async (error: unknown) => {
    tell({ type: "notice", words: error instanceof Error ? error.message : String(error) });
    await pause(RETRY_MS);
    return false;
  });
  if (!didWork && !isClosing) await pause(LOOK_MS);
}
await database.close();
process.exit(0); // the engine may keep handles open

/** Runs the next trial. False when none waits. */
async function work(): Promise<boolean> {
  const job = await database.queue.take();
  if (job === undefined) return false;
  await runJob({ database, library, home: settings.home, name: settings.name }, job.trial, {
    onStarted: (attempt, stop) => {
      current = { trial: job.trial, stop };
      tell({ type: "started", trial: job.trial, attempt });
      if (isClosing) stop("shutdown");
    },
    onMoved: () => tell({ type: "moved" }),
  });
  current = undefined;
  tell({ type: "ended" });
  await database.queue.settle(job);
  return true;
}

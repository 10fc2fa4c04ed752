import { fork } from "node:child_process";
import { setPriority } from "node:os";
import { programAt, residentMb } from "@seams/runner";
import { workerEnvironment } from "../env";
import { STOP, WorkerMessage } from "./messages";

const MAIN = new URL("./main.ts", import.meta.url);
const WATCH_MS = 500;
/** Below the API and the page, so that both stay quick while workers compute. */
const NICE = 10;
const STALLED_AFTER_MS = 60_000;

/** How a worker is started. */
export interface WorkerOptions {
  readonly name: string;
  readonly home: string;
  readonly databaseUrl: string;
  readonly workerMegabytes: number;
  readonly stalledAfterMs?: number;
  readonly onNotice: (words: string) => void;
}

/** A trial in a worker's hands. */
interface TrialInHand {
  readonly id: string;
  readonly attempt: number;
}

/** How a worker came to its end. */
export interface WorkerEnd {
  readonly how: string;
  /** What it was running then. */
  readonly trial: TrialInHand | undefined;
  /** Present when it had grown past its memory. */
  readonly memory?: { readonly usedMb: number; readonly limitMb: number };
}

/** A live worker process. */
export interface RunningWorker {
  /** `machine/supervisor/number`: what its trials' rows say. */
  readonly name: string;
  readonly pid: number | null;
  trial(): TrialInHand | undefined;
  /** Asks it to hand back its trial and end. */
  stop(): void;
  /** Ends it now; `why` becomes part of the trial's story. */
  kill(why: string): void;
  readonly ended: Promise<WorkerEnd>;
}

/** Forks a worker, watches its memory and its progress. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { path, flags } = programAt(MAIN);
  const child = fork(path, {
    execArgv: [...flags],
    env: workerEnvironment(options),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  lowerPriority(child.pid);
  let trial: TrialInHand | undefined;
  let movedAt = performance.now();
  let why: string | undefined;
  let memory: WorkerEnd["memory"];

  const kill = (reason: string): void => {
    why ??= reason;
    child.kill("SIGKILL");
  };
  child.on("message", (raw) => {
    const message = WorkerMessage.parse(raw);
    movedAt = performance.now();
    if (message.type === "started") trial = { id: message.trial, attempt: message.attempt };
    if (message.type === "ended") trial = undefined;
    if (message.type === "notice") options.onNotice(message.words);
  });
  const watch = setInterval(() => {
    const stalledAfterMs = options.stalledAfterMs ?? STALLED_AFTER_MS;
    const stillMs = performance.now() - movedAt;
    if (trial && stillMs > stalledAfterMs) kill(`no progress for ${Math.round(stillMs / 1_000)} s`);
    void residentMb(child.pid).then((usedMb) => {
      if (usedMb === undefined || usedMb <= options.workerMegabytes) return;
      memory ??= { usedMb, limitMb: options.workerMegabytes };
      kill("it used too much memory");
    });
  }, WATCH_MS);
  watch.unref();

  const ended = new Promise<WorkerEnd>((resolve) => {
    const finish = (how: string): void => {
      clearInterval(watch);
      resolve({ how: why ?? how, trial, ...(memory ? { memory } : {}) });
    };
    child.once("error", (error) => finish(error.message));
    child.once("exit", (code, signal) => finish(signal ? `killed by ${signal}` : `ended with code ${code}`));
  });
  const stop = (): void => {
    // A message, since not every system has signals that can be caught.
    if (child.connected) child.send(STOP);
    else child.kill();
  };
  return { name: options.name, pid: child.pid ?? null, trial: () => trial, stop, kill, ended };
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // A matter of comfort: some systems don't allow it.
  }
}

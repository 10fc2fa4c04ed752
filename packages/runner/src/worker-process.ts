import { type ChildProcess, fork } from "node:child_process";
import type { BackendChoice, Diagnostic } from "@seams/core";
import type { RunEvent, Trial } from "@seams/core/train";
import { programAt } from "./program";
import { PROTOCOL, type TrialEnd, type Unsigned, type WorkerOrder, WorkerReport } from "./protocol";
import { residentMb } from "./resident-memory";

const MAIN = new URL("./worker.ts", import.meta.url);
const WATCH_MS = 500;
/** A worker that neither reports nor turns its loop for so long hangs. */
const STALLED_AFTER_MS = 60_000;
/** Time to end in when there is nothing to save. */
const CLOSE_MS = 2_000;

/** How a worker is started. */
export interface WorkerOptions {
  readonly home: string;
  /** `OpenedProblem.reference` */
  readonly problem: string;
  readonly backend: BackendChoice;
  readonly megabytes: number;
  onNotice(words: string): void;
  /** Told of a new process; tests end it in the middle of its work. */
  onStart?(pid: number): void;
}

/** How a worker's trial ended, where the worker may have ended with it. */
export type WorkerEnd =
  | TrialEnd
  | { readonly is: "lost"; readonly how: string }
  /** It had grown past its memory. */
  | { readonly is: "too-large"; readonly usedMb: number; readonly limitMb: number }
  /** It can run nothing here. */
  | { readonly is: "refused"; readonly diagnostic: Diagnostic };

/** A live worker: one process, one engine, one trial at a time. */
export interface Worker {
  run(trial: Trial, onEvent: (event: RunEvent) => void): Promise<WorkerEnd>;
  /** Lets the trial in hand save a checkpoint and stop. */
  cancel(): void;
  /** False once the process has ended: it takes no trial any more. */
  isAlive(): boolean;
  kill(): void;
  close(): Promise<void>;
}

interface Task {
  readonly onEvent: (event: RunEvent) => void;
  readonly end: (end: WorkerEnd) => void;
}

/** Forks a worker and watches its memory and its turning. It never outlives this process for long. */
export function startWorker(options: WorkerOptions): Worker {
  const child = forkWorker();
  if (child.pid !== undefined) options.onStart?.(child.pid);
  let task: Task | undefined;
  let last: WorkerEnd | undefined;
  let heardAt = performance.now();
  const endTask = (end: WorkerEnd): void => {
    task?.end(end);
    task = undefined;
  };
  const dieOf = (why: WorkerEnd): void => {
    last ??= why;
    child.kill("SIGKILL");
  };
  child.on("message", (raw) => {
    heardAt = performance.now();
    const report = WorkerReport.parse(raw);
    if (report.type === "event") task?.onEvent(report.event);
    if (report.type === "ended") endTask(report.end);
    if (report.type === "notice") options.onNotice(report.words);
    if (report.type === "refused") dieOf({ is: "refused", diagnostic: report.diagnostic });
  });
  const watch = setInterval(() => {
    if (performance.now() - heardAt > STALLED_AFTER_MS) {
      dieOf({ is: "lost", how: `it did nothing for ${STALLED_AFTER_MS / 1_000} seconds` });
    }
    void residentMb(child.pid).then((usedMb) => {
      if (usedMb !== undefined && usedMb > options.megabytes)
        dieOf({ is: "too-large", usedMb, limitMb: options.megabytes });
    });
  }, WATCH_MS);
  watch.unref();
  const ended = new Promise<void>((resolve) => {
    const finish = (how: string): void => {
      clearInterval(watch);
      last ??= { is: "lost", how };
      endTask(last);
      resolve();
    };
    child.once("error", (error) => finish(error.message));
    child.once("exit", (code, signal) =>
      finish(signal === null ? `ended with code ${code}` : `killed by ${signal}`),
    );
  });
  const send = (order: Unsigned<WorkerOrder>): void => {
    // A worker that has just died is heard of by its exit.
    if (child.connected) child.send({ protocol: PROTOCOL, ...order }, () => undefined);
  };
  send({ type: "open", home: options.home, problem: options.problem, backend: options.backend });
  return {
    run: (trial, onEvent) =>
      new Promise((end) => {
        if (last !== undefined) return end(last);
        task = { onEvent, end };
        send({ type: "run", trial });
      }),
    cancel: () => send({ type: "cancel" }),
    isAlive: () => last === undefined,
    kill: () => dieOf({ is: "lost", how: "it didn't stop when told to" }),
    close: () => {
      last ??= { is: "lost", how: "closed" };
      send({ type: "close" });
      setTimeout(() => child.kill("SIGKILL"), CLOSE_MS).unref();
      return ended;
    },
  };
}

/** What a worker prints goes to our stderr: stdout is for data. */
function forkWorker(): ChildProcess {
  const { path, flags } = programAt(MAIN);
  return fork(path, {
    execArgv: [...flags],
    serialization: "advanced", // numbers stay what they are, NaN too
    stdio: ["ignore", 2, 2, "ipc"],
  });
}

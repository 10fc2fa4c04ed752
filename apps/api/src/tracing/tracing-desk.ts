import { type ChildProcess, fork } from "node:child_process";
import { type Checked, diagnose } from "@seams/core";
import { programAt } from "@seams/runner";
import { type Asks, refusedTrace, type TraceAnswer, type TraceOrder } from "./tracer-messages";

const MAIN = new URL("./tracer-main.ts", import.meta.url);
/** Records and weights of a few pipelines, and the engine. */
const MEGABYTES = 1_536;
/** A process that nobody has asked for so long gives its memory back. */
const IDLE_MS = 10 * 60_000;

/** Sends records through trained pipelines, in a process of its own: the API itself never computes. */
export interface TracingDesk {
  ask<Of extends keyof Asks>(order: TraceOrder<Of>): Promise<Checked<Asks[Of]["view"]>>;
  close(): Promise<void>;
}

interface Tracer {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (answer: TraceAnswer["answer"]) => void>;
  readonly ended: Promise<void>;
}

/** Opens the desk. The process starts with the first order, ends when it is idle, and starts again when it was lost. */
export function openTracingDesk(): TracingDesk {
  let tracer: Tracer | undefined;
  let orders = 0;
  let idle: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const stopping = tracer;
    tracer = undefined;
    stopping?.child.kill("SIGKILL"); // it only reads: nothing is lost
    await stopping?.ended;
  };
  return {
    ask: <Of extends keyof Asks>(order: TraceOrder<Of>) => {
      clearTimeout(idle);
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
      const running = (tracer ??= startTracer(() => (tracer = undefined)));
      const number = ++orders;
      return new Promise<Checked<Asks[Of]["view"]>>((resolve) => {
        // The process answers each question with its own kind of view.
        running.waiting.set(number, (answer) => resolve(answer as Checked<Asks[Of]["view"]>));
        running.child.send({ number, order }, () => undefined); // a process that is gone is told of by its exit
      });
    },
    close: stop,
  };
}

function startTracer(onEnded: () => void): Tracer {
  const { path, flags } = programAt(MAIN);
  const child = fork(path, {
    execArgv: [...flags, `--max-old-space-size=${MEGABYTES}`],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting: Tracer["waiting"] = new Map();
  child.on("message", (message) => {
    const { number, answer } = message as TraceAnswer; // tracer-main.ts sends this and nothing else
    waiting.get(number)?.(answer);
    waiting.delete(number);
  });
  const ended = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      onEnded();
      const problem = `the process that sends examples through pipelines ended (${how})`;
      for (const answer of waiting.values())
        answer(refusedTrace([diagnose.trial.trialCrashed({ place: { at: "graph" }, problem })]));
      waiting.clear();
      resolve();
    };
    child.once("exit", (code, signal) => end(String(signal ?? code)));
    child.once("error", (error) => end(error.message));
  });
  return { child, waiting, ended };
}

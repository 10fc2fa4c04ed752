import { type BackendChoice, diagnose } from "@seams/core";
import type { RunEvent, Trial } from "@seams/core/train";
import { type OpenedProblem, openProblem } from "./problem";
import { PROTOCOL, type TrialEnd, type Unsigned, WorkerOrder, type WorkerReport } from "./protocol";
import { runTrial } from "./trial";

/** How often a worker says that it still turns. */
const ALIVE_MS = 2_000;

process.on("SIGINT", () => undefined); // Ctrl-C reaches the whole group; the parent tells us what to do
process.on("disconnect", () => {
  stopTrial(); // the parent is gone: save a checkpoint, then go too
  if (running === undefined) process.exit(0);
});
setInterval(() => tell({ type: "alive" }), ALIVE_MS).unref();

interface Place {
  readonly home: string;
  readonly problem: OpenedProblem;
  readonly backend: BackendChoice;
}
let place: Place | undefined;
let running: AbortController | undefined;
let opening: Promise<void> = Promise.resolve();

process.on("message", (raw) => {
  const order = WorkerOrder.parse(raw);
  switch (order.type) {
    case "open":
      opening = open(order);
      break;
    case "run":
      void opening.then(() => run(order.trial));
      break;
    case "cancel":
      stopTrial();
      break;
    case "close":
      process.exit(0); // the engine may keep handles open
  }
});

function tell(report: Unsigned<WorkerReport>): void {
  if (process.connected) process.send?.({ protocol: PROTOCOL, ...report });
}

function stopTrial(): void {
  running?.abort(new Error("cancelled"));
}

type Opening = Omit<Extract<WorkerOrder, { type: "open" }>, "protocol" | "type">;

/** Loads the records. The engine waits until a network has to run: trials whose networks have predicted before need none. */
async function open({ home, problem, backend }: Opening): Promise<void> {
  try {
    const { value, diagnostics } = await openProblem(problem);
    const [refusal] = diagnostics;
    if (value === undefined) {
      if (refusal !== undefined) tell({ type: "refused", diagnostic: refusal });
      return;
    }
    await value.load();
    place = { home, problem: value, backend };
  } catch (error) {
    tell({ type: "refused", diagnostic: crashOf(error) });
  }
}

async function run(trial: Trial): Promise<void> {
  if (place === undefined) return; // refused, which has been told
  const { home, problem, backend } = place;
  const stopping = new AbortController();
  running = stopping;
  let end: TrialEnd = { is: "cancelled" };
  const onEvent = (event: RunEvent): void => {
    if (event.type === "run.failed") end = { is: "failed", diagnostic: event.diagnostic };
    tell({ type: "event", event });
  };
  try {
    const data = await problem.load();
    const { environment } = problem;
    const { signal } = stopping;
    const onNotice = (words: string): void => tell({ type: "notice", words });
    const result = await runTrial(trial, { home, data, environment, backend, signal, onEvent, onNotice });
    if (result !== undefined) end = { is: "done", result };
  } catch (error) {
    const diagnostic = crashOf(error);
    tell({ type: "event", event: { type: "run.failed", diagnostic } });
    end = { is: "failed", diagnostic };
  }
  running = undefined;
  tell({ type: "ended", end });
  if (!process.connected) process.exit(0);
}

/** A mistake of ours as a diagnostic: other trials go on. A full disk is nobody's mistake. */
function crashOf(error: unknown): Extract<TrialEnd, { is: "failed" }>["diagnostic"] {
  const at = { at: "graph" } as const;
  const problem = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC") {
    const path =
      error instanceof Error && "path" in error ? String(error.path) : (place?.home ?? "the data folder");
    return diagnose.trial.diskFull({ place: at, path });
  }
  return diagnose.trial.trialCrashed({ place: at, problem });
}

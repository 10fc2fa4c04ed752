import { changeTrial, claimTrial, readTrial, renewLease, type Database, type TrialCommand } from "@seams/db";
import { diagnose, type Diagnostic } from "@seams/core";
import type { RunEvent, TrialResult } from "@seams/core/train";
import type { ProblemLibrary } from "../library/problem-library";
import { persistently } from "../persistently";
import { openOutbox } from "./outbox";
import { runTrialHere } from "./run-trial-here";

/** By the database's clock; renewed three times within it. Longer than a step may ever keep the process busy. */
const LEASE_SECONDS = 20;
const RENEW_MS = 6_000;
const PATIENCE_MS = 600_000;

/** Why a running trial is told to stop. */
export type StopReason = "cancelled" | "replaced" | "shutdown";

/** Where a worker runs its trials. */
export interface WorkerPlace {
  readonly database: Database;
  readonly library: ProblemLibrary;
  readonly home: string;
  /** `machine/supervisor/number` */
  readonly name: string;
}

/** How one trial is watched and stopped from outside. */
export interface JobHooks {
  readonly onStarted: (attempt: number, stop: (reason: StopReason) => void) => void;
  readonly onMoved: () => void;
}

type Outcome =
  | { readonly is: "done"; readonly result: TrialResult }
  | { readonly is: "failed"; readonly diagnostic: Diagnostic }
  | { readonly is: "stopped" };

/** Claims a trial, runs it to its end, and writes what became of it. Does nothing when somebody else has it. */
export async function runJob(place: WorkerPlace, trial: string, hooks: JobHooks): Promise<void> {
  const { database } = place;
  const attempt = await claimTrial(database, trial, { worker: place.name, leaseSeconds: LEASE_SECONDS });
  if (attempt === undefined) return;
  const stopping = new AbortController();
  const stop = (reason: StopReason): void => stopping.abort(reason);
  hooks.onStarted(attempt, stop);
  const renewing = keepLease(database, { trial, attempt }, stop);
  const outbox = openOutbox(database, { trial, attempt }, () => stop("replaced"));
  try {
    const outcome = await run(place, trial, {
      signal: stopping.signal,
      onEvent: (event) => {
        hooks.onMoved();
        // A trial that is handed back goes on elsewhere: its log doesn't call it cancelled.
        if (event.type === "run.cancelled" && stopping.signal.reason === "shutdown") return;
        outbox.add(forLog(event));
      },
    });
    await outbox.flush();
    const command = commandFor(outcome, attempt, stopping.signal.reason);
    // Ends are written even when the database has just restarted.
    if (command) {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      await persistently(() => changeTrial(database, trial, command), { signal });
    }
  } finally {
    renewing.end();
  }
}

/** The long list of right and wrong test rows stands beside the result, once, and not in the log too. */
function forLog(event: RunEvent): RunEvent {
  if (event.type !== "run.finished") return event;
  const { correct: _, ...result } = event.result;
  return { ...event, result };
}

function commandFor(
  outcome: Outcome,
  attempt: number,
  reason: StopReason | undefined,
): TrialCommand | undefined {
  switch (outcome.is) {
    case "done":
      return { ask: "finish", attempt, result: outcome.result };
    case "failed":
      return { ask: "fail", attempt, diagnostic: outcome.diagnostic };
    case "stopped":
      // Cancelled trials have their status already; a replaced attempt has nothing to say.
      return reason === "shutdown" ? { ask: "release", attempt } : undefined;
  }
}

async function run(
  place: WorkerPlace,
  trial: string,
  hooks: { readonly signal: AbortSignal; readonly onEvent: (event: RunEvent) => void },
): Promise<Outcome> {
  const found = await readTrial(place.database, trial);
  if (!found) throw new Error(`worker: the trial ${trial} was claimed, but isn't there`);
  let failure: Diagnostic | undefined;
  try {
    const result = await runTrialHere(found, {
      library: place.library,
      home: place.home,
      signal: hooks.signal,
      onEvent: (event) => {
        if (event.type === "run.failed") failure = event.diagnostic;
        hooks.onEvent(event);
      },
    });
    if (result) return { is: "done", result };
    return failure ? { is: "failed", diagnostic: failure } : { is: "stopped" };
  } catch (error) {
    if (hooks.signal.aborted) return { is: "stopped" };
    const problem = error instanceof Error ? error.message : String(error);
    const diagnostic = diagnose.trial.trialCrashed({ place: { at: "graph" }, problem });
    hooks.onEvent({ type: "run.failed", diagnostic });
    return { is: "failed", diagnostic };
  }
}

function keepLease(
  database: Database,
  of: { readonly trial: string; readonly attempt: number },
  stop: (reason: StopReason) => void,
): { end(): void } {
  const timer = setInterval(() => {
    renewLease(database, of.trial, { attempt: of.attempt, leaseSeconds: LEASE_SECONDS })
      .then((isOurs) => {
        if (!isOurs) stop("replaced");
      })
      .catch(() => undefined); // the database is away: the next renewal, or the log, will tell
  }, RENEW_MS);
  return { end: () => clearInterval(timer) };
}

import type { TrialSummary } from "@seams/api";
import { shortDuration, shortNumber } from "@seams/ui";
import type { LogEntry, RunLog } from "./run-log";

/** Where a trial stands, in a few words. */
export function statusWords(
  { status, attempt, starting }: Pick<RunLog, "status" | "attempt" | "starting">,
  queuePosition?: number,
): string {
  switch (status) {
    case "queued":
      return queuePosition === undefined ? "Queued" : `Queued #${queuePosition}`;
    case "running":
      if (attempt <= 1) return starting ? "Starting" : "Running";
      return starting ? `Recovering (attempt ${attempt})` : `Running (attempt ${attempt})`;
    case "done":
      return "Done";
    case "failed":
      return "Failed";
    case "cancelled":
      return "Cancelled";
  }
}

const STOPPED = {
  steps: "after all its steps",
  early: "early: the validation loss did not get better",
  budget: "at its limit of time",
} as const;

/** One line of the log in a sentence. */
export function eventWords({ event }: LogEntry): string {
  switch (event.type) {
    case "status":
      return `${statusWords({ ...event, starting: false })}.`;
    case "run.started":
      return `The run begins: ${event.phases.length} ${event.phases.length === 1 ? "phase" : "phases"} on ${event.engine.backend}.`;
    case "phase.started":
      return `${event.phase}: begins${reason(event.because)}`;
    case "phase.cached":
      return `${event.phase}: comes from the cache${reason(event.because)}`;
    case "phase.resumed":
      return `${event.phase}: goes on from the checkpoint at step ${event.step.toLocaleString("en")}.`;
    case "steps.finished": {
      const validation =
        event.validationLoss === undefined ? "" : `, validation ${shortNumber(event.validationLoss)}`;
      return `${event.phase}: step ${event.step.toLocaleString("en")}, loss ${shortNumber(event.loss)}${validation}.`;
    }
    case "examples.predicted":
      return `${event.phase}: ${event.examples.length} predictions at step ${event.step.toLocaleString("en")}.`;
    case "phase.finished":
      return `${event.phase}: stopped ${STOPPED[event.stopped]}, best at step ${event.bestStep.toLocaleString("en")}, ${shortDuration(event.seconds)}.`;
    case "run.finished":
      return `The run is done in ${shortDuration(event.result.seconds)}.`;
    case "run.failed":
      return `The run failed: ${event.diagnostic.message}`;
    case "run.cancelled":
      return `The run was stopped at step ${event.step.toLocaleString("en")}; a checkpoint is kept.`;
  }
}

/** The end of a sentence that says why: `, because: …`. */
const reason = (because: string): string =>
  because === "" ? "." : `, because: ${because.replace(/\.$/, "")}.`;

/** Seconds between a trial's start and its end, or now. */
export function elapsedSeconds(
  { startedAt, endedAt }: Pick<TrialSummary, "startedAt" | "endedAt">,
  now: number,
): number | undefined {
  if (startedAt === undefined) return undefined;
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return Math.max(0, (end - Date.parse(startedAt)) / 1000);
}

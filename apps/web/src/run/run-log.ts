import type { LiveEvent, TrialView } from "@seams/api";
import { emptyRun, foldRun, type RunView } from "@seams/core/train";

/** One line of the log: an event of the run, or a change of the trial's status. */
export interface LogEntry {
  readonly seq: number;
  readonly event: LiveEvent["event"];
}

/** A trial as the page knows it: what the API answered, and everything that came over the wire since. */
export interface RunLog {
  readonly status: TrialView["summary"]["status"];
  readonly attempt: number;
  /** A worker has this attempt, but it has not begun: it looks for what an earlier one has left. */
  readonly starting: boolean;
  readonly view: RunView;
  readonly entries: readonly LogEntry[];
  readonly seq: number;
}

/** The log as the API answered it. */
export function openLog({ summary, events, lastSeq }: TrialView): RunLog {
  const view = events.reduce((before, { event }) => foldRun(before, event), emptyRun);
  return {
    status: summary.status,
    attempt: summary.attempt,
    starting: summary.status === "running" && view.status !== "running",
    view,
    entries: events,
    seq: lastSeq,
  };
}

/** The log after more events; those that it has are left out. */
export function extendLog(log: RunLog, events: readonly LiveEvent[]): RunLog {
  let { status, attempt, starting, view, seq } = log;
  const entries = [...log.entries];
  for (const { seq: at, event } of events) {
    if (at <= seq) continue;
    seq = at;
    entries.push({ seq: at, event });
    if (event.type === "status") {
      ({ status, attempt } = event);
      starting = status === "running";
    } else {
      view = foldRun(view, event);
      starting = false;
    }
  }
  return { status, attempt, starting, view, entries, seq };
}

/** What the API answers later never takes back what came over the wire meanwhile. */
export function refreshLog(log: RunLog, answer: TrialView): RunLog {
  return answer.lastSeq >= log.seq ? openLog(answer) : log;
}

/** Entries worth reading one by one; the rest are measurements. */
export const isMilestone = ({ event }: LogEntry): boolean =>
  event.type !== "steps.finished" && event.type !== "examples.predicted";

import type { ExperimentListRow, TrialRow, TrialScores } from "@seams/db";
import type { ExperimentStatus, TrialStatus, TrialSummary } from "./wire";

/** A trial as lists show it. */
export function summarise(trial: TrialRow<TrialScores>): TrialSummary {
  const { id, experiment, pipeline, budget, seed, status, attempt } = trial;
  const { result, diagnostic, queuePosition, startedAt, endedAt } = trial;
  return {
    id,
    experiment,
    pipeline,
    budget,
    seed,
    status,
    attempt,
    ...(result === null ? {} : { seconds: result.seconds, test: result.test }),
    ...(diagnostic === null ? {} : { diagnostic }),
    ...(queuePosition === null ? {} : { queuePosition }),
    ...(startedAt === null ? {} : { startedAt: startedAt.toISOString() }),
    ...(endedAt === null ? {} : { endedAt: endedAt.toISOString() }),
  };
}

/** Counts trials by status. */
export function countByStatus(trials: readonly Pick<TrialRow, "status">[]): ExperimentListRow["counts"] {
  const counts: Record<TrialStatus, number> = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (const { status } of trials) counts[status]++;
  return counts;
}

/**
 * What an experiment as a whole does. It runs from its first trial's start until nothing waits; a few failed trials
 * don't make it a failure, and it counts as cancelled when something of it was.
 */
export function experimentStatus(counts: ExperimentListRow["counts"]): ExperimentStatus {
  const ended = counts.done + counts.failed + counts.cancelled;
  if (counts.running > 0) return "running";
  if (counts.queued > 0) return ended > 0 ? "running" : "queued";
  if (counts.cancelled > 0) return "cancelled";
  return counts.done === 0 ? "failed" : "done";
}

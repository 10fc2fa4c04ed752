import type { ExperimentRow } from "@seams/db";

const MOST_KEPT = 50;
/** While trials still end, findings that took long to compute are not computed at every one of them. */
const REST_FACTOR = 10;

/** What is concluded from experiments, computed again only when a trial has ended or was resumed. */
export interface Findings<T> {
  /** Undefined before the first trial is done. Exact once nothing waits or runs; before that it may lag a little. */
  of(experiment: ExperimentRow, progress: "moving" | "over"): Promise<T | undefined>;
}

interface Kept<T> {
  readonly revision: number;
  readonly found: Promise<T | undefined>;
  /** Not computed again before this moment. */
  restUntil: number;
}

/** Makes a shelf of findings, which are computed from the trials themselves. */
export function createFindings<T>(
  compute: (experiment: ExperimentRow) => Promise<T | undefined>,
): Findings<T> {
  const kept = new Map<string, Kept<T>>();
  return {
    of: (experiment, progress) => {
      const known = kept.get(experiment.id);
      const isResting = progress === "moving" && known !== undefined && performance.now() < known.restUntil;
      if (known && (isResting || known.revision === experiment.revision)) return known.found;
      const startedAt = performance.now();
      const found = compute(experiment);
      const entry: Kept<T> = { revision: experiment.revision, found, restUntil: Number.POSITIVE_INFINITY };
      kept.delete(experiment.id);
      kept.set(experiment.id, entry);
      found.then(
        () => (entry.restUntil = performance.now() + REST_FACTOR * (performance.now() - startedAt)),
        () => kept.delete(experiment.id),
      );
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return found;
    },
  };
}

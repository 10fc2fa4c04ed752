import type { Comparison } from "@seams/core/measure";
import type { Database, ExperimentRow } from "@seams/db";
import { compareTrials } from "./compare-trials";
import type { ProblemLibrary } from "./library/problem-library";

const MOST_KEPT = 50;
/** While trials still end, a comparison that took long to compute is not computed at every one of them. */
const REST_FACTOR = 10;

/** Comparisons of experiments, computed again only when a trial has ended or was resumed. */
export interface Comparisons {
  /** Undefined before the first trial is done. Exact once nothing waits or runs; before that it may lag a little. */
  of(experiment: ExperimentRow, progress: "moving" | "over"): Promise<Comparison | undefined>;
}

interface Kept {
  readonly revision: number;
  readonly comparison: Promise<Comparison | undefined>;
  /** Not computed again before this moment. */
  restUntil: number;
}

/** Makes the shelf of comparisons. */
export function createComparisons(database: Database, library: ProblemLibrary): Comparisons {
  const kept = new Map<string, Kept>();
  return {
    of: (experiment, progress) => {
      const known = kept.get(experiment.id);
      const isResting = progress === "moving" && known !== undefined && performance.now() < known.restUntil;
      if (known && (isResting || known.revision === experiment.revision)) return known.comparison;
      const startedAt = performance.now();
      const comparison = compareTrials(database, library, experiment);
      const entry: Kept = { revision: experiment.revision, comparison, restUntil: Number.POSITIVE_INFINITY };
      kept.delete(experiment.id);
      kept.set(experiment.id, entry);
      comparison.then(
        () => (entry.restUntil = performance.now() + REST_FACTOR * (performance.now() - startedAt)),
        () => kept.delete(experiment.id),
      );
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return comparison;
    },
  };
}

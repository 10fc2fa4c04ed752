import { type Database, type ExperimentRow, readFinding } from "@seams/db";

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

/** Where findings come from. */
export interface FindingSources<T> {
  /** From the trials themselves. */
  compute(experiment: ExperimentRow): Promise<T | undefined>;
  /** What is stored of an experiment that is over. */
  recall(experiment: ExperimentRow): Promise<T | undefined>;
}

/** Makes a shelf of findings. */
export function createFindings<T>({ compute, recall }: FindingSources<T>): Findings<T> {
  const kept = new Map<string, Kept<T>>();
  const find = async (experiment: ExperimentRow, progress: "moving" | "over"): Promise<T | undefined> =>
    (progress === "over" ? await recall(experiment) : undefined) ?? (await compute(experiment));
  return {
    of: (experiment, progress) => {
      const known = kept.get(experiment.id);
      const isResting = progress === "moving" && known !== undefined && performance.now() < known.restUntil;
      if (known && (isResting || known.revision === experiment.revision)) return known.found;
      const startedAt = performance.now();
      const found = find(experiment, progress);
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

/** Reads what this program has stored (finding-keeper.ts), of this revision; nothing where the program has no name. */
export const recallFrom =
  <T>(database: Database, program: string | undefined) =>
  async ({ id, revision }: ExperimentRow): Promise<T | undefined> => {
    if (program === undefined) return undefined;
    // Written by the same program, whose T has not changed since.
    return (await readFinding(database, { experiment: id, revision, program })) as T | undefined;
  };

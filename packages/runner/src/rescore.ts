import type { BackendChoice } from "@seams/core";
import type { Trial, TrialResult } from "@seams/core/train";
import type { DiskCache } from "./cache/disk";
import type { OpenedProblem } from "./problem";
import { expectedEngine, networksKey } from "./results";
import { rescoreTrial } from "./trial";

/** Where trials are rescored. */
export interface RescorePlace {
  readonly problem: OpenedProblem;
  readonly cache: DiskCache;
  readonly backend: BackendChoice;
  readonly signal: AbortSignal;
}

/**
 * Results of those trials whose networks are all trained and have predicted before, where only what follows from that has
 * changed: a formula, a metric. It takes milliseconds a trial, in this process; starting a worker takes hundreds. The
 * others are left out: they are a worker's. So are trials of environments, where networks act.
 */
export async function rescore<T extends Trial>(
  trials: readonly T[],
  { problem, cache, backend, signal }: RescorePlace,
): Promise<ReadonlyMap<T, TrialResult>> {
  const results = new Map<T, TrialResult>();
  const engine = await expectedEngine(cache, backend);
  if (engine === undefined || problem.environment !== undefined) return results;
  const hash = await problem.hash();
  /** Plans whose networks have something new to predict: so they have at other budgets. */
  const refused = new Set<string>();
  for (const trial of trials) {
    if (signal.aborted) break;
    const key = networksKey(trial, { data: hash, engine });
    if (refused.has(trial.plan.graph) || (await cache.getResult(key)) !== true) continue;
    const data = await problem.load();
    const result = await rescoreTrial(trial, { data, cache, expected: engine, backend, signal });
    if (result === undefined) refused.add(trial.plan.graph);
    else results.set(trial, result);
  }
  return results;
}

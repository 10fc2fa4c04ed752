import { FEWEST_SEEDS } from "./interval";

/** How much one budget's numbers vary over seeds. */
export interface Spread {
  /** Rows, above 0. */
  readonly rows: number;
  /** Sample standard deviation over `seeds` seeds. */
  readonly sd: number;
  readonly seeds: number;
}

/** Budgets half a step away count almost fully, budgets two steps away hardly. */
const BANDWIDTH_IN_STEPS = 0.8;

/**
 * Standard deviations smoothed over log n: at each budget, the root of the mean variance of the budgets around it, by a
 * Gaussian kernel as wide as 0.8 of the mean distance between budgets, each weighted by its degrees of freedom. Three
 * seeds alone say little about a variance; their neighbours know nearly the same one.
 *
 * @see Nadaraya, Theory of Probability and its Applications 9, 1964
 * @param spreads by rising rows; those of fewer than 3 seeds are smoothed, but lend nothing unless there is no other
 */
export function smoothedDeviations(spreads: readonly Spread[]): readonly number[] {
  const first = spreads[0]?.rows ?? 1;
  const last = spreads.at(-1)?.rows ?? 1;
  if (spreads.length < 2 || !(last > first)) return spreads.map(({ sd }) => sd);
  const logs = spreads.map(({ rows }) => Math.log(rows));
  const width = (BANDWIDTH_IN_STEPS * Math.log(last / first)) / (spreads.length - 1);
  return spreads.map(({ sd }, k) => {
    let sum = 0;
    let weights = 0;
    for (let other = 0; other < spreads.length; other++) {
      const { seeds, sd: otherSd } = spreads[other] ?? NOTHING;
      const distance = ((logs[other] ?? 0) - (logs[k] ?? 0)) / width;
      if (seeds < FEWEST_SEEDS || Math.abs(distance) > FURTHEST) continue;
      const weight = (seeds - 1) * Math.exp((-distance * distance) / 2);
      sum += weight * otherSd * otherSd;
      weights += weight;
    }
    return weights > 0 ? Math.sqrt(sum / weights) : sd;
  });
}

const NOTHING: Spread = { rows: 1, sd: 0, seeds: 0 };
/** In bandwidths; the kernel is below 4e-6 from there on. */
const FURTHEST = 5;

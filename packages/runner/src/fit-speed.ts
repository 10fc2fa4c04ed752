import type { Speed } from "@seams/core";

/** Steps of one kind that were timed. */
export interface TimedSteps {
  readonly steps: number;
  readonly layers: number;
  /** Operations of one step. */
  readonly flops: number;
  /** Of processor time, all of them together. */
  readonly seconds: number;
}

const SWEEPS = 2_000;

/**
 * The speed that predicts these times with the least sum of squared relative errors, nothing in it below 0: coordinate
 * descent over seconds per step, per layer and per operation, which is convex.
 * @param timed at least one
 */
export function fitSpeed(timed: readonly TimedSteps[]): Speed {
  // Relative: every row is divided by its own time, so that each has to come to 1.
  const rows = timed.map(({ steps, layers, flops, seconds }) =>
    [steps, steps * layers, steps * flops].map((amount) => amount / seconds),
  );
  const costs = [0, 0, 0];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    costs.forEach((cost, k) => {
      let [over, under] = [0, 0];
      for (const row of rows) {
        const own = row[k] ?? 0;
        const left = 1 - row.reduce((sum, amount, j) => sum + amount * (costs[j] ?? 0), 0);
        over += own * (left + own * cost);
        under += own * own;
      }
      costs[k] = under === 0 ? 0 : Math.max(0, over / under);
    });
  }
  const [secondsPerStep = 0, secondsPerLayer = 0, secondsPerFlop = 0] = costs;
  // Arithmetic that costs nothing measurable beside the rest: as fast as no processor is.
  return { secondsPerStep, secondsPerLayer, flopsPerSecond: secondsPerFlop > 0 ? 1 / secondsPerFlop : 1e13 };
}

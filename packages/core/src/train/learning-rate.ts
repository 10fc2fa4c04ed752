import type { OptimiserSpec, RateSchedule } from "./stepper";

/** Part of the learning rate below which no schedule goes: a rate of 0 would have no Adam step. */
const LEAST_PART = 1e-6;

/**
 * The learning rate of a step, from 1 on. With w steps of warm-up, step t ≤ w has t/w of the rate. After them, with
 * s = t − 1 − w: cosine ½(1 + cos(π s / (steps − w))), step factor^⌊s / every⌋.
 * @see Loshchilov & Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017), equation 5, without restarts
 */
export function rateAt({ learningRate, schedule }: OptimiserSpec, step: number): number {
  if (schedule === undefined) return learningRate;
  const { warmUp } = schedule;
  if (step <= warmUp) return (learningRate * step) / warmUp;
  return learningRate * Math.max(LEAST_PART, partAfter(schedule, step - 1 - warmUp));
}

/** @param since steps that were taken since the warm-up */
function partAfter(schedule: RateSchedule, since: number): number {
  switch (schedule.shape) {
    case "constant":
      return 1;
    case "cosine": {
      const way = since / Math.max(1, schedule.steps - schedule.warmUp);
      return (1 + Math.cos(Math.PI * Math.min(1, way))) / 2;
    }
    case "step":
      return schedule.factor ** Math.floor(since / schedule.every);
  }
}

/** Factor on a gradient of this length that makes it at most as long as it may be. */
export const shrinkage = (length: number, { clipNorm }: OptimiserSpec): number =>
  clipNorm !== undefined && length > clipNorm ? clipNorm / length : 1;

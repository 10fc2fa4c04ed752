import { describe, expect, it } from "vitest";
import { rateAt, shrinkage } from "./learning-rate";
import type { OptimiserSpec, RateSchedule } from "./stepper";

const sgd: OptimiserSpec = { name: "sgd", learningRate: 0.5, momentum: 0, weightDecay: 0, layerRates: {} };

const rates = (schedule: RateSchedule, steps: readonly number[]): readonly number[] =>
  steps.map((step) => Number(rateAt({ ...sgd, schedule }, step).toFixed(6)));

describe("rateAt", () => {
  it("is the learning rate where there is no schedule", () => {
    expect(rateAt(sgd, 1)).toBe(0.5);
    expect(rateAt(sgd, 1e6)).toBe(0.5);
  });

  it("warms up in a straight line, then stays", () => {
    expect(rates({ shape: "constant", warmUp: 4 }, [1, 2, 4, 5, 100])).toEqual([0.125, 0.25, 0.5, 0.5, 0.5]);
  });

  it("goes down in half a wave to the last step", () => {
    const cosine: RateSchedule = { shape: "cosine", warmUp: 2, steps: 10 };
    expect(rates(cosine, [1, 2, 3, 7])).toEqual([0.25, 0.5, 0.5, 0.25]);
    expect(rates(cosine, [5])).toEqual([Number((0.25 * (1 + Math.SQRT1_2)).toFixed(6))]);
    expect(rateAt({ ...sgd, schedule: cosine }, 10)).toBeGreaterThan(0);
    expect(rateAt({ ...sgd, schedule: cosine }, 11)).toBeCloseTo(0.5e-6, 12);
  });

  it("goes down by a factor every so many steps, and never to 0", () => {
    const step: RateSchedule = { shape: "step", warmUp: 1, every: 3, factor: 0.1 };
    expect(rates(step, [1, 2, 4, 5, 7, 8])).toEqual([0.5, 0.5, 0.5, 0.05, 0.05, 0.005]);
    expect(rateAt({ ...sgd, schedule: step }, 1e6)).toBeCloseTo(0.5e-6, 12);
  });
});

describe("shrinkage", () => {
  it("shortens what is too long, and nothing else", () => {
    expect(shrinkage(5, { ...sgd, clipNorm: 2 })).toBeCloseTo(0.4, 12);
    expect(shrinkage(2, { ...sgd, clipNorm: 2 })).toBe(1);
    expect(shrinkage(5, sgd)).toBe(1);
  });
});

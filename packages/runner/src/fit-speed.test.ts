import { type Speed, secondsPerFit } from "@seams/core";
import { describe, expect, it } from "vitest";
import { fitSpeed, type TimedFit } from "./fit-speed";

const SIZES = [
  { steps: 1000, checks: 40, layers: 3, otherFlops: 1e5, slidingFlops: 0 },
  { steps: 500, checks: 40, layers: 20, otherFlops: 2e6, slidingFlops: 1e6 },
  { steps: 50, checks: 10, layers: 9, otherFlops: 4e8, slidingFlops: 0 },
  { steps: 200, checks: 40, layers: 6, otherFlops: 3e7, slidingFlops: 2e8 },
  { steps: 300, checks: 13, layers: 12, otherFlops: 1e6, slidingFlops: 5e7 },
  { steps: 1, checks: 1, layers: 6, otherFlops: 3e7, slidingFlops: 2e8 },
  { steps: 1, checks: 1, layers: 3, otherFlops: 1e5, slidingFlops: 0 },
];
const TRUE: Required<Speed> = {
  secondsPerProgram: 0.02,
  secondsPerCheck: 4e-4,
  secondsPerStep: 3e-5,
  secondsPerLayer: 5e-6,
  flopsPerSecond: 4e10,
  slidingFlopsPerSecond: 1e10,
};
const timedBy = (speed: Speed, noise: readonly number[] = []): TimedFit[] =>
  SIZES.map((size, k) => ({ ...size, seconds: (noise[k] ?? 1) * secondsPerFit(size, speed) }));

describe("fitting a machine's speed", () => {
  it("finds the speed that times were made with", () => {
    const speed = fitSpeed(timedBy(TRUE));
    for (const [name, value] of Object.entries(TRUE))
      expect(speed[name as keyof Speed] / value, name).toBeCloseTo(1, 6); // the keys of a speed
  });

  it("gives nothing below 0, whatever the noise", () => {
    const noise = [1.4, 0.8, 1.2, 0.7, 1.5, 0.6, 1.3];
    const speed = fitSpeed(timedBy({ ...TRUE, secondsPerStep: 0, secondsPerProgram: 0 }, noise));
    for (const [name, value] of Object.entries(speed)) expect(value, name).toBeGreaterThanOrEqual(0);
  });

  it("weighs short and long times alike: all predictions are as far off as the noise", () => {
    const timed = timedBy(TRUE, [1.3, 0.8, 1.2, 0.9, 1.1, 0.8, 1.2]);
    const speed = fitSpeed(timed);
    for (const one of timed)
      expect(Math.abs(Math.log(one.seconds / secondsPerFit(one, speed)))).toBeLessThan(Math.log(1.4));
  });

  it("makes do with a single fit", () => {
    const [first] = timedBy(TRUE);
    if (first === undefined) throw new Error("no fit");
    expect(secondsPerFit(first, fitSpeed([first])) / first.seconds).toBeCloseTo(1, 3);
  });
});

import { describe, expect, it } from "vitest";
import { fitSpeed, type TimedSteps } from "./fit-speed";

const SIZES = [
  { steps: 1000, layers: 3, flops: 1e5 },
  { steps: 500, layers: 20, flops: 2e6 },
  { steps: 50, layers: 9, flops: 4e8 },
  { steps: 200, layers: 6, flops: 3e7 },
];
const timedBy = (
  step: number,
  layer: number,
  flops: number,
  noise = (_: number): number => 1,
): TimedSteps[] =>
  SIZES.map((size, k) => ({
    ...size,
    seconds: noise(k) * size.steps * (step + layer * size.layers + size.flops / flops),
  }));

describe("fitting a machine's speed", () => {
  it("finds the speed that times were made with", () => {
    const speed = fitSpeed(timedBy(3e-5, 5e-6, 2e10));
    expect(speed.secondsPerStep).toBeCloseTo(3e-5, 8);
    expect(speed.secondsPerLayer).toBeCloseTo(5e-6, 9);
    expect(speed.flopsPerSecond / 2e10).toBeCloseTo(1, 3);
  });

  it("gives nothing below 0, whatever the noise", () => {
    const speed = fitSpeed(timedBy(0, 8e-6, 2e10, (k) => [1.4, 0.8, 1.2, 0.7][k] ?? 1));
    expect(speed.secondsPerStep).toBeGreaterThanOrEqual(0);
    expect(speed.secondsPerLayer).toBeGreaterThanOrEqual(0);
    expect(speed.flopsPerSecond).toBeGreaterThan(0);
  });

  it("weighs short and long times alike", () => {
    const factor = (size: TimedSteps, speed: ReturnType<typeof fitSpeed>): number =>
      (size.steps *
        (speed.secondsPerStep + size.layers * speed.secondsPerLayer + size.flops / speed.flopsPerSecond)) /
      size.seconds;
    const timed = timedBy(3e-5, 5e-6, 2e10, (k) => [1.3, 0.8, 1.2, 0.9][k] ?? 1);
    const speed = fitSpeed(timed);
    for (const one of timed) expect(Math.abs(Math.log(factor(one, speed)))).toBeLessThan(Math.log(1.4));
  });
});

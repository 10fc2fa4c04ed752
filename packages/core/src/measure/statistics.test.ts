import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { stream } from "../random/streams";
import { holm } from "./holm";
import {
  isEquivalent,
  meanInterval,
  meanP,
  pairedInterval,
  shareInterval,
  standardDeviation,
} from "./interval";
import { seedsFor } from "./sample-size";
import { signFlipP, smallestSignFlipP } from "./sign-flip";
import { testSetError } from "./test-set";

describe("intervals", () => {
  it("are mean ± t·sd/√n", () => {
    // mean 3, sd √2.5, t₀.₉₇₅(4) = 2.776445: half width 1.963243
    const interval = meanInterval([1, 2, 3, 4, 5]);
    expect(interval).toMatchObject({ mean: 3, n: 5 });
    expect(interval.sd).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(interval.low).toBeCloseTo(3 - 1.963243, 5);
    expect(interval.high).toBeCloseTo(3 + 1.963243, 5);
  });

  it("do not exist under three numbers", () => {
    expect(meanInterval([0.5, 0.7])).toEqual({ mean: 0.6, n: 2, sd: expect.closeTo(0.1414, 4) });
  });

  it("have no width where all numbers are equal, whatever rounding does to their sum", () => {
    const interval = meanInterval([0.1, 0.1, 0.1]);
    expect(interval).toEqual({ mean: 0.1, n: 3, sd: 0, low: 0.1, high: 0.1 });
    expect(standardDeviation([0.7, 0.7, 0.7, 0.7])).toBe(0);
    expect(meanP(interval)).toBe(0);
    expect(meanP(meanInterval([0, 0, 0]))).toBe(1);
  });

  it("pair seed by seed", () => {
    const interval = pairedInterval([0.9, 0.8, 0.7], [0.8, 0.7, 0.6]);
    expect(interval.mean).toBeCloseTo(0.1, 12);
    expect((interval.high ?? 1) - (interval.low ?? 0)).toBeLessThan(1e-9);
    expect(() => pairedInterval([1], [1, 2])).toThrow();
  });

  it("of shares stay between 0 and 1, also where every row is right", () => {
    const { low, high, mean } = shareInterval([1, 1, 0.99, 1, 0.98], 1000);
    expect(mean).toBeCloseTo(0.994, 12);
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(mean);
    expect(high).toBeLessThanOrEqual(1);
    expect(high).toBeGreaterThanOrEqual(mean);
  });

  it("hold the true mean of normal numbers 95 times in 100, down to three numbers", () => {
    const random = stream(seed(1), "coverage");
    for (const n of [3, 5, 10]) {
      let held = 0;
      for (let round = 0; round < 3000; round++) {
        const { low = 1, high = -1 } = meanInterval(Array.from({ length: n }, () => random.normal()));
        if (low <= 0 && high >= 0) held++;
      }
      expect(Math.abs(held / 3000 - 0.95)).toBeLessThan(0.013); // 3 standard errors
    }
  });

  it("show equivalence only where the 90 % interval fits inside the margin", () => {
    expect(isEquivalent([0.001, -0.002, 0.001, 0, 0.001], 0.01)).toBe(true);
    expect(isEquivalent([0.03, -0.03, 0.001], 0.01)).toBe(false);
    expect(isEquivalent([0.02, 0.02, 0.02], 0.01)).toBe(false);
    expect(isEquivalent([0, 0], 0.01)).toBe(false);
  });
});

describe("holm", () => {
  it("multiplies the smallest by their number, and keeps the order", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    expect(adjusted.map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it("gives at most 1, and nothing for nothing", () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe("the sign-flip test", () => {
  it("counts the patterns that are at least as extreme", () => {
    expect(signFlipP([1, 1, 1, 1, 1])).toBe(2 / 32);
    expect(signFlipP([3, 2, -1])).toBe(4 / 8); // sums ±6, ±4 of 8: two patterns each
    expect(signFlipP([0, 0, 0])).toBe(1);
    expect(signFlipP([0.1, 0.1, 0.1, -0.1])).toBe(10 / 16);
  });

  it("cannot reach 5 % with fewer than six differences", () => {
    expect(smallestSignFlipP(5)).toBeGreaterThan(0.05);
    expect(smallestSignFlipP(6)).toBeLessThan(0.05);
  });

  it("is not counted for none or very many", () => {
    expect(signFlipP([])).toBeUndefined();
    expect(signFlipP(Array.from({ length: 17 }, () => 1))).toBeUndefined();
  });
});

describe("seedsFor", () => {
  it("is (1.96 + 0.84)²·sd²/δ² + 2", () => {
    expect(seedsFor(0.02, 0.02)).toBe(10); // 7.85 + 2
    expect(seedsFor(0.02, 0.01)).toBe(34); // 31.4 + 2
    expect(seedsFor(0, 0.01)).toBe(2);
  });
});

describe("testSetError", () => {
  it("is McNemar's for one seed", () => {
    // N = 10, b = 3, c = 1: √(4 − 4/10)/10
    const a = [1, 1, 1, 0, 1, 1, 1, 1, 0, 0];
    const b = [0, 0, 0, 1, 1, 1, 1, 1, 0, 0];
    expect(testSetError([[a, b]])).toBeCloseTo(Math.sqrt(4 - 0.4) / 10, 12);
  });

  it("leaves out rows that are not scored, and averages seeds row by row", () => {
    expect(
      testSetError([
        [
          [1, -1, 0],
          [0, 1, 0],
        ],
      ]),
    ).toBeCloseTo(Math.sqrt(1 - 1 / 2) / 2, 12);
    const once =
      testSetError([
        [
          [1, 0, 1, 0],
          [0, 1, 1, 0],
        ],
      ]) ?? 0;
    const balanced = testSetError([
      [
        [1, 0, 1, 0],
        [0, 1, 1, 0],
      ],
      [
        [0, 1, 1, 0],
        [1, 0, 1, 0],
      ],
    ]);
    expect(once).toBeGreaterThan(0);
    expect(balanced).toBe(0);
  });

  it("is unknown without scored rows", () => {
    expect(testSetError([[[-1], [1]]])).toBeUndefined();
  });
});

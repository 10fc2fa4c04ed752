import { describe, expect, it } from "vitest";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { studentQuantile } from "../student-t";
import { type KnownCurve, learningCurve } from "../learning-curve/curve";
import { withBends } from "./bends";
import { beyondRange } from "./beyond";
import { crossover, type MeasuredCrossover } from "./crossover";
import { decidedRuns, firstZero } from "./decided-runs";

const FIVE = [32, 100, 316, 1000, 3162];
/** Five differences with mean 0 and sd 1. */
const UNIT = [-1.2649, -0.6325, 0, 0.6325, 1.2649];

const differences = (means: readonly number[], sd = 0.01, budgets = FIVE) =>
  means.map((mean, k) => ({ rows: budgets[k]!, differences: UNIT.map((z) => mean + sd * z) }));

describe("crossover", () => {
  /** Straight over log n, 0 at n*. */
  const straight = (star: number): readonly number[] => FIVE.map((rows) => 0.05 * Math.log(star / rows));

  it("is an interval where both signs are decided, by the closed form", () => {
    // |.05·ln(n*/n)| ≤ t·sd/√5
    const reach = (studentQuantile(0.975, 4) * 0.01) / Math.sqrt(5);
    const found = crossover(differences(straight(500)));
    expect(found).toMatchObject({ shows: "interval", before: "a", seeds: 5 });
    if (found.shows !== "interval") return;
    expect(found.estimate).toBeCloseTo(500, 6);
    expect(found.low).toBeCloseTo(500 * Math.exp(-reach / 0.05), 1);
    expect(found.high).toBeCloseTo(500 * Math.exp(reach / 0.05), 1);
  });

  it("is longer where the difference bends between budgets that lie far apart", () => {
    const bent = crossover(differences([0.1, 0.1, 0.1, -0.1, -0.1], 0));
    expect(bent).toMatchObject({ shows: "interval", estimate: expect.closeTo(Math.sqrt(316 * 1000), 6) });
    if (bent.shows === "interval") expect(bent.high / bent.low).toBeGreaterThan(1.2);
  });

  it("is one-sided where one end is undecided", () => {
    expect(crossover(differences([0.1, 0.1, 0.05, 0.001, -0.002]))).toMatchObject({
      shows: "one-sided",
      decided: "a",
      low: expect.closeTo(752, -1),
      estimate: expect.any(Number),
    });
    const early = crossover(differences([0, 0.001, -0.06, -0.1, -0.3]));
    expect(early).toMatchObject({ shows: "one-sided", decided: "b" });
    expect(early).not.toHaveProperty("low");
  });

  it("was never seen where one sign is decided everywhere", () => {
    expect(crossover(differences([0.7, 0.6, 0.5, 0.4, 0.3]))).toMatchObject({ shows: "never", decided: "a" });
  });

  it("is several where the sign is decided three times, or both ends are open", () => {
    expect(crossover(differences([0.1, -0.1, -0.1, 0.1, 0.1]))).toMatchObject({
      shows: "several",
      stretches: [{ estimate: expect.closeTo(Math.sqrt(3200), 6) }, { low: expect.any(Number) }],
    });
    expect(crossover(differences([0, 0.1, 0.1, 0.1, 0]))).toMatchObject({ shows: "several" });
  });

  it("is not estimable without a decided difference, two budgets or three seeds", () => {
    expect(crossover(differences([0, 0, 0, 0, 0]))).toMatchObject({
      shows: "not-estimable",
      why: "undecided",
    });
    expect(crossover(differences([0.1]))).toMatchObject({ shows: "not-estimable", why: "budgets" });
    expect(crossover([{ rows: 10, differences: [1, 2] }])).toEqual({
      shows: "not-estimable",
      why: "seeds",
      seeds: 2,
    });
    expect(crossover([])).toMatchObject({ why: "seeds", seeds: 0 });
  });

  it("is a point where all seeds agree", () => {
    const found = crossover(differences(straight(500), 0));
    expect(found).toMatchObject({ shows: "interval" });
    if (found.shows === "interval") expect(found.high - found.low).toBeLessThan(1e-6);
  });

  it.each([
    [3, 0],
    [3, 0.7],
    [5, 0],
    [5, 0.7],
    [8, 0],
    [8, 0.7],
  ])(
    "takes the true crossover into its answer 93 times in 100 with %d seeds, budgets correlated by %d",
    (seeds, correlation) => {
      const rounds = 500;
      const random = stream(seed(3), "crossover", seeds, correlation);
      let held = 0;
      for (let round = 0; round < rounds; round++) {
        const star = 60 * 25 ** random.uniform();
        const steep = 0.04 + 0.05 * random.uniform();
        const truth = (rows: number): number => steep * Math.log(star / rows);
        // Noise that is largest where the curves cross, or shrinks with rows: a smoothed sd must not be fooled.
        const noise = (rows: number): number =>
          round % 2 ? 0.02 + 0.05 * Math.exp(-(Math.log(rows / star) ** 2) / 2) : 0.1 * (rows / 32) ** -0.4;
        const shared = Array.from({ length: seeds }, () => random.normal());
        const found = crossover(
          FIVE.map((rows) => ({
            rows,
            differences: shared.map(
              (z) =>
                truth(rows) +
                noise(rows) * (Math.sqrt(correlation) * z + Math.sqrt(1 - correlation) * random.normal()),
            ),
          })),
        );
        if (admits(found, star)) held++;
      }
      expect(held / rounds).toBeGreaterThan(0.93);
    },
  );
});

function admits(found: MeasuredCrossover, rows: number): boolean {
  const within = ({ low = 0, high = Infinity }: { low?: number; high?: number }): boolean =>
    low <= rows && rows <= high;
  switch (found.shows) {
    case "interval":
    case "one-sided":
      return within(found);
    case "several":
      return found.stretches.some(within);
    case "never":
      return false;
    case "not-estimable":
      return true;
  }
}

describe("decided runs", () => {
  it("end exactly where the difference leaves its reach", () => {
    expect(
      decidedRuns([
        { at: 0, mean: 3, reach: 1 },
        { at: 2, mean: -1, reach: 1 },
        { at: 4, mean: -3, reach: 1 },
      ]),
    ).toEqual([
      { from: 0, to: 1, sign: 1 },
      { from: 2, to: 4, sign: -1 },
    ]);
  });

  it("are joined by what a parabola is off from its chord", () => {
    // D = at², D″ = 2: off by h²·2/8 = .25 in the middle of a step of 1
    const knots = [0, 1, 2, 3].map((at) => ({ at, mean: at ** 2, reach: 0 }));
    const between = withBends(knots).filter(({ at }) => !Number.isInteger(at));
    for (const { at, mean, reach } of between) expect(mean - at ** 2).toBeCloseTo(reach, 12);
    expect(withBends(knots)).toHaveLength(13);
  });

  it("find the first zero of the mean", () => {
    const knots = [
      { at: 0, mean: 1, reach: 9 },
      { at: 1, mean: -1, reach: 9 },
      { at: 2, mean: 3, reach: 9 },
    ];
    expect(firstZero(knots, 0, 2)).toBe(0.5);
    expect(firstZero(knots, 1, 2)).toBe(1.25);
    expect(firstZero(knots.slice(0, 1), 0, 2)).toBeUndefined();
  });
});

describe("behind the last budget", () => {
  const curveOf = (error: (rows: number) => number, spread = 0.002): KnownCurve => {
    const curve = learningCurve({
      budgets: FIVE.map((rows) => ({ rows, errors: UNIT.map((z) => error(rows) + spread * z) })),
    });
    if (curve.status === "not-estimable") throw new Error(curve.words);
    return curve;
  };

  it("curves cross where their formulas do", () => {
    // a flat curve at .1 and .1·√(n*/n), at twice the last budget
    const star = 6324;
    const flat = curveOf(() => 0.1);
    const falling = curveOf((n) => 0.1 * (n / star) ** -0.5);
    const found = beyondRange(flat, falling);
    expect(found?.estimate).toBeCloseTo(star, -1);
    expect(found?.byTwice).toBeGreaterThan(0.4);
    expect(found?.byTwice).toBeLessThan(0.6);
    expect(found?.byFourTimes).toBeGreaterThan(0.95);
  });

  it("curves that stay apart have almost no chance to cross", () => {
    const found = beyondRange(
      curveOf((n) => 0.02 + n ** -0.6),
      curveOf((n) => 0.3 + n ** -0.6),
    );
    expect(found).not.toHaveProperty("estimate");
    expect(found?.byFourTimes).toBeLessThan(0.01);
  });

  it("rising curves say nothing", () => {
    const rising = curveOf((n) => (n > 500 ? 0.4 : 0.2));
    expect(rising.status).toBe("non-monotone");
    expect(
      beyondRange(
        rising,
        curveOf(() => 0.5),
      ),
    ).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { chooseCurve } from "./choose";
import { foretellError, halfWay, type KnownCurve, learningCurve } from "./curve";
import { type CurveFamily, families } from "./family";
import { type CurvePoint, errorAt, fitFamily } from "./fit";
import { jackknife } from "./jackknife";
import { type BudgetErrors, curvePoints, risesAt } from "./samples";

const SEVEN = [32, 64, 128, 256, 512, 1024, 2048];
const FIVE = [32, 100, 316, 1000, 3162];

const pointsOf = (error: (rows: number) => number, budgets = SEVEN): readonly CurvePoint[] =>
  budgets.map((rows) => ({ rows, error: error(rows), weight: 1 }));

/** Errors that vary a little by seed, the same at each budget. */
const errorsOf = (
  error: (rows: number) => number,
  { budgets = SEVEN, seeds = 5, spread = 0.004 } = {},
): readonly BudgetErrors[] =>
  budgets.map((rows) => ({
    rows,
    errors: Array.from({ length: seeds }, (_, k) => error(rows) + spread * (k - (seeds - 1) / 2)),
  }));

function known(budgets: readonly BudgetErrors[], chance?: number): KnownCurve {
  const curve = learningCurve({ budgets, chance });
  if (curve.status === "not-estimable") throw new Error(curve.words);
  return curve;
}

describe("fitting a family", () => {
  it("finds a, b and c of a power law", () => {
    const { params } = fitFamily(
      "pow3",
      pointsOf((n) => 0.05 + 2 * n ** -0.6, FIVE),
    );
    expect(params["a"]).toBeCloseTo(0.05, 6);
    expect(params["b"]).toBeCloseTo(2, 5);
    expect(params["c"]).toBeCloseTo(0.6, 6);
  });

  it("finds a, b and m of an exponential", () => {
    const { params } = fitFamily(
      "exp3",
      pointsOf((n) => 0.1 + 0.5 * Math.exp(-n / 300), FIVE),
    );
    expect(params["a"]).toBeCloseTo(0.1, 6);
    expect(params["b"]).toBeCloseTo(0.5, 6);
    expect(params["m"]).toBeCloseTo(300, 2);
  });

  it.each([
    ["mmf4", (n: number) => 0.08 + 0.6 / (1 + (n / 250) ** 1.3)],
    ["wbl4", (n: number) => 0.08 + 0.6 * Math.exp(-((n / 400) ** 0.8))],
  ] as const)("follows a curve of %s to a thousandth, also at 4 times the last budget", (family, truth) => {
    const curve = fitFamily(family, pointsOf(truth));
    for (const n of [...SEVEN, 8192]) expect(Math.abs(errorAt(curve, n) - truth(n))).toBeLessThan(1e-3);
  });

  it("is no worse than a fine grid over all three parameters", () => {
    const noisy = pointsOf((n) => 0.04 + 1.5 * n ** -0.5 + 0.01 * Math.sin(n), FIVE).map((point, k) => ({
      ...point,
      weight: 1 + k,
    }));
    const lossOf = (error: (rows: number) => number): number =>
      noisy.reduce((sum, { rows, error: seen, weight }) => sum + weight * (seen - error(rows)) ** 2, 0);
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0.05; c <= 2; c += 0.01) {
      for (let a = 0; a <= 0.2; a += 0.004) {
        for (let b = 0; b <= 4; b += 0.04)
          best = Math.min(
            best,
            lossOf((n) => a + b * n ** -c),
          );
      }
    }
    const curve = fitFamily("pow3", noisy);
    expect(lossOf((n) => errorAt(curve, n))).toBeLessThanOrEqual(best);
  });

  it("keeps the errors at unlimited data and the fall at 0 or above", () => {
    const steep = fitFamily(
      "pow3",
      pointsOf((n) => Math.max(0, 0.6 - 0.08 * Math.log(n)), FIVE),
    );
    expect(steep.params["a"]).toBeGreaterThanOrEqual(0);
    const rising = fitFamily(
      "pow3",
      pointsOf((n) => 0.1 + 0.02 * Math.log(n), FIVE),
    );
    expect(rising.params["b"]).toBe(0);
  });

  it("lets precise budgets count more", () => {
    const [first, ...others] = errorsOf((n) => 0.1 + n ** -0.5, { spread: 0.001 });
    const weights = curvePoints([
      { rows: first!.rows, errors: first!.errors.map((error, k) => (error ?? 0) + 0.1 * (k - 2)) },
      ...others,
    ]).map(({ weight }) => weight);
    expect(weights[0]).toBeLessThan(weights[3]! / 5);
  });
});

describe("choosing a family", () => {
  it.each(["pow3", "exp3", "mmf4", "wbl4"] as const)("recognises %s by what it foretells", (name) => {
    const { fall, shape } = families[name];
    const at = fall(shape.map((parameter) => ({ c: 0.7, m: 300, d: 1.6 })[parameter] ?? 1));
    const { curve } = chooseCurve(pointsOf((n) => 0.05 + 0.6 * at(Math.log(n))));
    expect(curve.family).toBe(name);
  });

  it("has no four parameters for five budgets", () => {
    const chosen = new Set<CurveFamily>();
    for (let m = 20; m < 3000; m *= 1.5) {
      chosen.add(chooseCurve(pointsOf((n) => 0.05 + 0.6 / (1 + (n / m) ** 1.6), FIVE)).curve.family);
    }
    expect([...chosen].every((name) => ["pow3", "exp3", "last1"].includes(name))).toBe(true);
  });

  it("repeats the last value where nothing foretells better", () => {
    const curve = chooseCurve(pointsOf((n) => (n < 100 ? 0.6 : 0.2), [32, 64, 128, 256, 512])).curve;
    expect(curve).toEqual({ family: "last1", params: { a: 0.2 } });
  });
});

describe("learningCurve", () => {
  const truth = (n: number): number => 0.05 + 2 * n ** -0.6;

  it("leaves out budgets that are no better than chance", () => {
    const curve = known(
      errorsOf((n) => (n < 100 ? 0.75 : truth(n))),
      0.75,
    );
    expect(curve.leftOut).toEqual([32, 64]);
    expect(curve.first).toBe(128);
    expect(curve.words).toContain("Left out, no better than chance or too few seeds: 32 and 64 rows.");
  });

  it("is not estimable from fewer than four budgets above chance, or three seeds", () => {
    expect(learningCurve({ budgets: errorsOf((n) => (n < 500 ? 0.75 : 0.3)), chance: 0.75 })).toMatchObject({
      status: "not-estimable",
      leftOut: [32, 64, 128, 256],
      words: "No curve: 3 budgets clearly better than chance, 4 at chance; at least 4 are needed.",
    });
    expect(learningCurve({ budgets: errorsOf(truth, { seeds: 2 }) }).words).toBe(
      "No curve: 0 budgets with 3 seeds or more; at least 4 are needed.",
    );
    expect(learningCurve({ budgets: [] }).status).toBe("not-estimable");
  });

  it("flags errors that rise, paired by seed", () => {
    const peak = errorsOf((n) => (n === 512 ? 0.3 : truth(n)));
    expect(risesAt(peak)).toBe(512);
    expect(known(peak)).toMatchObject({ status: "non-monotone" });
    expect(known(errorsOf(truth)).status).toBe("ok");
  });

  it("does not call noise a rise", () => {
    const random = stream(seed(5), "rise");
    let flagged = 0;
    for (let round = 0; round < 400; round++) {
      const flat = SEVEN.map((rows) => ({
        rows,
        errors: Array.from({ length: 5 }, () => 0.2 + 0.02 * random.normal()),
      }));
      if (risesAt(flat) !== undefined) flagged++;
    }
    expect(flagged / 400).toBeLessThan(0.1);
  });

  it("has an n½ that follows from a, b and c", () => {
    // Half of the way from .75 to .05 is .4: n = (2 / .35)^(1/.6)
    const half = halfWay(known(errorsOf(truth, { spread: 1e-5 })), 0.75);
    expect(half.place).toBe("within");
    expect(half.rows).toBeCloseTo((2 / 0.35) ** (1 / 0.6), 1);
  });

  it("says on which side n½ lies where it can't be told", () => {
    expect(halfWay(known(errorsOf((n) => 0.05 + 0.01 * n ** -0.6)), 0.75).place).toBe("below");
    expect(halfWay(known(errorsOf((n) => 0.05 + 0.65 * n ** -0.05, { spread: 1e-4 })), 0.72).place).toBe(
      "above",
    );
  });

  it("takes the truth at 4 times the last budget into its intervals, 9 times in 10", () => {
    const random = stream(seed(11), "extrapolation");
    const counts = { rounds: 0, behind: 0, within: 0 };
    for (let round = 0; round < 160; round++) {
      const [a, c, correlation] = [0.1 * random.uniform(), 0.3 + 0.7 * random.uniform(), round % 2 ? 0.7 : 0];
      const real = (n: number): number => a + 0.5 * (n / 32) ** -c;
      const shared = Array.from({ length: 5 }, () => random.normal());
      const curve = known(
        SEVEN.map((rows) => ({
          rows,
          errors: shared.map(
            (z) =>
              real(rows) + 0.01 * (Math.sqrt(correlation) * z + Math.sqrt(1 - correlation) * random.normal()),
          ),
        })),
      );
      const holds = (rows: number): boolean => {
        const told = foretellError(curve, rows);
        return "low" in told && told.low <= real(rows) && real(rows) <= told.high;
      };
      counts.rounds++;
      if (holds(8192)) counts.behind++;
      if (holds(512)) counts.within++;
    }
    expect(counts.behind / counts.rounds).toBeGreaterThan(0.9);
    expect(counts.within / counts.rounds).toBeGreaterThan(0.88);
  });
});

describe("the jackknife", () => {
  it("of a mean is the mean's t interval", () => {
    const values = [0.1, 0.4, 0.2, 0.9];
    const mean = 0.4;
    const without = values.map((left) => (values.reduce((sum, one) => sum + one, 0) - left) / 3);
    // sd of the values .3559, over √4, t₀.₉₇₅(3) = 3.182446
    const sd = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 3);
    expect(jackknife(mean, without).high - mean).toBeCloseTo((3.182446 * sd) / 2, 5);
  });
});

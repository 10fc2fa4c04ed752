import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { type Stream, stream } from "../random/streams";
import { crossover } from "./crossover/crossover";
import { pairedInterval } from "./interval";
import { errorAt } from "./learning-curve/fit";
import { foretellError, learningCurve } from "./learning-curve/curve";

/** Share of rounds in which something holds. */
function share(rounds: number, holds: (random: Stream) => boolean, name: string): number {
  const random = stream(seed(11), "coverage", name);
  let count = 0;
  for (let round = 0; round < rounds; round++) if (holds(random)) count++;
  return count / rounds;
}

const normals = (random: Stream, count: number): readonly number[] =>
  Array.from({ length: count }, () => random.normal());

describe("the paired interval, nominal 95 %", () => {
  it.each([3, 5, 8])("covers .93 to .97 of 2,000 simulations with %d seeds", (seeds) => {
    const truth = 0.04;
    const coverage = share(
      2000,
      (random) => {
        // What both pipelines share at a seed (its rows, its shuffles) is a part of either score.
        const common = normals(random, seeds);
        const a = common.map((value) => 0.7 + truth + 0.05 * value + 0.02 * random.normal());
        const b = common.map((value) => 0.7 + 0.05 * value + 0.02 * random.normal());
        const { low = 1, high = 0 } = pairedInterval(a, b);
        return low <= truth && truth <= high;
      },
      `paired ${seeds}`,
    );
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
  });
});

describe("the crossover's interval, nominal 95 %", () => {
  const budgets = [32, 64, 128, 256, 512, 1024, 2048];
  const crossing = 300;
  const difference = (rows: number): number => 0.05 * Math.log(rows / crossing);

  it.each([0, 0.7])(
    "covers at least .90 of 1,000 simulations with 5 seeds and budgets correlated by %d",
    (correlation) => {
      const coverage = share(
        1000,
        (random) => {
          const shared = normals(random, 5);
          const found = crossover(
            budgets.map((rows) => ({
              rows,
              differences: shared.map(
                (value) =>
                  difference(rows) +
                  0.04 * (Math.sqrt(correlation) * value + Math.sqrt(1 - correlation) * random.normal()),
              ),
            })),
          );
          switch (found.shows) {
            case "interval":
              return found.low <= crossing && crossing <= found.high;
            case "one-sided":
              return (found.low ?? 0) <= crossing && crossing <= (found.high ?? Number.POSITIVE_INFINITY);
            case "several":
              return found.stretches.some(
                ({ low = 0, high = Number.POSITIVE_INFINITY }) => low <= crossing && crossing <= high,
              );
            case "never":
              return false;
            case "not-estimable":
              return true; // says nothing, so it says nothing wrong
          }
        },
        `crossover ${correlation}`,
      );
      expect(coverage).toBeGreaterThanOrEqual(0.9);
    },
  );
});

describe("fitted learning curves", () => {
  const budgets = [32, 64, 128, 256, 512, 1024, 2048];
  const truth = { family: "pow3" as const, params: { a: 0.05, b: 1.2, c: 0.5 } };

  const fitted = (random: Stream, noise: number) =>
    learningCurve({
      budgets: budgets.map((rows) => ({
        rows,
        errors: normals(random, 5).map((value) => errorAt(truth, rows) * (1 + noise * value)),
      })),
      chance: 0.9,
    });

  it("foretell four times the last budget: the interval holds the truth in at least .90 of 150 simulations", () => {
    const at = 4 * 2048;
    const coverage = share(
      150,
      (random) => {
        const curve = fitted(random, 0.05);
        if (curve.status === "not-estimable") return false;
        const told = foretellError(curve, at);
        return "low" in told && told.low <= errorAt(truth, at) && errorAt(truth, at) <= told.high;
      },
      "extrapolation",
    );
    expect(coverage).toBeGreaterThanOrEqual(0.9);
  });

  it("find the curve's floor and power from exact errors", () => {
    const curve = fitted(stream(seed(1), "exact"), 0);
    if (curve.status === "not-estimable") throw new Error(curve.words);
    expect(errorAt(curve.curve, 8192)).toBeCloseTo(errorAt(truth, 8192), 3);
    expect(curve.curve.params["a"]).toBeCloseTo(0.05, 2);
  });

  it("refuse what is at chance in at least .95 of 300 simulations", () => {
    const refused = share(
      300,
      (random) =>
        learningCurve({
          budgets: budgets.map((rows) => ({
            rows,
            errors: normals(random, 5).map((value) => 0.9 + 0.01 * value),
          })),
          chance: 0.9,
        }).status === "not-estimable",
      "chance",
    );
    expect(refused).toBeGreaterThanOrEqual(0.95);
  });
});

import { describe, expect, it } from "vitest";
import type { BudgetErrors } from "../learning-curve/samples";
import { scoreAt, spentToReach } from "./interpolate";
import { compareAtEqualCost, type CostedScore } from "./iso-cost";
import { isoErrorRatio } from "./iso-error";
import { type LabelKind, planLabels } from "./plan-labels";

/** e(n) = a + b/n^c, fitted from 10 to 1,000 rows. */
const power = (field: string, price: number, { b, c }: { b: number; c: number }): LabelKind => ({
  field,
  price,
  curve: { curve: { family: "pow3", params: { a: 0.01, b, c } }, first: 10, last: 1000 },
});

describe("planLabels", () => {
  it("spends b₁/(p₁n₁²) = b₂/(p₂n₂²) on two curves a + b/n: shares as √(b·p)", () => {
    // Lagrange: nᵢ = √(bᵢ/(λpᵢ)), so costs are in the proportion √(b₁p₁) : √(b₂p₂) = 2 : 6.
    const kinds = [power("a", 1, { b: 4, c: 1 }), power("b", 4, { b: 9, c: 1 })];
    const plan = planLabels(kinds, 1600);
    const [a, b] = plan?.kinds ?? [];
    expect(Math.abs((a?.cost ?? 0) - 400)).toBeLessThanOrEqual(4);
    expect(Math.abs((b?.cost ?? 0) - 1200)).toBeLessThanOrEqual(4);
    expect(plan?.cost).toBeGreaterThan(1596);
    expect(plan?.error).toBeCloseTo(0.02 + 4 / (a?.rows ?? 1) + 9 / (b?.rows ?? 1), 12);
  });

  it("is as good as the best of all plans in whole rows", () => {
    const kinds = [power("a", 3, { b: 2, c: 0.5 }), power("b", 7, { b: 1, c: 0.9 })];
    const total = 900;
    let best = Number.POSITIVE_INFINITY;
    for (let a = 3; a <= total / 3; a++) {
      const b = Math.floor((total - 3 * a) / 7);
      if (b >= 3) best = Math.min(best, 0.02 + 2 / Math.sqrt(a) + b ** -0.9);
    }
    expect(planLabels(kinds, total)?.error).toBeLessThan(best * 1.001);
  });

  it("leaves money that no curve says anything about, and what can't be had", () => {
    const [known] = planLabels([power("a", 1, { b: 1, c: 1 })], 1e6)?.kinds ?? [];
    expect(known).toMatchObject({ rows: 4000, endedBy: "extrapolation" });
    const scarce = { ...power("a", 1, { b: 1, c: 1 }), most: 500 };
    expect(planLabels([scarce], 1e6)?.kinds[0]).toMatchObject({ rows: 500, endedBy: "supply" });
  });

  it("counts labels that are there as free, and says when the total is too small for anything measured", () => {
    const owned = { ...power("a", 2, { b: 1, c: 1 }), have: 100 };
    expect(planLabels([owned], 50)?.kinds[0]).toMatchObject({ buy: 25, rows: 125, cost: 50 });
    expect(planLabels([power("a", 2, { b: 1, c: 1 })], 3)).toBeUndefined();
    expect(() => planLabels([power("a", 0, { b: 1, c: 1 })], 3)).toThrow(RangeError);
  });
});

describe("lines over log spending", () => {
  const places = [
    { spent: 10, score: 0.5 },
    { spent: 1000, score: 0.9 },
  ];

  it("are read between what was measured, and not outside", () => {
    expect(scoreAt(places, 100)).toBeCloseTo(0.7, 12);
    expect(scoreAt(places, 10)).toBe(0.5);
    expect([scoreAt(places, 9), scoreAt(places, 1001)]).toEqual([undefined, undefined]);
  });

  it("say what a score costs", () => {
    expect(spentToReach(places, 0.7, true)).toBeCloseTo(100, 9);
    expect(spentToReach(places, 0.95, true)).toBeUndefined();
  });
});

describe("compareAtEqualCost", () => {
  const scores = (perRow: number, score: (rows: number) => number): CostedScore[] =>
    [10, 100, 1000].flatMap((budget) =>
      [0, 1, 2].map((seed) => ({
        budget,
        seed,
        cost: budget * perRow,
        score: score(budget) + 0.001 * ((seed * budget) % 3),
      })),
    );
  const learning = (rows: number): number => 0.2 * Math.log10(rows);

  it("moves a pipeline that pays ten times as much by a factor of ten", () => {
    // The same score by rows: at equal cost the dear one is always behind by 0.2·log₁₀ 10.
    const { points } = compareAtEqualCost(scores(10, learning), scores(1, learning), true);
    expect(points.map(({ cost }) => Math.round(cost))).toEqual([100, 1000]);
    for (const { mean } of points) expect(mean).toBeCloseTo(-0.2, 2);
  });

  it("finds in costs where two pipelines change places", () => {
    const falls = (rows: number): number => 0.7 - 0.1 * Math.log10(rows);
    const { crossover } = compareAtEqualCost(scores(2, falls), scores(2, learning), true);
    // .7 − .1·x = .2·x at x = 7/3, 215 rows, each of which costs 2.
    expect(crossover.shows).toBe("interval");
    if (crossover.shows === "interval") expect(crossover.estimate).toBeCloseTo(2 * 10 ** (7 / 3), -1);
  });

  it("says nothing where the costs don't overlap, or are 0", () => {
    expect(compareAtEqualCost(scores(1000, learning), scores(1, learning), true).points).toEqual([]);
    expect(compareAtEqualCost(scores(0, learning), scores(1, learning), true).points).toEqual([]);
  });
});

describe("isoErrorRatio", () => {
  const errors = (at: (rows: number) => number): BudgetErrors[] =>
    [10, 100, 1000].map((rows) => ({ rows, errors: [0, 1, 2].map((seed) => at(rows) * (1 + 0.01 * seed)) }));

  it("is how many times the rows one pipeline needs for the other's error", () => {
    const cut = errors((rows) => 0.5 - 0.1 * Math.log10(rows));
    const whole = errors((rows) => 0.6 - 0.1 * Math.log10(rows));
    // A tenth behind everywhere: a factor of ten in rows.
    const ratio = isoErrorRatio(cut, whole, 50);
    expect(ratio).toMatchObject({ is: "ratio", rows: 10 });
    expect(ratio?.value).toBeCloseTo(10, 6);
  });

  it("is at least the range where the error is never reached, and nothing under 3 seeds", () => {
    const cut = errors(() => 0.01);
    expect(
      isoErrorRatio(
        cut,
        errors(() => 0.5),
        100,
      ),
    ).toMatchObject({ is: "at-least", value: 10 });
    const few = cut.map((budget) => ({ ...budget, errors: budget.errors.slice(0, 2) }));
    expect(isoErrorRatio(few, few, 100)).toBeUndefined();
  });
});

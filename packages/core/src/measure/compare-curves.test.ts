import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { stream } from "../random/streams";
import { compareCells, type ComparisonQuestion } from "./compare";
import type { Cell, Comparison } from "./comparison";
import { meanOverLogRows } from "./pairs";

const BUDGETS = [32, 100, 316, 1000, 3162];
const SEEDS = [1, 2, 3, 4, 5];

type Score = (rows: number) => number;

/** Cells of two pipelines, "Cut" and "Whole", with small noise; by any metric. */
function compared(cut: Score, whole: Score, more: Partial<ComparisonQuestion> = {}): Comparison {
  const random = stream(seed(8), "noise");
  const metric = more.metric ?? "accuracy";
  const cells = Object.entries({ a: cut, b: whole }).flatMap(([pipeline, score]) =>
    BUDGETS.flatMap((budget) =>
      SEEDS.map(
        (one): Cell => ({
          pipeline,
          budget,
          seed: one,
          seconds: 1,
          cached: false,
          labels: { y: budget },
          cost: budget,
          test: { [metric]: score(budget) + 0.004 * random.normal() },
          train: {},
          stages: {},
        }),
      ),
    ),
  );
  return compareCells({
    problem: { name: "p", hash: "h" },
    engine: { version: "1", backend: "cpu", form: "eager", kernels: "stock", threads: 1, node: "v20" },
    pipelines: [
      { id: "a", title: "Cut", hash: "1" },
      { id: "b", title: "Whole", hash: "2" },
    ],
    budgets: BUDGETS,
    seeds: SEEDS,
    cells,
    metric,
    ...more,
  });
}

const flat: Score = () => 0.85;
const learning =
  (ceiling: number, steep = 3): Score =>
  (rows) =>
    ceiling - steep * rows ** -0.6;

describe("the headline", () => {
  it("is the mean difference over log₂ n", () => {
    expect(meanOverLogRows([1, 2, 8], [0, 1, 3])).toBeCloseTo((0.5 + 2 * 2) / 3, 12);
    const { headline, paired } = compared(flat, () => 0.8);
    expect(headline).toHaveLength(1);
    expect(headline[0]).toMatchObject({ a: "a", b: "b", from: 32, to: 3162, n: 5, verdict: "a" });
    const steps = paired.map(({ budget, mean }) => ({ budget, mean }));
    expect(headline[0]?.mean).toBeCloseTo(
      meanOverLogRows(
        steps.map(({ budget }) => budget),
        steps.map(({ mean }) => mean),
      ),
      12,
    );
    expect(headline[0]?.words).toMatch(
      /^Cut is better than Whole over 32 to 3,162 rows, on average \(\+5\.\d/,
    );
  });

  it("needs two budgets, and counts only seeds that have all of them", () => {
    expect(compared(flat, flat, { budgets: [32] }).headline).toEqual([]);
    const all = compared(flat, () => 0.8);
    const gap = compareCells({
      ...all,
      metric: "accuracy",
      cells: all.cells.filter(({ budget, seed: one }) => !(budget === 100 && one === 2)),
    });
    expect(gap.headline[0]?.n).toBe(4);
  });
});

describe("crossovers of a comparison", () => {
  it("are told as an interval, in rows and words", () => {
    // .97 − 3·n^−.6 = .85 at n = (3/.12)^(1/.6) = 213.7
    const [found] = compared(flat, learning(0.97)).crossover;
    expect(found).toMatchObject({ a: "a", b: "b", kind: "interval", before: "a", n: 5 });
    expect(found?.low).toBeLessThan(213.7);
    expect(found?.high).toBeGreaterThan(213.7);
    expect(found?.words).toMatch(
      /^Cut is better below about \d+ rows, Whole above \(between \d+ rows and \d+ rows: 95 % interval, 5 seeds\)\.$/,
    );
  });

  it("behind the last budget are model-based, with chances", () => {
    // .95 − 6·n^−.5 = .85 at 3,600
    const [found] = compared(flat, (n) => 0.95 - 6 * n ** -0.5 - 0.02).crossover;
    expect(found).toMatchObject({ kind: "model-based", before: "a" });
    expect(found?.estimate).toBeGreaterThan(3162);
    expect(found?.byFourTimes).toBeGreaterThan(found?.byTwice ?? 1);
    expect(found?.words).toContain("model-based, not measured");
  });

  it("were never seen where one is always far ahead", () => {
    const [found] = compared(learning(0.97), learning(0.5)).crossover;
    expect(found).toMatchObject({ kind: "never", before: "a" });
    expect(found?.words).toMatch(/^Cut is better everywhere from 32 rows to 3,160 rows: no crossover/);
  });

  it("turn round with the metric's direction", () => {
    const rmse = { metric: "rmse" } as const;
    const [found] = compared(
      () => 0.15,
      (n) => 0.03 + 3 * n ** -0.6,
      rmse,
    ).crossover;
    expect(found).toMatchObject({ kind: "interval", before: "a" });
  });

  it("can't be told of a pipeline that learns nothing", () => {
    const [found] = compared(flat, () => 0.25, { chance: 0.25 }).crossover;
    expect(found?.kind).toBe("not-estimable");
    expect(found?.words).toContain("Whole shows no evidence of learning at its largest budget");
  });

  it("are missing where nothing pairs", () => {
    const all = compared(flat, flat);
    const half = compareCells({ ...all, metric: "accuracy", cells: all.cells.slice(0, 25) });
    expect(half.crossover).toEqual([]);
  });
});

describe("curves of a comparison", () => {
  it("follow the scores, and are marked where they foretell", () => {
    const { curves } = compared(flat, learning(0.97), { chance: 0.1 });
    const whole = curves.find(({ pipeline }) => pipeline === "b");
    expect(whole).toMatchObject({ status: "ok", from: 32, to: 3162, limit: 12648, n: 5, leftOut: [] });
    for (const { rows, score, low = 2, high = -2, extrapolated } of whole?.line ?? []) {
      expect(Math.abs(score - learning(0.97)(rows))).toBeLessThan(0.03);
      expect(low).toBeLessThanOrEqual(score);
      expect(high).toBeGreaterThanOrEqual(score);
      expect(extrapolated).toBe(rows > 3162 * (1 + 1e-9));
    }
    expect(whole?.line.at(-1)?.rows).toBeCloseTo(12648, 6);
    expect(whole?.half?.place).toBe("within");
  });

  it("have no half-way point where chance is unknown", () => {
    expect(compared(flat, learning(0.97)).curves[1]).not.toHaveProperty("half");
  });

  it("are refused at chance", () => {
    expect(compared(flat, () => 0.25, { chance: 0.25 }).curves[1]).toMatchObject({
      status: "not-estimable",
      line: [],
      leftOut: BUDGETS,
    });
  });

  it("that rise are flagged and end at the last budget", () => {
    const [curve] = compared((n) => (n > 2000 ? 0.6 : 0.8), flat).curves;
    expect(curve?.status).toBe("non-monotone");
    expect(curve?.line.at(-1)?.rows).toBeCloseTo(3162, 6);
  });
});

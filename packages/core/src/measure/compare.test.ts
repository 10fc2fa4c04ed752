import { describe, expect, it } from "vitest";
import type { EngineInfo } from "../train/stepper";
import { cellOf, failedCell, pricesOf } from "./cell";
import { compareCells, type ComparisonQuestion } from "./compare";
import type { Cell } from "./comparison";
import { verdictInWords } from "./verdict";

const engine: EngineInfo = {
  version: "1",
  backend: "cpu",
  form: "eager",
  kernels: "stock",
  threads: 1,
  node: "v20",
};
const SEEDS = [1, 2, 3, 4, 5];
const NOISE = [0.004, -0.006, 0.001, 0.007, -0.006];

const cell = (pipeline: string, budget: number, seed: number, accuracy: number): Cell => ({
  pipeline,
  budget,
  seed,
  seconds: 1,
  cached: false,
  labels: { y: budget },
  cost: budget,
  test: { accuracy },
  train: { accuracy: 1 },
  stages: {},
});

/** Cells whose accuracies are a level plus small noise that differs by seed and pipeline. */
const column = (pipeline: string, budget: number, level: number, shift = 0): readonly Cell[] =>
  SEEDS.map((seed, index) =>
    cell(pipeline, budget, seed, level + (NOISE[(index + shift) % NOISE.length] ?? 0)),
  );

const ask = (cells: readonly Cell[], more: Partial<ComparisonQuestion> = {}): ComparisonQuestion => ({
  problem: { name: "p", hash: "h" },
  engine,
  pipelines: [
    { id: "a", title: "Cut", hash: "1" },
    { id: "b", title: "Whole", hash: "2" },
  ],
  budgets: [...new Set(cells.map(({ budget }) => budget))].sort((x, y) => x - y),
  seeds: SEEDS,
  cells,
  metric: "accuracy",
  ...more,
});

describe("compareCells", () => {
  it("calls the clearly better pipeline better, with the numbers", () => {
    const comparison = compareCells(ask([...column("b", 32, 0.6, 2), ...column("a", 32, 0.8)]));
    const [pair] = comparison.paired;
    expect(pair).toMatchObject({ a: "a", b: "b", budget: 32, n: 5, verdict: "a", signFlip: 0.0625 });
    expect(pair?.mean).toBeCloseTo(0.2, 12);
    expect(pair?.p).toBeLessThan(0.001);
    expect(pair?.words).toMatch(
      /^Cut is better than Whole at 32 rows \(\+20\.0 points, 95 % interval \+19\.\d to \+21\.\d, 5 seeds, p < 0\.001\)\. A sign-flip test cannot be significant with 5 seeds\.$/,
    );
    expect(comparison.cells.map(({ pipeline }) => pipeline).slice(0, 5)).toEqual(["a", "a", "a", "a", "a"]);
    expect(comparison.summary).toHaveLength(2);
    expect(comparison.summary[0]).toMatchObject({ pipeline: "a", budget: 32, n: 5 });
  });

  it("says where a pipeline has asked for labels on top of its rows", () => {
    const asking = column("a", 32, 0.8).map((one) => ({ ...one, asked: 16 + (one.seed % 2) }));
    const words = verdictInWords(compareCells(ask([...asking, ...column("b", 32, 0.6, 2)])));
    expect(words).toMatch(
      /Cut has asked an expert about up to 17 moments on top of its rows: labels and cost count them/,
    );
    expect(words).not.toMatch(/Whole has asked/);
  });

  it("names no single winner where the sign changes with the budget", () => {
    const comparison = compareCells(
      ask([
        ...column("a", 32, 0.8),
        ...column("b", 32, 0.6, 2),
        ...column("a", 316, 0.85),
        ...column("b", 316, 0.856, 2),
        ...column("a", 1000, 0.85),
        ...column("b", 1000, 0.95, 2),
      ]),
    );
    expect(comparison.paired.map(({ verdict }) => verdict)).toEqual(["a", "undecided", "b"]);
    expect(verdictInWords(comparison)).toMatch(
      /^Cut is better at 32 rows\. Whole is better at 1,000 rows\. Undecided at 316 rows; about \d+ seeds would decide\. There is no single winner: it depends on the number of rows\.$/,
    );
  });

  it("says equivalent where the difference is shown to be small", () => {
    const close = SEEDS.flatMap((seed, index) => [
      cell("a", 100, seed, 0.9 + (NOISE[index] ?? 0)),
      cell("b", 100, seed, 0.9 + (NOISE[index] ?? 0) + (index % 2 ? 0.001 : -0.001)),
    ]);
    const comparison = compareCells(ask(close));
    expect(comparison.paired[0]?.verdict).toBe("equivalent");
    expect(comparison.paired[0]?.words).toContain("equivalent at 100 rows, within 1.0 points");
  });

  it("decides identical results by the margin, and says so", () => {
    const same = [
      ...column("a", 32, 0.8),
      ...column("b", 32, 0.8),
      ...column("a", 64, 0.8),
      ...column("b", 64, 0.75),
    ];
    const comparison = compareCells(
      ask(
        same.map((one) => ({
          ...one,
          test: { accuracy: one.budget === 32 || one.pipeline === "a" ? 0.8 : 0.75 },
        })),
      ),
    );
    expect(comparison.paired.map(({ verdict }) => verdict)).toEqual(["equivalent", "a"]);
    expect(comparison.paired[0]).toMatchObject({ mean: 0, low: 0, high: 0 });
    expect(comparison.paired[0]?.words).toContain("The difference is the same at every seed.");
  });

  it("gives no verdict from fewer than three seeds", () => {
    const cells = [
      cell("a", 32, 1, 0.9),
      cell("b", 32, 1, 0.1),
      cell("a", 32, 2, 0.9),
      cell("b", 32, 2, 0.1),
    ];
    const comparison = compareCells(ask(cells));
    expect(comparison.paired[0]).toMatchObject({ verdict: "undecided", n: 2, seedsNeeded: 3 });
    expect(comparison.paired[0]?.p).toBeUndefined();
    expect(comparison.summary[0]?.low).toBeUndefined();
    expect(comparison.paired[0]?.words).toBe(
      "No verdict between Cut and Whole at 32 rows: 2 seeds, at least 3 are needed.",
    );
    expect(verdictInWords(comparison)).toContain("No verdict yet");
  });

  it("pairs only seeds that both have, and lets failed trials into no mean", () => {
    const b = column("b", 32, 0.6);
    const failed = failedCell(
      { pipeline: "a", budget: 32, seed: 3 },
      { code: "loss-not-finite", severity: "error", message: "Diverged.", place: { at: "graph" } },
    );
    const a = column("a", 32, 0.8).map((one) => (one.seed === 3 ? failed : one));
    const comparison = compareCells(ask([...a, ...b]));
    expect(comparison.paired[0]?.n).toBe(4);
    expect(comparison.summary[0]).toMatchObject({ pipeline: "a", n: 4 });
    expect(comparison.cells).toHaveLength(10);
    expect(verdictInWords(comparison)).toContain("1 trial failed and enters no mean.");
  });

  it("shows what there is while trials are still running", () => {
    const comparison = compareCells(ask(column("a", 32, 0.8).slice(0, 3), { budgets: [32, 100] }));
    expect(comparison.summary).toHaveLength(1);
    expect(comparison.paired).toEqual([]);
    expect(compareCells(ask([], { budgets: [32] })).summary).toEqual([]);
  });

  it("turns the verdict round where lower is better", () => {
    const cells = [...column("a", 32, 0.2), ...column("b", 32, 0.6, 2)].map((one) => ({
      ...one,
      test: { rmse: one.test["accuracy"] ?? 0 },
    }));
    const comparison = compareCells(ask(cells, { metric: "rmse" }));
    expect(comparison.higherIsBetter).toBe(false);
    expect(comparison.paired[0]).toMatchObject({ verdict: "a" });
    expect(comparison.paired[0]?.words).toContain("−0.40 rmse, 95 % interval −0.41 to −0.39");
  });

  it("adjusts p over budgets × pairs", () => {
    // Mean .03, sd .02: t = 3.35, p = .028 alone.
    const spread = [0.02, -0.02, 0.02, -0.02, 0];
    const weak = (pipeline: string, budget: number): readonly Cell[] =>
      SEEDS.map((seed, index) =>
        cell(pipeline, budget, seed, pipeline === "a" ? 0.53 + (spread[index] ?? 0) : 0.5),
      );
    const alone = compareCells(ask([...weak("a", 10), ...weak("b", 10)]));
    const among = compareCells(
      ask([10, 20, 30, 40, 50].flatMap((budget) => [...weak("a", budget), ...weak("b", budget)])),
    );
    expect(alone.paired[0]?.p).toBeLessThan(0.05);
    expect(among.paired[0]?.p).toBeCloseTo(5 * (alone.paired[0]?.p ?? 0), 10);
    expect(alone.paired[0]?.verdict).toBe("a");
    expect(among.paired[0]?.verdict).toBe("undecided");
    expect(among.paired[0]?.seedsNeeded).toBeGreaterThan(5);
  });

  it("adds the test set's error where rows are right or wrong", () => {
    const rows = Array.from({ length: 1000 }, (_, row) => row);
    const comparison = compareCells(
      ask([...column("a", 32, 0.8), ...column("b", 32, 0.6, 2)], {
        correctOf: ({ pipeline }) => rows.map((row) => Number(row % 10 < (pipeline === "a" ? 8 : 6))),
      }),
    );
    const [pair] = comparison.paired;
    expect(pair?.testSetError).toBeCloseTo(Math.sqrt(200 - 40) / 1000, 12);
    expect(pair?.totalError).toBeGreaterThan(pair?.testSetError ?? 1);
    expect(pair?.words).toContain("test-set error 1.3 points");
  });

  it("keeps the interval of a share between 0 and 1", () => {
    const perfect = SEEDS.map((seed, index) => cell("a", 32, seed, index === 0 ? 0.9 : 1));
    const { low = 0, high = 2 } = compareCells(ask(perfect)).summary[0] ?? {};
    expect(high).toBeLessThanOrEqual(1);
    expect(low).toBeGreaterThan(0.9);
    const counted = compareCells(ask(perfect, { correctOf: () => Array.from({ length: 100 }, () => 1) }))
      .summary[0];
    expect(counted?.high).toBeLessThanOrEqual(1);
  });

  it("says who leads among three, budget by budget", () => {
    const three = {
      pipelines: [
        { id: "a", title: "Cut", hash: "1" },
        { id: "b", title: "Whole", hash: "2" },
        { id: "c", title: "Cut", hash: "3" },
      ],
    };
    const cells = [
      ...column("a", 32, 0.8),
      ...column("b", 32, 0.6, 2),
      ...column("c", 32, 0.5, 3),
      ...column("a", 100, 0.8),
      ...column("b", 100, 0.9, 2),
      ...column("c", 100, 0.9, 3),
    ];
    expect(verdictInWords(compareCells(ask(cells, three)))).toBe(
      "Cut (a) is better than all others at 32 rows. Undecided among Whole and Cut (c) at 100 rows. There is no single winner: it depends on the number of rows.",
    );
  });
});

describe("cells", () => {
  it("charge labels at the problem's prices or others", () => {
    const field = { type: { is: "scalar" as const }, price: 1 };
    const problem = {
      format: 1 as const,
      name: "p",
      title: "P",
      fields: { x: { ...field, price: 0 }, y: field },
      input: ["x"],
      target: ["y"],
      metrics: [],
      split: { column: "split" },
    };
    const stage = { scores: { accuracy: 0.9 }, phases: ["p1"], steps: 10, cached: true, because: "" };
    const result = {
      plan: "h",
      budget: 32,
      seed: 1,
      engine,
      test: { accuracy: 1 },
      train: { accuracy: 1 },
      labels: { y: 32, z: 64 },
      cost: 0,
      seconds: 2,
      stages: { read: stage },
      testRows: 10,
    };
    expect(cellOf("a", result, pricesOf(problem))).toMatchObject({
      cost: 32,
      cached: true,
      stages: { read: { accuracy: 0.9 } },
    });
    expect(cellOf("a", result, pricesOf(problem, { y: 2, z: 0.5 })).cost).toBe(96);
  });
});

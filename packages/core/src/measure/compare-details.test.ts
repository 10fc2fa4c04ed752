import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { ProblemSchema } from "../problem/document";
import { seed } from "../ids";
import { stream } from "../random/streams";
import type { TrialResult } from "../train/events";
import { compareTrials, type EndedTrial, type TrialsQuestion } from "./compare-trials";
import { equalCosts } from "./costs/equal-cost";
import { planPipelineLabels } from "./label-needs";

const BUDGETS = [32, 64, 128, 256, 512];
const SEEDS = [1, 2, 3, 4, 5];

const schema: ProblemSchema = {
  format: 1,
  name: "p",
  title: "P",
  fields: {
    x: { type: { is: "scalar" }, price: 0 },
    z: { type: { is: "label", classes: ["0", "1"] }, price: 1 },
    y: { type: { is: "label", classes: ["0", "1"] }, price: 4 },
  },
  input: ["x"],
  target: ["y"],
  metrics: [{ target: "y", metric: "accuracy" }],
  split: { column: "split" },
};

const engine = {
  version: "1",
  backend: "cpu",
  form: "eager",
  kernels: "stock",
  threads: 1,
  node: "v20",
} as const;

/** Two stages in a chain: what each costs falls as .3/√(n/32) and .1/√(n/32). */
function cutResult(budget: number, one: number): TrialResult {
  const noise = 0.002 * stream(seed(one), "cut", budget).normal();
  const [first, second] = [0.3, 0.1].map((cost) => cost / Math.sqrt(budget / 32));
  const base = 1 - (first ?? 0) - (second ?? 0) + noise;
  const afterFirst = 1 - (second ?? 0);
  return {
    plan: "g",
    budget,
    seed: one,
    engine,
    test: { accuracy: base },
    train: { accuracy: 1 },
    chance: { accuracy: 0.5 },
    labels: { z: 2 * budget, y: budget },
    cost: 0,
    seconds: 1,
    testRows: 100,
    stages: {
      read: {
        scores: { accuracy: base },
        chance: { accuracy: 0.5 },
        labels: ["z"],
        phases: ["train read"],
        steps: 1,
        cached: false,
        because: "",
      },
      add: {
        scores: { accuracy: base },
        chance: { accuracy: 0.5 },
        labels: ["y"],
        phases: ["train add"],
        steps: 1,
        cached: false,
        because: "",
      },
    },
    oracles: {
      stages: ["read", "add"],
      upstream: { read: [], add: ["read"] },
      scores: [
        { replaced: [], score: base },
        { replaced: ["read"], score: afterFirst },
        { replaced: ["read", "add"], score: 1 },
        { replaced: ["add"], score: 1 },
      ],
      onTruth: ["add"],
      blame: {
        rows: 100,
        right: 60,
        lucky: 5,
        blamed: [{ stage: "read", rows: 30, amplified: 2 }],
        unexplained: 5,
        unlabelled: 0,
      },
    },
  };
}

function wholeResult(budget: number, one: number): TrialResult {
  const noise = 0.002 * stream(seed(one), "whole", budget).normal();
  const { oracles: _, ...plain } = cutResult(budget, one);
  const accuracy = 1 - 0.49 / (budget / 32) ** 0.6 + noise;
  const read = {
    scores: { accuracy },
    labels: ["y"],
    phases: ["train"],
    steps: 1,
    cached: false,
    because: "",
  };
  return { ...plain, test: { accuracy }, labels: { y: budget }, stages: { read } };
}

const trials: EndedTrial[] = BUDGETS.flatMap((budget) =>
  SEEDS.flatMap((one): EndedTrial[] => [
    { pipeline: "cut", budget, seed: one, result: cutResult(budget, one) },
    { pipeline: "whole", budget, seed: one, result: wholeResult(budget, one) },
  ]),
);

const question: TrialsQuestion = {
  schema,
  hash: "h",
  pipelines: [
    { id: "cut", title: "Cut", hash: "1" },
    { id: "whole", title: "Whole", hash: "2" },
  ],
  budgets: BUDGETS,
  seeds: SEEDS,
  trials,
};

const compared = (more: Partial<TrialsQuestion> = {}) => {
  const comparison = compareTrials({ ...question, ...more });
  if (comparison === undefined) throw new Error("no comparison");
  return comparison;
};

describe("a comparison of trials with oracle scores", () => {
  it("attributes the errors of the pipeline that has labelled stages on the way, at every budget", () => {
    const { attribution } = compared();
    expect(attribution.map(({ pipeline, budget }) => [pipeline, budget])).toEqual(
      BUDGETS.map((budget) => ["cut", budget]),
    );
    const [small] = attribution;
    expect(small?.steps.map(({ gain }) => gain)).toEqual([expect.closeTo(0.3, 2), expect.closeTo(0.1, 12)]);
    const total = small?.steps.reduce((sum, { gain }) => sum + gain, 0) ?? 0;
    expect(total).toBeCloseTo((small?.ceiling ?? 0) - (small?.base ?? 0), 12);
    expect(small?.blame).toMatchObject({ rows: 500, right: 300, lucky: 25 });
    expect(small?.words).toContain("errors of read cost most");
  });

  it("knows both ceilings of a stage whose followers learned from the truth, else only after retraining", () => {
    const [small] = compared().attribution;
    expect(small?.ceilings.map(({ stage, retrained }) => [stage, retrained])).toEqual([
      ["read", undefined],
      ["add", 1],
    ]);
    const retrained = SEEDS.map((one) => {
      const result = cutResult(32, one);
      const scores = [{ replaced: ["read"], score: 0.97 }];
      const oracles = { ...result.oracles!, scores };
      return { pipeline: "cut", budget: 32, seed: one, stage: "read", result: { ...result, oracles } };
    });
    const ceiling = compared({ retrained }).attribution[0]?.ceilings[0];
    expect(ceiling).toMatchObject({ stage: "read", retrained: expect.closeTo(0.97, 9), mismatch: true });
    expect(ceiling?.gap).toBeCloseTo(0.07, 9);
  });

  it("gives n½ of stages and of the whole, since chance is known", () => {
    const { curves, stageCurves } = compared();
    expect(curves.every(({ half }) => half !== undefined)).toBe(true);
    expect(stageCurves.map(({ pipeline, stage }) => [pipeline, stage])).toEqual([
      ["cut", "read"],
      ["cut", "add"],
      ["whole", "read"],
    ]);
  });

  it("plans labels by what each kind's stages cost", () => {
    const comparison = compared();
    expect(
      comparison.labelNeeds.map(({ pipeline, field, labelsPerRow }) => [pipeline, field, labelsPerRow]),
    ).toEqual([
      ["cut", "z", 2],
      ["cut", "y", 1],
      ["whole", "y", 1],
    ]);
    const found = planPipelineLabels(comparison, "cut", { prices: { z: 1, y: 4 }, total: 1200 });
    if (!found.done) throw new Error(found.words);
    // e = b/√n: nᵢ in the proportion (bᵢ/pᵢ)^(2/3), with prices per row of 2 and 4.
    const [z, y] = found.plan.kinds;
    expect((z?.rows ?? 0) / (y?.rows ?? 1)).toBeCloseTo((0.3 / 0.1 / (2 / 4)) ** (2 / 3), 0);
    expect(found.plan.cost).toBeLessThanOrEqual(1200);
    expect(planPipelineLabels(comparison, "cut", { prices: { z: 0, y: 4 }, total: 1200 })).toMatchObject({
      done: false,
    });
  });

  it("compares at equal label cost, by any prices", () => {
    const comparison = compared();
    const [dear] = equalCosts(comparison, { z: 1, y: 4 });
    const [cheap] = equalCosts(comparison, { z: 0, y: 4 });
    expect(dear?.points.length).toBeGreaterThan(2);
    expect(dear?.words).toContain("At equal label cost");
    expect(dear?.points[0]?.mean).toBeLessThan(cheap?.points[0]?.mean ?? 0);
  });
});

describe("the documented schema of a comparison", () => {
  const documented = new URL("../../../../docs/schemas/comparison.json", import.meta.url);
  const isComparison = z.fromJSONSchema(JSON.parse(readFileSync(documented, "utf8")));
  const written = (comparison: unknown): unknown => JSON.parse(JSON.stringify(comparison));

  it("takes what compareTrials gives", () => {
    expect(isComparison.safeParse(written(compared())).error).toBeUndefined();
  });

  it("refuses a pair without a verdict", () => {
    const comparison = compared();
    const paired = comparison.paired.map(({ verdict: _, ...pair }) => pair);
    expect(isComparison.safeParse(written({ ...comparison, paired })).success).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { attribute, type OracleScore } from "./attribute";
import { countBlame, rowFates } from "./blame";
import { stageCeilings } from "./ceilings";
import { doseResponse } from "./dose-response";
import { oracleSets, precedenceShapley, type StageGame, type Upstream } from "./precedence";
import { perfectFunctionGame } from "./perfect-functions";

const chain = (...stages: string[]): Upstream =>
  Object.fromEntries(stages.slice(1).map((stage, k) => [stage, [stages[k]!]]));

const diamond: Upstream = { b: ["a"], c: ["a"], d: ["b", "c"] };
const FOUR = ["a", "b", "c", "d"];

/** A value for every set, drawn once. */
function drawnGame(name: string): StageGame {
  return (set) => stream(seed(4), name, ...[...set].sort()).normal();
}

/** By the definition: every permutation that respects precedence, one by one. */
function overOrders(stages: readonly string[], upstream: Upstream, value: StageGame): readonly number[] {
  const orders: string[][] = [];
  const extend = (order: string[]): void => {
    if (order.length === stages.length) orders.push(order);
    for (const stage of stages) {
      if (order.includes(stage) || !(upstream[stage] ?? []).every((one) => order.includes(one))) continue;
      extend([...order, stage]);
    }
  };
  extend([]);
  return stages.map(
    (stage) =>
      orders.reduce((sum, order) => {
        const before = order.slice(0, order.indexOf(stage));
        return sum + value([...before, stage]) - value(before);
      }, 0) / orders.length,
  );
}

describe("the waterfall", () => {
  it("of .8 and .9 on right, .1 on wrong input is .16 and .10", () => {
    const value: StageGame = (set) => {
      const first = set.includes("one") ? 1 : 0.8;
      return set.includes("two") ? 1 : first * 0.9 + (1 - first) * 0.1;
    };
    expect(value([])).toBeCloseTo(0.74, 12);
    const [one, two] = precedenceShapley(["one", "two"], chain("one", "two"), value);
    expect(Math.abs((one ?? 0) - 0.16)).toBeLessThan(1e-12);
    expect(Math.abs((two ?? 0) - 0.1)).toBeLessThan(1e-12);
  });

  it("is v({1..k}) − v({1..k−1}), negative where a stage undoes what the one before did", () => {
    const worth: Record<string, number> = { "": 0.7, a: 0.6, "a,b": 0.9, "a,b,c": 1 };
    const gains = precedenceShapley(["a", "b", "c"], chain("a", "b", "c"), (set) => worth[set.join()] ?? NaN);
    for (const [k, gain] of [-0.1, 0.3, 0.1].entries()) expect(gains[k]).toBeCloseTo(gain, 12);
  });
});

describe("precedence-constrained Shapley", () => {
  it.each([
    ["a diamond", FOUR, diamond],
    ["two chains", FOUR, { b: ["a"], d: ["c"] }],
    ["six stages in parallel", ["a", "b", "c", "d", "e", "f"], {}],
    ["a fan", ["a", "b", "c", "d", "e"], { b: ["a"], c: ["a"], d: ["a"], e: ["d"] }],
  ])("is the mean over all orders of %s, to 1e-12", (name, stages, upstream: Upstream) => {
    const value = drawnGame(name);
    const gains = precedenceShapley(stages, upstream, value);
    overOrders(stages, upstream, value).forEach((gain, k) => {
      expect(Math.abs((gains[k] ?? 0) - gain)).toBeLessThan(1e-12);
    });
    expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(value(stages) - value([]), 12);
  });

  it("asks only for sets that hold everything upstream", () => {
    expect(oracleSets(FOUR, diamond)).toEqual([
      [],
      ["a"],
      ["a", "b"],
      ["a", "c"],
      ["a", "b", "c"],
      ["a", "b", "c", "d"],
    ]);
    expect(oracleSets(["a", "b", "c"], { c: ["b"], b: ["a"] })).toHaveLength(4);
  });

  it("refuses what would take too many runs, and circles", () => {
    const many = Array.from({ length: 13 }, (_, k) => `s${k}`);
    expect(() => oracleSets(many, {})).toThrow(RangeError);
    expect(() => oracleSets(["a", "b"], { a: ["b"], b: ["a"] })).toThrow("upstream of itself");
  });
});

describe("the game of perfect functions", () => {
  it("shares what two stages give only together, and says that they need each other", () => {
    const { gains, interactions } = perfectFunctionGame(["a", "b", "c"], (set) =>
      set.includes("a") && set.includes("b") ? 1 : 0.4,
    );
    expect(gains[0]).toBeCloseTo(0.3, 12);
    expect(gains[1]).toBeCloseTo(0.3, 12);
    expect(gains[2]).toBeCloseTo(0, 12);
    expect(interactions).toEqual([
      { a: "a", b: "b", gain: expect.closeTo(0.6, 12) },
      { a: "a", b: "c", gain: expect.closeTo(0, 12) },
      { a: "b", b: "c", gain: expect.closeTo(0, 12) },
    ]);
  });
});

describe("attribute", () => {
  const scores = (seeds: number): readonly OracleScore[] =>
    Array.from({ length: seeds }, (_, k) => [
      { seed: k, replaced: [], score: 0.74 + 0.01 * k },
      { seed: k, replaced: ["one"], score: 0.9 },
      { seed: k, replaced: ["two", "one"], score: 1 },
    ]).flat();
  const question = { stages: ["one", "two"], upstream: chain("one", "two"), higherIsBetter: true };

  it("means over seeds, with intervals, and sums to the ceiling", () => {
    const outcome = attribute({ ...question, scores: scores(3) });
    if (!outcome.done) throw new Error("not done");
    const { steps, base, ceiling, n, undone } = outcome.attribution;
    expect(steps[0]).toMatchObject({ stage: "one", gain: expect.closeTo(0.15, 12) });
    // sd .01 over 3 seeds: ± 4.3027·.01/√3
    expect((steps[0]?.high ?? 0) - 0.15).toBeCloseTo((4.302653 * 0.01) / Math.sqrt(3), 6);
    expect(base + steps.reduce((sum, { gain }) => sum + gain, 0)).toBeCloseTo(ceiling, 12);
    expect([n, undone]).toEqual([3, []]);
  });

  it("has no interval under three seeds", () => {
    const outcome = attribute({ ...question, scores: scores(2) });
    expect(outcome.done && outcome.attribution.steps[0]).not.toHaveProperty("low");
  });

  it("names a stage whose errors are undone downstream, and turns round for errors", () => {
    const undone = scores(3).map((one) => ({ ...one, score: one.replaced.length === 1 ? 0.6 : one.score }));
    const outcome = attribute({ ...question, scores: undone });
    expect(outcome.done && outcome.attribution.undone).toEqual(["one"]);
    const asErrors = undone.map((one) => ({ ...one, score: 1 - one.score }));
    const turned = attribute({ ...question, scores: asErrors, higherIsBetter: false });
    expect(turned.done && turned.attribution.steps[1]?.gain).toBeCloseTo(0.4, 12);
  });

  it("names the runs that are missing", () => {
    const outcome = attribute({
      ...question,
      scores: scores(3).filter(({ replaced }) => replaced.length !== 1),
    });
    expect(outcome).toEqual({ done: false, missing: [["one"]] });
  });
});

describe("a stage's ceilings", () => {
  const by = { margin: 0.01, higherIsBetter: true };
  it("lie apart where downstream was trained on other inputs", () => {
    const apart = stageCeilings({ frozen: [0.8, 0.81, 0.79], retrained: [0.9, 0.92, 0.9] }, by);
    expect(apart.gap.mean).toBeCloseTo(0.10667, 5);
    expect(apart.mismatch).toBe(true);
    expect(stageCeilings({ frozen: [0.8, 0.81, 0.79], retrained: [0.8, 0.82, 0.78] }, by).mismatch).toBe(
      false,
    );
  });
});

describe("blame", () => {
  const stages = [
    { stage: "detect", right: [1, 0, 0, 1, 1, 0, -1, 1] },
    { stage: "read", right: [1, 1, 0, 0, 1, 1, -1, 1] },
  ];
  const answer = [1, 1, 0, 0, 0, 0, 0, -1];

  it("falls on the first wrong stage; counts sum to N", () => {
    const blame = countBlame(stages, answer);
    expect(blame).toEqual({
      rows: 8,
      right: 1,
      lucky: 1,
      blamed: [
        { stage: "detect", rows: 2, amplified: 1 },
        { stage: "read", rows: 1, amplified: 0 },
      ],
      unexplained: 1,
      unlabelled: 2,
    });
    const { right, lucky, blamed, unexplained, unlabelled, rows } = blame;
    expect(right + lucky + blamed.reduce((sum, one) => sum + one.rows, 0) + unexplained + unlabelled).toBe(
      rows,
    );
  });

  it("tells each row's fate", () => {
    expect(rowFates(stages, answer).slice(0, 3)).toEqual([
      { is: "right" },
      { is: "lucky", firstWrong: "detect" },
      { is: "blamed", firstWrong: "detect", amplified: true },
    ]);
  });
});

describe("dose–response", () => {
  const at = (quality: number, mean: number) => ({
    quality,
    scores: [-1, 0, 1].map((z) => mean + 0.001 * z + 0.0005 * z * quality),
  });

  it("says from which quality on the rest stops caring", () => {
    const { enough, slopes, points } = doseResponse(
      [at(1, 0.9), at(0.5, 0.6), at(0.9, 0.897), at(0.8, 0.85)],
      0.01,
    );
    expect(enough).toEqual({ quality: 0.9, above: 0.8 });
    expect(points.map(({ quality }) => quality)).toEqual([0.5, 0.8, 0.9, 1]);
    expect(slopes[0]).toBeCloseTo(0.25 / 0.3, 6);
  });

  it("has no such quality where only the truth is good enough", () => {
    expect(doseResponse([at(1, 0.9), at(0.9, 0.8)], 0.01)).not.toHaveProperty("enough");
    expect(() => doseResponse([at(0.9, 0.8)], 0.01)).toThrow("quality 1");
  });
});

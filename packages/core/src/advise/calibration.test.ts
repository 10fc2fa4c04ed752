import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { compareCells } from "../measure/compare";
import type { Cell, Comparison } from "../measure/comparison";
import { studentQuantile } from "../measure/student-t";
import { stream } from "../random/streams";
import type { Advice } from "./advice";
import { calibrate, calibrationInWords, outcomeOf, predictionsOf } from "./calibration";

const ROWS = 64;
const engine = {
  version: "1",
  backend: "cpu",
  form: "eager",
  kernels: "",
  threads: 1,
  node: "20",
} as const;

/** Scores of two pipelines by seed. */
type Scores = Readonly<Record<"a" | "b", (seed: number) => number>>;

function comparison(
  seeds: readonly number[],
  scores: Scores,
  change: Partial<Pick<Comparison, "advice" | "problem">> = {},
): Comparison {
  const cells = (["a", "b"] as const).flatMap((pipeline) =>
    seeds.map((one): Cell => {
      const test = { accuracy: scores[pipeline](one) };
      const rest = { seconds: 1, cached: false, labels: {}, cost: 0, train: test, stages: {} };
      return { pipeline, budget: ROWS, seed: one, test, ...rest };
    }),
  );
  const pipelines = ["a", "b"].map((id) => ({ id, title: id, hash: `hash of ${id}` }));
  return {
    ...compareCells({
      problem: { name: "p", hash: "data" },
      metric: "accuracy",
      chance: 0.1,
      engine,
      pipelines,
      budgets: [ROWS],
      seeds,
      cells,
    }),
    ...change,
  };
}

const gain: Advice = {
  rule: "E1",
  title: "t",
  outcome: "holds",
  about: ["a", "b"],
  says: "",
  evidence: [],
  measurements: [],
  confidence: 0.95,
  prediction: { says: "a gains", of: "a", over: "b", rows: ROWS, score: "accuracy", low: 0.1, high: 0.3 },
};
const scores = (byA: number): Scores => ({ a: () => byA, b: () => 0.5 });
const [prediction] = predictionsOf(comparison([1, 2, 3], scores(0.7), { advice: [gain] }));
if (prediction === undefined) throw new Error("no prediction");

describe("what came of a prediction", () => {
  it("is told by at least three seeds that it was not made from", () => {
    expect(outcomeOf(prediction, comparison([1, 2, 3], scores(0.7)))).toBeUndefined();
    expect(outcomeOf(prediction, comparison([3, 4, 5], scores(0.7)))).toBeUndefined();
    expect(outcomeOf(prediction, comparison([3, 4, 5, 6], scores(0.7)))).toMatchObject({ n: 3, held: true });
    expect(outcomeOf(prediction, comparison([4, 5, 6], scores(0.95)))).toMatchObject({ held: false });
  });

  it("is never told by other data", () => {
    const other = comparison([4, 5, 6], scores(0.7), { problem: { name: "p", hash: "changed" } });
    expect(outcomeOf(prediction, other)).toBeUndefined();
  });

  it("is the improvement, whichever way the metric points", () => {
    const lower = { ...prediction, higherIsBetter: false, low: -0.3, high: -0.1 };
    expect(outcomeOf(lower, comparison([4, 5, 6], scores(0.7)))?.held).toBe(true);
  });
});

describe("the calibration", () => {
  const outcome = (key: string, held: boolean) => ({ key, mean: 0, n: 3, held });
  const made = ["1", "2", "3", "4"].map((key, k) => ({ ...prediction, key, confidence: k < 2 ? 0.9 : 0.6 }));

  it("is the Brier score and the share that held, each prediction by what came of it first", () => {
    const found = calibrate(made, [
      outcome("1", true),
      outcome("1", false),
      outcome("2", false),
      outcome("3", true),
      outcome("gone", true),
    ]);
    expect(found).toMatchObject({ made: 4, settled: 3, held: 2 });
    expect(found.brier).toBeCloseTo((0.1 ** 2 + 0.9 ** 2 + 0.4 ** 2) / 3, 12);
    expect(found.claimed).toBeCloseTo(0.8, 12);
    expect(found.coverage?.share).toBeCloseTo(2 / 3, 12);
    expect(calibrationInWords(found)).toMatch(/^Of 3 predictions .* 2 came true: 67 % .* claimed 80 %/);
  });

  it("says nothing of predictions that no run has tested", () => {
    const found = calibrate(made, []);
    expect(found).toEqual({ made: 4, settled: 0, held: 0 });
    expect(calibrationInWords(found)).toMatch(/4 predictions were made .* no later run/);
    expect(calibrationInWords(calibrate([], []))).toMatch(/No prediction/);
  });

  it("comes near to what is claimed, when predictions are what they claim to be", () => {
    const random = stream(seed(5), "calibration");
    const quantile = studentQuantile(0.975, 4);
    const outcomes = Array.from({ length: 2000 }, (_, k) => {
      const draw = (): number[] => Array.from({ length: 5 }, () => random.normal());
      const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / 5;
      const [past, future] = [draw(), draw()];
      const sd = Math.sqrt(past.reduce((sum, one) => sum + (one - mean(past)) ** 2, 0) / 4);
      const half = quantile * sd * Math.sqrt(2 / 5);
      return outcome(String(k), Math.abs(mean(future) - mean(past)) <= half);
    });
    const many = outcomes.map(({ key }) => ({ ...prediction, key }));
    const { coverage } = calibrate(many, outcomes);
    expect(coverage?.share).toBeGreaterThan(0.935);
    expect(coverage?.share).toBeLessThan(0.965);
  });
});

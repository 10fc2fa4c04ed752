import { describe, expect, it } from "vitest";
import type { ClosedLoopResult } from "../train/closed-loop";
import type { OracleResult } from "../train/events";
import { compareClosedLoop } from "./closed-loop";
import type { Cell } from "./comparison";
import { headlineOf, scoreLook } from "./score-look";
import { wilsonInterval } from "./wilson";
import { kitchenSink } from "../../test/support/problems";

const environment = {
  version: "1",
  conditions: [
    { id: "day", title: "By day" },
    { id: "night", title: "At night" },
  ],
  words: {
    "closed-loop-success": "s",
    "closed-loop-composite": "cs",
    "closed-loop-completion": "c",
    "closed-loop-harm": "h",
    "closed-loop-violation": "v",
    "closed-loop-roughness": "r",
  },
  mistakes: { words: "m", horizons: [1, 2, 4] },
};
const EPISODES = 20;
const SEEDS = [1, 2, 3, 4];

/** A cell of a pipeline that succeeds in so many of 20 episodes by day and at night. */
const cell = (pipeline: string, seed: number, [day, night]: readonly [number, number]): Cell => ({
  pipeline,
  budget: 50,
  seed,
  seconds: 1,
  cached: false,
  labels: {},
  cost: 0,
  test: {
    "closed-loop-success": day / EPISODES,
    "closed-loop-success:night": night / EPISODES,
    "closed-loop-harm": 0.25,
    "closed-loop-compounding": (pipeline === "a" ? 1 : 2) + 0.01 * seed ** 2,
    mae: 0.1 * seed,
  },
  train: {},
  stages: {},
});
const loopOf = ({ test }: Cell): ClosedLoopResult => ({
  version: "1",
  conditions: environment.conditions.map(({ id }, index) => {
    const share = test[index === 0 ? "closed-loop-success" : `closed-loop-success:${id}`] ?? 0;
    const success = Array.from({ length: EPISODES }, (_, k) => Number(k < share * EPISODES));
    const mistakes = [1, 2, index === 0 ? 4 : 16 * share];
    return {
      id,
      success,
      completion: success,
      harm: success,
      violation: success,
      roughness: success,
      mistakes,
    };
  }),
});
/** Scores where a perfect `see` gains so much, and a perfect `move` behind it so much more. */
const setScores = (base: number, [see, move]: readonly [number, number]): OracleResult["scores"] => [
  { replaced: [], score: base },
  { replaced: ["see"], score: base + see },
  { replaced: ["see", "move"], score: base + see + move },
];
const cells = SEEDS.flatMap((seed) => [
  cell("a", seed, [18, 9 + (seed % 2)]),
  cell("b", seed, [9 + (seed % 3), 9]),
]);
const found = compareClosedLoop({
  environment,
  openLoop: "mae",
  pipelines: [
    { id: "a", title: "Cut", hash: "1" },
    { id: "b", title: "Whole", hash: "2" },
  ],
  budgets: [50],
  seeds: SEEDS,
  cells,
  loopOf,
  oraclesOf: ({ pipeline, test }) => ({
    stages: ["see", "move"],
    upstream: { see: [], move: ["see"] },
    onTruth: [],
    scores: setScores(test["closed-loop-success"] ?? 0, [0.05, 0.1]),
    ...(pipeline === "a"
      ? {
          elsewhere: [
            { condition: "night", scores: setScores(test["closed-loop-success:night"] ?? 0, [0.4, 0.1]) },
          ],
        }
      : {}),
  }),
});

describe("comparing in the loop", () => {
  it("gives success with Wilson's interval over the episodes, and what else was measured", () => {
    expect(found.summary.map(({ pipeline, condition }) => [condition, pipeline])).toEqual([
      ["day", "a"],
      ["day", "b"],
      ["night", "a"],
      ["night", "b"],
    ]);
    const { low, high } = wilsonInterval(18, EPISODES);
    expect(found.summary[0]).toMatchObject({ mean: 0.9, low, high, episodes: EPISODES, n: 4 });
    expect(found.summary[0]?.scores["closed-loop-harm"]).toBe(0.25);
    expect(found.summary[0]?.openLoop).toBeCloseTo(0.25, 12);
    expect(found.summary[2]?.mean).toBeCloseTo(9.5 / EPISODES, 12);
    expect(found.summary[2]?.scores["closed-loop-harm"]).toBeUndefined();
  });

  it("judges pairs under each condition, and names it", () => {
    const verdicts = found.paired.map(({ condition, verdict, words }) => ({ condition, verdict, words }));
    expect(verdicts).toMatchObject([
      { condition: "day", verdict: "a" },
      { condition: "night", verdict: "undecided" },
    ]);
    expect(verdicts[0]?.words).toContain("Cut is better than Whole at 50 rows, By day (+");
    expect(verdicts[1]?.words).toContain("at 50 rows, At night");
    expect(found.paired[0]?.testSetError).toBeGreaterThan(0);
  });

  it("says how mistakes grow with the horizon, and whose do so faster", () => {
    const [a, , atNight] = found.summary;
    expect(a?.mistakes).toEqual([1, 2, 4]);
    expect(atNight?.mistakes?.[2]).toBeCloseTo(16 * (9.5 / EPISODES), 12);
    expect(a?.compounding).toMatchObject({ n: 4 });
    expect(a?.compounding?.mean).toBeCloseTo(1.075, 12);
    const { low = Number.NaN, high = Number.NaN } = a?.compounding ?? {};
    // t(3 df) = 3.1824; 0.01 × (1, 4, 9, 16) has a standard deviation of 0.06557.
    expect([low, high]).toEqual([expect.closeTo(1.075 - 0.10434, 4), expect.closeTo(1.075 + 0.10434, 4)]);
    expect(found.compounding).toMatchObject([{ condition: "day", verdict: "a", mean: -1, n: 4 }]);
    expect(found.compounding[0]?.words).toContain("by how mistakes compound, By day");
  });

  it("attributes errors under the later conditions too, without the fates of single answers", () => {
    expect(found.attribution.map(({ condition, pipeline }) => [condition, pipeline])).toEqual([
      ["night", "a"],
    ]);
    const [night] = found.attribution;
    expect(night?.steps.map(({ stage, gain }) => [stage, gain])).toEqual([
      ["see", expect.closeTo(0.4, 12)],
      ["move", expect.closeTo(0.1, 12)],
    ]);
    expect(night?.base).toBeCloseTo(9.5 / EPISODES, 12);
    expect(night?.blame).toBeUndefined();
    expect(night?.words).toContain("errors of see cost most");
  });

  it("is the headline where a problem has an environment, and reads as a share", () => {
    expect(headlineOf(kitchenSink)).toBe("accuracy");
    expect(headlineOf({ ...kitchenSink, environment })).toBe("closed-loop-success");
    expect(scoreLook("closed-loop-success:night")?.isShare).toBe(true);
    expect(scoreLook("closed-loop-roughness")).toMatchObject({ isShare: false, higherIsBetter: false });
    expect(scoreLook("mae:steering")?.isShare).toBe(false);
    expect(scoreLook("nonsense")).toBeUndefined();
  });
});

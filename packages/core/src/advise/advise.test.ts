import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { compareCells } from "../measure/compare";
import type { Cell, ClosedLoopComparison, ClosedLoopSummary } from "../measure/comparison";
import { stream } from "../random/streams";
import { advise } from "./advise";
import type { RuleName } from "./advice";
import type { LearnedFacts, PipelineFacts } from "./facts";
import { type AdviceQuestion, foretellMean } from "./question";

const BUDGETS = [32, 64, 128, 256, 512];
const SEEDS = [1, 2, 3, 4, 5];

type Curve = (rows: number) => number;

interface Drawn {
  readonly test: Curve;
  readonly train?: Curve;
  readonly labels?: Readonly<Record<string, number>>;
  /** Scores by name, beside the headline's. */
  readonly more?: Readonly<Record<string, Curve>>;
  readonly stages?: Readonly<Record<string, Curve>>;
}

/** A pipeline's facts; each learned stage by the fields that it learns from. */
function facts(
  id: string,
  learned: readonly Partial<LearnedFacts>[],
  more: Partial<PipelineFacts> = {},
): PipelineFacts {
  return {
    id,
    title: id,
    learned: learned.map((one, k) => ({
      stage: `s${k}`,
      fields: ["y"],
      needsOthers: false,
      trainableWeights: 100,
      ...one,
    })),
    between: [],
    algorithms: 0,
    joint: false,
    aggregates: false,
    ...more,
  };
}

type LoopSlope = Pick<ClosedLoopSummary, "pipeline" | "budget" | "compounding">;

/** A loop in which nothing was measured but how mistakes compound. */
const loopWith = (slopes: readonly LoopSlope[]): ClosedLoopComparison => ({
  version: "1",
  conditions: [{ id: "day", title: "By day" }],
  words: {
    "closed-loop-success": "s",
    "closed-loop-composite": "cs",
    "closed-loop-completion": "c",
    "closed-loop-harm": "h",
    "closed-loop-violation": "v",
    "closed-loop-roughness": "r",
  },
  openLoop: "accuracy",
  summary: slopes.map((one) => ({
    condition: "day",
    mean: 0.5,
    low: 0.4,
    high: 0.6,
    episodes: 50,
    n: 5,
    scores: {},
    ...one,
  })),
  paired: [],
  compounding: [],
  attribution: [],
});

const whole = facts("whole", [{}]);
const cut = facts("cut", [{ fields: ["z"] }], { between: ["z"], algorithms: 1 });

function ask(
  pipelines: readonly (readonly [PipelineFacts, Drawn])[],
  { loop, ...more }: Partial<AdviceQuestion> & { readonly loop?: readonly LoopSlope[] } = {},
): ReturnType<typeof advise> {
  const cells = pipelines.flatMap(
    ([{ id }, { test, train = () => 1, labels = { y: 1 }, more: scores = {}, stages = {} }]) =>
      BUDGETS.flatMap((budget) =>
        SEEDS.map((one): Cell => {
          const noise = 0.003 * stream(seed(one), id, budget).normal();
          const at = (curves: Readonly<Record<string, Curve>>): Record<string, number> =>
            Object.fromEntries(Object.entries(curves).map(([name, curve]) => [name, curve(budget) + noise]));
          return {
            pipeline: id,
            budget,
            seed: one,
            seconds: 1,
            cached: false,
            labels: Object.fromEntries(
              Object.entries(labels).map(([field, perRow]) => [field, perRow * budget]),
            ),
            cost: budget,
            test: { accuracy: test(budget) + noise, ...at(scores) },
            train: { accuracy: train(budget) },
            stages: Object.fromEntries(
              Object.entries(stages).map(([stage, curve]) => [stage, { accuracy: curve(budget) + noise }]),
            ),
          };
        }),
      ),
  );
  const chance = 0.1;
  const comparison = compareCells({
    problem: { name: "p", hash: "h" },
    engine: { version: "1", backend: "cpu", form: "eager", kernels: "stock", threads: 1, node: "v20" },
    pipelines: pipelines.map(([{ id }]) => ({ id, title: id, hash: id })),
    budgets: BUDGETS,
    seeds: SEEDS,
    cells,
    metric: "accuracy",
    chance,
  });
  return advise({
    comparison: loop === undefined ? comparison : { ...comparison, closedLoop: loopWith(loop) },
    facts: pipelines.map(([one]) => one),
    prices: { y: 1, z: 1 },
    margin: 0.01,
    style: { metric: "accuracy", isShare: true },
    chance,
    ...more,
  });
}

const only = (advice: ReturnType<typeof advise>, rule: RuleName) => advice.filter((one) => one.rule === rule);
const learning =
  (top: number, steep: number): Curve =>
  (rows) =>
    top - steep / Math.sqrt(rows / 32);

describe("every advice", () => {
  const advice = ask([
    [cut, { test: () => 0.8, labels: { z: 2 } }],
    [whole, { test: learning(0.9, 0.5) }],
  ]);

  it("names cells, and gives a prediction with a range, the run that would refute it and how sure it is, or abstains", () => {
    expect(advice.length).toBeGreaterThan(3);
    for (const { prediction, test, confidence, outcome, evidence } of advice) {
      if (prediction !== undefined) {
        expect(prediction.low).toBeLessThan(prediction.high);
        expect(test?.seeds.some((one) => SEEDS.includes(one))).toBe(false);
        expect(confidence).toBe(0.95);
      }
      if (outcome !== "unknown") expect(evidence.length + (test === undefined ? 0 : 1)).toBeGreaterThan(0);
    }
  });

  it("covers the mean over new seeds as often as it claims", () => {
    const random = stream(seed(5), "predictions");
    let held = 0;
    const draw = () => Array.from({ length: 5 }, () => 0.3 + 0.1 * random.normal());
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (let round = 0; round < 2000; round++) {
      const seen = draw();
      const sd = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean(seen)) ** 2, 0) / 4);
      const { low, high } = foretellMean({ mean: mean(seen), sd, n: 5 }) ?? { low: 1, high: 0 };
      const next = mean(draw());
      if (low <= next && next <= high) held++;
    }
    expect(held / 2000).toBeGreaterThan(0.935);
    expect(held / 2000).toBeLessThan(0.965);
  });
});

describe("E1", () => {
  const at = (test: Curve, train: Curve) => only(ask([[whole, { test, train }]]), "E1")[0];

  it("sees learning, memorising and under-training", () => {
    expect(at(learning(0.9, 0.5), () => 1)?.outcome).toBe("holds");
    const memorised = at(
      () => 0.1,
      () => 1,
    );
    expect([memorised?.outcome, memorised?.says.includes("memorises")]).toEqual(["fails", true]);
    expect(
      at(
        () => 0.1,
        () => 0.15,
      )?.says,
    ).toContain("under-trained");
  });
});

describe("E2, E3 and E6", () => {
  it("tell a seam that throws information away from one that doesn't", () => {
    const pipelines = [
      [cut, { test: () => 0.5, labels: { z: 1 } }],
      [whole, { test: learning(0.9, 0.5) }],
    ] as const;
    expect(only(ask(pipelines, { goldOf: () => 0.5 }), "E2")[0]?.outcome).toBe("holds");
    expect(only(ask(pipelines, { goldOf: () => 1 }), "E2")[0]?.outcome).toBe("fails");
    expect(only(ask(pipelines), "E2")[0]?.outcome).toBe("unknown");
  });

  it("choose by what the rows there are show, and call for a third way where the ceiling says otherwise", () => {
    const early = [
      [cut, { test: () => 0.8, labels: { z: 1 } }],
      [whole, { test: () => 0.7 }],
    ] as const;
    expect(only(ask(early), "E3")[0]).toMatchObject({
      outcome: "holds",
      says: expect.stringContaining("Decompose"),
    });
    const late = [
      [cut, { test: () => 0.7, labels: { z: 1 } }],
      [whole, { test: () => 0.8 }],
    ] as const;
    expect(only(ask(late), "E3")[0]?.outcome).toBe("fails");
    expect(only(ask(late, { goldOf: () => 0.9 }), "E6")[0]?.outcome).toBe("unknown");
    expect(only(ask(early, { goldOf: () => 0.9 }), "E6")).toEqual([]);
  });

  it("don't send anyone to rows that aren't there", () => {
    const tie = [
      [cut, { test: () => 0.7, labels: { z: 1 } }],
      [whole, { test: () => 0.7 }],
    ] as const;
    expect(only(ask(tie, { rowsAvailable: 2000 }), "E3")[0]?.test?.budgets).toEqual([1024]);
    expect(only(ask(tie, { rowsAvailable: 600 }), "E3")[0]?.test?.budgets).toEqual([512]);
  });
});

describe("E4", () => {
  it("weighs the ratio of rows against the ratio of prices", () => {
    // The whole needs 2.25 times the rows for the same error.
    const pipelines = [
      [cut, { test: learning(0.9, 0.2), labels: { z: 1 } }],
      [whole, { test: learning(0.9, 0.3) }],
    ] as const;
    expect(only(ask(pipelines), "E4")[0]?.outcome).toBe("holds");
    expect(only(ask(pipelines, { prices: { y: 1, z: 10 } }), "E4")[0]?.outcome).toBe("fails");
    expect(only(ask(pipelines, { prices: {} }), "E4")[0]?.outcome).toBe("unknown");
  });
});

describe("E5 and E7", () => {
  it("compares a learned stage with the algorithm in its place", () => {
    const learned = facts("learned", [{ fields: ["z"] }, { fields: ["y"] }], { between: ["z"] });
    const [advice] = only(
      ask([
        [cut, { test: () => 0.9, labels: { z: 1 } }],
        [learned, { test: learning(0.9, 0.3), stages: { s1: () => 0.995 } }],
      ]),
      "E5",
    );
    expect(advice).toMatchObject({ outcome: "holds", about: ["cut", "learned"] });
    expect(advice?.says).toContain("nothing is left for an algorithm");
  });

  it("lets the closed loop decide", () => {
    const pipelines = (closedWhole: number) =>
      [
        [cut, { test: () => 0.7, more: { "closed-loop-success": () => 0.9 } }],
        [whole, { test: () => 0.8, more: { "closed-loop-success": () => closedWhole } }],
      ] as const;
    expect(only(ask(pipelines(0.3)), "E7")[0]?.outcome).toBe("holds");
    expect(only(ask(pipelines(0.95)), "E7")[0]?.outcome).toBe("fails");
    expect(only(ask([[whole, { test: () => 0.8 }]]), "E7")).toEqual([]);
  });
});

describe("E7, by how mistakes compound", () => {
  const slopeOf = (one: PipelineFacts, slope: { mean: number; low?: number; high?: number; n: number }) => {
    const [advice] = only(
      ask([[one, { test: () => 0.7 }]], { loop: [{ pipeline: one.id, budget: 512, compounding: slope }] }),
      "E7",
    );
    return advice;
  };

  it("asks for practice where they surely grow much faster than time", () => {
    const advice = slopeOf(whole, { mean: 1.8, low: 1.7, high: 1.9, n: 5 });
    expect(advice).toMatchObject({ outcome: "holds", about: ["whole"] });
    expect(advice?.says).toContain("the power 1.80 (95 % interval 1.70 to 1.90, 5 seeds), above 1.4");
    expect(advice?.says).toContain("DAgger");
    expect(advice?.evidence.length).toBe(SEEDS.length);
  });

  it("doesn't tell those to practise who do", () => {
    const practised = facts("practised", [{}], { aggregates: true });
    expect(slopeOf(practised, { mean: 1.8, low: 1.7, high: 1.9, n: 5 })?.says).toContain(
      "already asks an expert",
    );
  });

  it("says so where mistakes come at an even pace, and abstains in between", () => {
    expect(slopeOf(whole, { mean: 1, low: 0.8, high: 1.2, n: 5 })?.outcome).toBe("fails");
    const open = slopeOf(whole, { mean: 1.5, low: 1.2, high: 1.8, n: 5 });
    expect(open?.outcome).toBe("unknown");
    expect(open?.test?.seeds).toEqual([6, 7, 8, 9, 10]);
    expect(slopeOf(whole, { mean: 1.8, n: 2 })?.outcome).toBe("unknown");
  });
});

describe("the rules of transfer", () => {
  const frozen = facts("frozen", [{ start: { artifact: "a/1", freeze: "all" } }]);
  const tuned = facts("tuned", [{ start: { artifact: "a/1", freeze: "none" } }]);
  const permuted = facts("permuted", [{ start: { artifact: "p/1", freeze: "all" } }]);
  const scratch = facts("scratch", [{}]);
  const advice = ask(
    [
      [frozen, { test: () => 0.8 }],
      [tuned, { test: learning(0.9, 0.2) }],
      [permuted, { test: () => 0.5 }],
      [scratch, { test: learning(0.9, 0.5) }],
    ],
    { donorRows: new Map([["frozen", 10_000]]) },
  );

  it("take format, ratio, usefulness, depth and exhaustion one by one", () => {
    expect(only(advice, "T1").map(({ outcome }) => outcome)).toEqual(["holds", "holds", "holds"]);
    expect(only(advice, "T2").map(({ about, outcome }) => [about[0], outcome])).toEqual([
      ["frozen", "holds"],
      ["tuned", "unknown"],
      ["permuted", "unknown"],
    ]);
    expect(only(advice, "T3").map(({ about, outcome }) => [about, outcome])).toEqual([
      [["frozen", "permuted"], "holds"],
    ]);
    expect(
      only(advice, "T4").some(({ about, outcome }) => about.join() === "frozen,tuned" && outcome === "holds"),
    ).toBe(true);
    expect(only(advice, "T5").find(({ about }) => about[0] === "tuned")?.outcome).toBe("fails");
  });

  it("know random features as a control, and not as a transfer", () => {
    const random = facts("random", [{ start: { freeze: 1 } }]);
    const kept = facts("kept", [{ start: { artifact: "a/1", freeze: 1 } }]);
    const found = ask([
      [random, { test: () => 0.5 }],
      [kept, { test: () => 0.8 }],
      [scratch, { test: learning(0.9, 0.5) }],
    ]);
    expect(only(found, "T3").map(({ about, outcome }) => [about, outcome])).toEqual([
      [["kept", "random"], "holds"],
    ]);
    for (const rule of ["T1", "T2", "T5"] as const)
      expect(only(found, rule).map(({ about }) => about[0])).toEqual(["kept"]);
  });

  it("find where a gain is used up", () => {
    // .9 − .5/√x and .9 − .2/√x differ by .01 at √x = 30: 28,800 rows, beyond what curves are believed for.
    const near = ask([
      [tuned, { test: learning(0.9, 0.2) }],
      [scratch, { test: learning(0.9, 0.24) }],
    ]);
    const [exhausted] = only(near, "T5");
    const rows = exhausted?.measurements.find(({ what }) => what.startsWith("rows"))?.value ?? 0;
    expect(rows).toBeGreaterThan(350); // .04/√(n/32) = .01 at 512 rows
    expect(rows).toBeLessThan(750);
  });

  it("abstain without a control", () => {
    expect(only(ask([[frozen, { test: () => 0.8 }]]), "T3")[0]?.outcome).toBe("unknown");
  });
});

describe("the rules of multi-task learning", () => {
  const shared = facts("shared", [{ fields: ["a", "b"], trainableWeights: 500 }]);
  const narrow = facts("narrow", [{ fields: ["a", "b"], trainableWeights: 20 }]);
  const complete = facts("complete", [{ fields: ["a", "b"], needsOthers: true }]);
  const single = facts("single", [{ fields: ["a"] }, { fields: ["b"] }]);
  const tasks = (a: number, b: number): Drawn => ({
    test: () => (a + b) / 2,
    more: { "accuracy:a": () => a, "accuracy:b": () => b },
    labels: { a: 0.5, b: 0.5 },
  });

  it("tell gains task by task, and which task to take out", () => {
    const advice = ask([
      [shared, tasks(0.9, 0.7)],
      [single, tasks(0.8, 0.8)],
    ]);
    expect(only(advice, "M2")[0]?.says).toContain("a gain from the shared trunk, b lose by it");
    expect(only(advice, "M5").map(({ says }) => says.startsWith("Take b out"))).toEqual([true]);
    expect(only(advice, "M1")[0]?.outcome).toBe("holds");
  });

  it("see a trunk that is too narrow, and tasks that don't go together at any width", () => {
    const flip = ask([
      [narrow, tasks(0.7, 0.7)],
      [shared, tasks(0.85, 0.85)],
      [single, tasks(0.8, 0.8)],
    ]);
    expect(only(flip, "M3")[0]?.outcome).toBe("holds");
    const unrelated = ask([
      [narrow, tasks(0.6, 0.6)],
      [shared, tasks(0.7, 0.7)],
      [single, tasks(0.8, 0.8)],
    ]);
    expect(only(unrelated, "M3")[0]?.outcome).toBe("fails");
  });

  it("compare masks with dropping rows, or foretell it from the learning curve", () => {
    const measured = ask([
      [shared, tasks(0.9, 0.9)],
      [complete, tasks(0.6, 0.6)],
    ]);
    expect(only(measured, "M4")[0]).toMatchObject({ outcome: "holds" });
    const foretold = ask([[shared, { ...tasks(0.9, 0.9), test: learning(0.9, 0.4) }]]);
    // A quarter of 512 rows is complete: .4/√4 − .4/√16 = .1.
    const added = only(foretold, "M4")[0]?.measurements.find(({ what }) =>
      what.startsWith("error added"),
    )?.value;
    expect(added).toBeCloseTo(0.1, 2);
  });

  it("call for fine-tuning where one task drowns the others", () => {
    const three = facts("three", [{ fields: ["a", "b", "c"] }]);
    const threeSingle = facts("three-single", [{ fields: ["a"] }, { fields: ["b"] }, { fields: ["c"] }]);
    const labels = { a: 20, b: 1, c: 1 };
    const advice = ask([
      [three, { test: () => 0.8, labels }],
      [threeSingle, { test: () => 0.8, labels }],
    ]);
    expect(only(advice, "M1")[0]).toMatchObject({ outcome: "fails" });
  });
});

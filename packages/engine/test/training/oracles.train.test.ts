import { type Engine, type TrialResult } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { eachThenAdd, endToEnd, pipeline, twoNetworks } from "./pipelines";
import { resultOf, run } from "./run";
import { changeColumn, twoGlyphs, twoGlyphsData } from "./two-glyphs";

const quick = { steps: 120, batchSize: 16, learningRate: 0.02 };

/** The second network alone, fed with true digits in training and testing. */
const addTruth = pipeline(
  "Add the true digits",
  {
    in: { kind: "field", params: { field: "digits" } },
    add: { kind: "dense-net", params: { hidden: [24], label: "y", ...quick } },
    out: { kind: "answer", params: { field: "y" } },
  },
  [
    ["in.value", "add.input"],
    ["add.output", "out.value"],
  ],
);

const scoreWith = ({ oracles }: TrialResult, ...replaced: readonly string[]): number | undefined =>
  oracles?.scores.find((one) => one.replaced.join() === replaced.join())?.score;

describe("oracles", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "wasm", form: "program" });
  });

  it("score a chain with the truth up to each stage, from the plain score to the ceiling", async () => {
    const result = resultOf(await run(engine, twoNetworks("label")));
    expect(result.oracles?.stages).toEqual(["read", "add"]);
    expect(result.oracles?.upstream["add"]).toEqual(["read"]);
    expect(scoreWith(result)).toBe(result.test["accuracy"]);
    expect(scoreWith(result, "read", "add")).toBe(1);
    expect(result.oracles?.onTruth).toEqual(["read", "add"]);
    expect(result.oracles?.between).toEqual(["read"]);
  });

  it("feed what lies downstream with the truth: as a pipeline that is given it", async () => {
    const result = resultOf(await run(engine, twoNetworks("label")));
    const problem = { ...twoGlyphs, input: ["glyphs", "digits"] };
    const given = resultOf(await run(engine, addTruth, { problem }));
    expect(scoreWith(result, "read")).toBe(given.test["accuracy"]);
  });

  it("reach into a network whose stages were trained as one", async () => {
    const result = resultOf(await run(engine, twoNetworks("joint"), { budget: 120 }));
    expect(result.oracles?.onTruth).toEqual(["add"]);
    expect(scoreWith(result)).toBe(result.test["accuracy"]);
    expect(scoreWith(result, "read")).toBeGreaterThan((result.chance?.["accuracy"] ?? 1) + 0.2);
    expect(scoreWith(result, "read", "add")).toBe(1);
  });

  it("make a formula's answer right, and tell which rows the stage before it cost", async () => {
    const { oracles, test, testRows } = resultOf(await run(engine, eachThenAdd({ steps: 20 })));
    expect(oracles?.scores.at(-1)).toEqual({ replaced: ["read"], score: 1 });
    const blame = oracles?.blame;
    const blamed = blame?.blamed.reduce((sum, { rows }) => sum + rows, 0) ?? 0;
    expect((blame?.right ?? 0) + (blame?.lucky ?? 0) + blamed).toBe(testRows);
    expect(((blame?.right ?? 0) + (blame?.lucky ?? 0)) / testRows).toBeCloseTo(test["accuracy"] ?? 0, 12);
    expect(blame?.unexplained).toBe(0);
  });

  it("keep the prediction where a test row has no label", async () => {
    const blank = changeColumn(twoGlyphsData(), "digits", ({ present }) => {
      present.fill(0, 60 * 2);
    });
    const data = { ...blank, hash: "blank" };
    const result = resultOf(await run(engine, eachThenAdd({ steps: 40 }), { data }));
    expect(scoreWith(result, "read")).toBeGreaterThanOrEqual(result.test["accuracy"] ?? 1);
  });

  it("are left out where the only stage is the answer itself", async () => {
    const result = resultOf(await run(engine, endToEnd()));
    expect(result.oracles).toBeUndefined();
    expect(result.chance?.["accuracy"]).toBeGreaterThan(0.15);
    expect(result.stages["read"]?.chance?.["accuracy"]).toBe(result.chance?.["accuracy"]);
  });
});

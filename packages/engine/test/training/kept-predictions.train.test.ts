import { type Engine, memoryCache, type Prediction, type PredictionStore } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { eachThenAdd, pipeline, twoNetworks } from "./pipelines";
import { resultOf, run, type Setting, withoutTimes } from "./run";
import { changeColumn, twoGlyphsData } from "./two-glyphs";

interface Counted extends PredictionStore {
  readonly kept: Map<string, Prediction>;
}

function memoryPredictions(): Counted {
  const kept = new Map<string, Prediction>();
  return {
    kept,
    get: async (key) => kept.get(key),
    put: async (key, prediction) => void kept.set(key, structuredClone(prediction)),
  };
}

/** Reads each glyph by the network of `eachThenAdd`, with another formula behind it. */
const otherFormula = (read: object = {}): unknown => {
  const { stages, links } = eachThenAdd(read) as {
    stages: Record<string, { params: object }>;
    links: { from: string; to: string }[];
  };
  const add = { kind: "formula", params: { expression: "(digits[0] + digits[1]) mod 4" } };
  return pipeline(
    "Other formula",
    { ...stages, add },
    links.map(({ from, to }) => [from, to] as const),
  );
};

describe("a trial whose networks have predicted before", () => {
  let engine: Engine;
  let noEngine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "cpu", form: "eager" });
    noEngine = {
      ...engine,
      stepper: () => {
        throw new Error("a network runs");
      },
    };
  });
  const read = { steps: 20 };

  it("has the same result, bit for bit, without running them, also with another formula behind them", async () => {
    const [cache, predictions] = [memoryCache(), memoryPredictions()];
    const plain = resultOf(await run(engine, eachThenAdd(read)));
    const first = resultOf(await run(engine, eachThenAdd(read), { cache, predictions }));
    expect(withoutTimes(first)).toEqual(withoutTimes(plain));
    expect(predictions.kept.size).toBe(2); // test rows and scored training rows
    const again = resultOf(await run(noEngine, eachThenAdd(read), { cache, predictions }));
    expect(withoutTimes(again)).toEqual(withoutTimes(plain));
    const other = resultOf(await run(noEngine, otherFormula(read), { cache, predictions }));
    const otherPlain = resultOf(await run(engine, otherFormula(read)));
    expect(withoutTimes(other)).toEqual(withoutTimes(otherPlain));
  });

  it("gives the same where one network's predictions train another", async () => {
    const mode = "cross-fitted";
    const [cache, predictions] = [memoryCache(), memoryPredictions()];
    const setting = { cache, predictions };
    await run(engine, twoNetworks(mode, { read, add: read }), setting);
    const before = predictions.kept.size;
    const changed = twoNetworks(mode, { read, add: { steps: 30 } });
    const result = resultOf(await run(engine, changed, setting));
    expect(withoutTimes(result)).toEqual(withoutTimes(resultOf(await run(engine, changed))));
    expect(predictions.kept.size).toBeGreaterThan(before); // the second network's own
  });

  const otherRecords = changeColumn(twoGlyphsData(), "glyphs", ({ data }) => {
    data[0] = (data[0] ?? 0) + 0.5;
  });
  it.each<[string, object, Setting]>([
    ["another network", { steps: 21 }, {}],
    ["another seed", read, { seed: 2 }],
    ["another budget", read, { budget: 50 }],
    ["other records", read, { data: otherRecords }],
  ])("reads nothing of %s", async (_, params, setting) => {
    const [cache, predictions] = [memoryCache(), memoryPredictions()];
    await run(engine, eachThenAdd(read), { cache, predictions });
    const before = [...predictions.kept.keys()];
    const changed = { ...setting, cache, predictions };
    const result = resultOf(await run(engine, eachThenAdd(params), changed));
    expect(withoutTimes(result)).toEqual(
      withoutTimes(resultOf(await run(engine, eachThenAdd(params), setting))),
    );
    expect([...predictions.kept.keys()].filter((key) => !before.includes(key))).toHaveLength(2);
  });
});

import { seed } from "@seams/core";
import { memoryCache, openTracer, type Tracer } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { eachThenAdd } from "./pipelines";
import { planOf, resultOf, run } from "./run";
import { twoGlyphs, twoGlyphsData } from "./two-glyphs";

const TEST = 4000;
const data = twoGlyphsData({ train: 200, test: TEST });
const QUALITIES = [0, 0.25, 0.5, 0.75, 0.9, 1];

/** Two of four classes, added modulo 4: right where both are, and where two errors cancel, a third of all pairs of them. */
const expected = (quality: number): number => quality ** 2 + (1 - quality) ** 2 / 3;

describe("how good a stage has to be", () => {
  let tracer: Tracer;
  let accuracy: number;
  beforeAll(async () => {
    const engine = await createEngine({ backend: "wasm", form: "program" });
    const cache = memoryCache();
    const document = eachThenAdd({ steps: 300 });
    accuracy = resultOf(await run(engine, document, { cache, data })).test["accuracy"] ?? Number.NaN;
    const trial = { plan: planOf(document), problem: twoGlyphs, budget: 60, seed: seed(1) };
    const opened = await openTracer(trial, {
      engine,
      data,
      cache,
      signal: new AbortController().signal,
      now: () => 0,
      breathe: () => Promise.resolve(),
    });
    if (opened.tracer === undefined) throw new Error("nothing to dose");
    tracer = opened.tracer;
  });

  it("gives the answer's score by the stage's quality, as worked out by hand", async () => {
    const scores = await tracer.doses({ stage: "read", qualities: QUALITIES });
    expect(scores?.score).toBe(accuracy);
    expect(scores?.doses.map(({ quality }) => quality)).toEqual(QUALITIES);
    for (const { quality, score } of scores?.doses ?? []) {
      const p = expected(quality);
      // Four standard errors of a share of the test rows.
      expect(Math.abs(score - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / TEST) + 1e-9);
    }
  });

  it("tells where on that scale the trained stage is, and gives the same again", async () => {
    const ask = { stage: "read", qualities: QUALITIES };
    const scores = await tracer.doses(ask);
    expect(expected(scores?.own ?? 0)).toBeCloseTo(accuracy, 1);
    expect(await tracer.doses(ask)).toEqual(scores);
  });

  it("names the stages that can be asked about, and answers for no other", async () => {
    expect(tracer.dosed).toEqual(["read"]);
    expect(await tracer.doses({ stage: "add", qualities: QUALITIES })).toBeUndefined();
  });
});

import { type Column, seed } from "@seams/core";
import { type Engine, memoryCache, type MemoryCache, openTracer, type Tracer } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { eachThenAdd, twoNetworks } from "./pipelines";
import { planOf, resultOf, run } from "./run";
import { changeColumn, twoGlyphs, twoGlyphsData } from "./two-glyphs";

const data = twoGlyphsData();

async function open(
  engine: Engine,
  document: unknown,
  { cache, problemData = data }: { readonly cache: MemoryCache; readonly problemData?: typeof data },
): ReturnType<typeof openTracer> {
  const trial = { plan: planOf(document), problem: twoGlyphs, budget: 60, seed: seed(1) };
  return openTracer(trial, {
    engine,
    data: problemData,
    cache,
    signal: new AbortController().signal,
    now: () => 0,
    breathe: () => Promise.resolve(),
  });
}

async function trained(engine: Engine, document: unknown, problemData = data): Promise<Tracer> {
  const cache = memoryCache();
  resultOf(await run(engine, document, { cache, data: problemData }));
  const { tracer } = await open(engine, document, { cache, problemData });
  if (tracer === undefined) throw new Error("nothing to trace");
  return tracer;
}

const at = (trace: Awaited<ReturnType<Tracer["trace"]>>, place: string) =>
  trace.values.find((value) => value.place === place);

/** The values of one record as plain numbers. */
const numbers = (column: Column | undefined): readonly number[] => [...(column?.data ?? [])];

describe("one example through every seam", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "wasm", form: "program" });
  });

  it("has value and truth at every seam, upstream first, and the scores of the whole test set", async () => {
    const cache = memoryCache();
    const result = resultOf(await run(engine, twoNetworks("label"), { cache }));
    const { tracer } = await open(engine, twoNetworks("label"), { cache });
    const rights = [];
    for (const row of tracer?.test ?? []) rights.push((await tracer?.trace(row, new Map()))?.outcome.right);
    expect(rights.filter((right) => right === true).length / rights.length).toBeCloseTo(
      result.test["accuracy"] ?? -1,
      12,
    );
    const trace = await tracer?.trace(tracer.test[0] ?? 0, new Map());
    expect(trace?.values.map(({ place }) => place)).toEqual(["field glyphs", "read.output", "add.output"]);
    expect(trace && at(trace, "read.output")?.label).toBe("digits");
    expect(trace && at(trace, "add.output")?.from).toEqual(["read.output"]);
  });

  it("follows a value that was given by hand, and nothing upstream of it does", async () => {
    const tracer = await trained(engine, eachThenAdd({ steps: 20 }));
    const row = tracer.test[0] ?? 0;
    const before = await tracer.trace(row, new Map());
    const read = at(before, "read.output");
    if (read === undefined) throw new Error("no digits");
    const changed = { ...read.value, data: Float32Array.of(1, 2) };
    const after = await tracer.trace(row, new Map([["read.output", changed]]));
    expect(numbers(after.values.at(-1)?.value)).toEqual([3]);
    expect(at(after, "read.output")?.edited).toBe(true);
    expect(at(after, "field glyphs")).toEqual(at(before, "field glyphs"));
  });

  it("names the fixes that make a wrong answer right", async () => {
    const tracer = await trained(engine, eachThenAdd({ steps: 2 }));
    let seen = 0;
    for (const row of tracer.test) {
      const { outcome } = await tracer.trace(row, new Map());
      const fixes = await tracer.fixes(row, new Map());
      if (outcome.right === false) seen++;
      if (outcome.right === false)
        expect(fixes).toEqual([{ place: "read.output", outcome: { right: true, score: 1 } }]);
    }
    expect(seen).toBeGreaterThan(0);
  });

  it("reaches into a network whose stages were trained as one", async () => {
    const tracer = await trained(engine, twoNetworks("joint"));
    const row = tracer.test[0] ?? 0;
    const trace = await tracer.trace(row, new Map());
    const read = at(trace, "read.output");
    expect(read?.truth).toBeDefined();
    if (read?.truth === undefined) return;
    const all = await Promise.all(
      [
        [0, 0],
        [1, 3],
        [3, 3],
      ].map(async (digits) => {
        const value = { ...read.value, data: Float32Array.from(digits), scores: oneHot(digits, 4) };
        return numbers((await tracer.trace(row, new Map([["read.output", value]]))).values.at(-1)?.value);
      }),
    );
    expect(new Set(all.map(String)).size).toBeGreaterThan(1);
  });

  it("has no truth and no fix where a record has no label", async () => {
    const blank = changeColumn(data, "digits", ({ present }) => {
      present.fill(0, 60 * 2);
    });
    const tracer = await trained(engine, eachThenAdd({ steps: 20 }), { ...blank, hash: "blank" });
    const unlabelled = [...tracer.test].filter((row) => row >= 60);
    expect(unlabelled.length).toBeGreaterThan(0);
    for (const row of unlabelled) {
      expect(at(await tracer.trace(row, new Map()), "read.output")?.truth).toBeUndefined();
      expect(await tracer.fixes(row, new Map())).toEqual([]);
    }
  });

  it("says so where the weights are gone, and trains nothing", async () => {
    const { tracer, diagnostics } = await open(engine, eachThenAdd({ steps: 20 }), { cache: memoryCache() });
    expect(tracer).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["weights-gone"]);
  });
});

function oneHot(classes: readonly number[], of: number): Float32Array {
  const scores = new Float32Array(classes.length * of);
  classes.forEach((place, slot) => {
    scores[slot * of + place] = 1;
  });
  return scores;
}

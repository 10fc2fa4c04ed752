import { type Engine, memoryCache, type RunEvent } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { climbedGlyphs, glyphClimb } from "./glyph-climb";
import { endToEnd, twoNetworks } from "./pipelines";
import { phasesOf, resultOf, run, withoutTimes } from "./run";

const CLIMB = { problem: climbedGlyphs, environment: glyphClimb, budget: 20 };
const asking = endToEnd({ aggregate: { rounds: 2, share: 0.5 } });
const PHASES = ["train read", "train read, round 1", "train read, round 2"];

describe("dataset aggregation", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "wasm", form: "program" });
  });

  it("counts and prices what the expert was asked, and says so", async () => {
    const plain = resultOf(await run(engine, endToEnd(), CLIMB));
    const { labels, cost, notes } = resultOf(await run(engine, asking, CLIMB));
    expect(plain.labels).toEqual({ y: 20 });
    expect(labels).toEqual({ y: 40 });
    expect(cost).toBe(2 * plain.cost);
    expect(notes?.map(({ code }) => code)).toContain("expert-asked");
    expect(notes?.[0]?.message).toMatch(/20 moments beside the 20 rows of the budget: 20 labels/);
  });

  it("learns from the moments: it ends with other weights than the records alone give", async () => {
    const cache = memoryCache();
    const plain = await run(engine, endToEnd(), { ...CLIMB, cache });
    const { events, result } = await run(engine, asking, { ...CLIMB, cache });
    expect(phasesOf(events, "phase.cached")).toEqual(["train read"]);
    expect(phasesOf(events, "phase.started")).toEqual(PHASES.slice(1));
    expect(result?.stages["read"]?.phases).toEqual(PHASES);
    expect(result?.stages["read"]?.weights).not.toBe(resultOf(plain).stages["read"]?.weights);
  });

  it("gives the same bits again, and takes every round from the cache without acting", async () => {
    const cache = memoryCache();
    const first = resultOf(await run(engine, asking, { ...CLIMB, cache }));
    const live = engine.liveTensors();
    const again = resultOf(await run(engine, asking, CLIMB));
    expect(withoutTimes(again)).toEqual(withoutTimes(first));
    expect(engine.liveTensors()).toBe(live);
    const { practise: _, ...unpractised } = glyphClimb;
    const { events, result } = await run(engine, asking, { ...CLIMB, environment: unpractised, cache });
    expect(phasesOf(events, "phase.cached")).toEqual(PHASES);
    expect(result?.labels).toEqual(first.labels);
  });

  it("goes on where it was killed in a later round, and ends with the same bits", async () => {
    const cache = memoryCache();
    const isInRoundTwo = (event: RunEvent): boolean =>
      event.type === "steps.finished" && event.phase === "train read, round 2";
    const killed = await run(engine, asking, { ...CLIMB, cache, kill: isInRoundTwo, clock: 1000 });
    expect(killed.result).toBeUndefined();
    const resumed = await run(engine, asking, { ...CLIMB, cache });
    expect(phasesOf(resumed.events, "phase.cached")).toEqual(PHASES.slice(0, 2));
    const whole = resultOf(await run(engine, asking, CLIMB));
    expect(resultOf(resumed).stages["read"]?.weights).toBe(whole.stages["read"]?.weights);
  });

  it("trains again what is fed with a stage that has learned more", async () => {
    const document = twoNetworks("predicted", { read: { aggregate: { rounds: 1, share: 0.5 } } });
    const { events, result } = await run(engine, document, CLIMB);
    expect(phasesOf(events, "phase.started")).toEqual([
      "train read",
      "train add",
      "train read, round 1",
      "train add, round 1",
    ]);
    expect(result?.labels["digits"]).toBe(60);
    expect(result?.labels["y"]).toBe(20);
  });
});

import { createEngine } from "../../src/index";
import { emptyRun, type Engine, foldRun, memoryCache } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { testedForms } from "../support/tested";
import { eachThenAdd, endToEnd, twoNetworks } from "./pipelines";
import { phasesOf, resultOf, run, withoutTimes } from "./run";
import { changeColumn, twoGlyphsData, twoGlyphsTotal } from "./two-glyphs";

// Eager steps on wasm say nothing here that eager steps on cpu do not.
const forms = testedForms.filter(([form, backend]) => form === "program" || backend !== "wasm");

describe.each(forms)("execute, with %s steps on %s", (form, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend, form });
  });

  it("learns to read each glyph, so that the formula's answers are right", async () => {
    const outcome = await run(engine, eachThenAdd());
    const result = resultOf(outcome);
    expect(result.stages.read?.scores.accuracy).toBeGreaterThan(0.95);
    expect(result.test.accuracy).toBeGreaterThan(0.9);
    expect(result.train.accuracy).toBeGreaterThan(0.9);
    expect(result.labels).toEqual({ y: 60, digits: 120 });
    expect(result.cost).toBe(60 + 2 * 120);
    expect(result.correct?.filter((right) => right === 1).length).toBe(
      Math.round((result.test.accuracy ?? 0) * 100),
    );
    expect(result.testRows).toBe(100);
    const view = outcome.events.reduce(foldRun, emptyRun);
    expect(view.status).toBe("done");
    expect(view.phases.map(({ status }) => status)).toEqual(["done"]);
    expect(view.phases[0]?.curve.length).toBeGreaterThan(5);
    expect(view.phases[0]?.examples.length).toBe(4);
  });

  it("starts near the constant predictor, whatever the field's unit, and predicts in that unit", async () => {
    const setting = { problem: twoGlyphsTotal };
    const outcome = await run(engine, endToEnd({}, "total"), setting);
    const curve = outcome.events.filter((event) => event.type === "steps.finished");
    expect(curve[0]?.loss).toBeLessThan(4);
    // Totals run from 1000 to 1300 cents; the best constant is about 75 off.
    expect(resultOf(outcome).test.mae).toBeLessThan(40);
  });

  it("says of steps that have no program why they ran op by op, also from the cache", async () => {
    const why = "it reads what Square gives back to JavaScript";
    const refusing: Engine = {
      ...engine,
      stepper: async (spec, init) => ({ ...(await engine.stepper(spec, init)), eagerBecause: why }),
    };
    const cache = memoryCache();
    const first = await run(refusing, eachThenAdd({ steps: 4 }), { cache });
    expect(first.events.find(({ type }) => type === "phase.finished")).toMatchObject({ eagerBecause: why });
    expect(resultOf(first).stages["read"]?.eagerBecause).toBe(why);
    const again = resultOf(await run(engine, eachThenAdd({ steps: 4 }), { cache }));
    expect(again.stages["read"]).toMatchObject({ cached: true, eagerBecause: why });
    const own = resultOf(await run(engine, eachThenAdd({ steps: 4 })));
    expect(own.stages["read"]).not.toHaveProperty("eagerBecause");
  });

  it("gives the same result from the cache as from training", async () => {
    const cache = memoryCache();
    const fresh = await run(engine, twoNetworks("predicted"), { cache });
    const cached = await run(engine, twoNetworks("predicted"), { cache });
    expect(phasesOf(fresh.events, "phase.cached")).toEqual([]);
    expect(phasesOf(cached.events, "phase.started")).toEqual([]);
    expect(withoutTimes(resultOf(cached))).toEqual(withoutTimes(resultOf(fresh)));
    const again = await run(engine, twoNetworks("predicted"));
    expect(withoutTimes(resultOf(again))).toEqual(withoutTimes(resultOf(fresh)));
  });

  it("trains only what lies downstream of a changed parameter", async () => {
    const cache = memoryCache();
    await run(engine, twoNetworks("predicted"), { cache });
    const below = await run(engine, twoNetworks("predicted", { add: { hidden: [8] } }), { cache });
    expect(phasesOf(below.events, "phase.cached").length).toBe(1);
    expect(phasesOf(below.events, "phase.started").length).toBe(1);
    expect(resultOf(below).stages.read?.cached).toBe(true);
    expect(resultOf(below).stages.add?.cached).toBe(false);
    const above = await run(engine, twoNetworks("predicted", { read: { hidden: [8] } }), { cache });
    expect(phasesOf(above.events, "phase.started").length).toBe(2);
  });

  it("shares a stage between pipelines, but not between seeds or budgets", async () => {
    const cache = memoryCache();
    await run(engine, eachThenAdd(), { cache });
    const shared = await run(engine, twoNetworks("label"), { cache });
    expect(phasesOf(shared.events, "phase.cached").length).toBe(1);
    const otherSeed = await run(engine, eachThenAdd(), { cache, seed: 2 });
    expect(phasesOf(otherSeed.events, "phase.started").length).toBe(1);
    expect(resultOf(otherSeed).stages.read?.because).toContain("seed");
    const otherBudget = await run(engine, eachThenAdd(), { cache, budget: 40 });
    expect(phasesOf(otherBudget.events, "phase.started").length).toBe(1);
    expect(resultOf(otherBudget).stages.read?.because).toBe("its rows changed");
  });

  it.each(["label", "predicted", "cross-fitted", "joint"])(
    "trains through a link of mode %s",
    async (mode) => {
      const outcome = await run(engine, twoNetworks(mode), { budget: 120 });
      const result = resultOf(outcome);
      expect(result.train.accuracy).toBeGreaterThan(0.6);
      expect(result.stages.read?.scores.accuracy).toBeGreaterThan(0.8);
      if (mode === "cross-fitted") {
        expect(phasesOf(outcome.events, "phase.started").some((id) => id.includes("fold"))).toBe(true);
      }
    },
  );

  it("trains on rows whose labels are partly missing, without losing rows", async () => {
    const data = changeColumn(twoGlyphsData(), "digits", ({ present, data: values }) => {
      for (let slot = 0; slot < present.length; slot += 2) {
        present[slot] = 0;
        values[slot] = 0;
      }
    });
    const result = resultOf(await run(engine, eachThenAdd(), { data }));
    expect(result.labels).toEqual({ y: 60, digits: 60 });
    expect(result.stages.read?.scores.accuracy).toBeGreaterThan(0.9);
  });

  it("takes no notice of what stands in a missing label", async () => {
    const blank = (value: number) =>
      changeColumn(twoGlyphsData(), "digits", ({ present, data: values }) => {
        for (let slot = 0; slot < present.length; slot += 3) {
          present[slot] = 0;
          values[slot] = value;
        }
      });
    const [zero, huge, nan] = await Promise.all(
      [0, 1e9, Number.NaN].map((value) => run(engine, eachThenAdd(), { data: blank(value) })),
    );
    expect(resultOf(huge!).stages.read?.weights).toBe(resultOf(zero!).stages.read?.weights);
    expect(resultOf(nan!).stages.read?.weights).toBe(resultOf(zero!).stages.read?.weights);
  });

  it("masks a label that is not a number, and stops at an input that is not", async () => {
    const badLabels = changeColumn(twoGlyphsData(), "total", ({ data: values }) => {
      for (let row = 0; row < values.length; row += 4) values[row] = Number.NaN;
    });
    const masked = await run(engine, endToEnd({}, "total"), { data: badLabels, problem: twoGlyphsTotal });
    expect(resultOf(masked).test.mae).toBeLessThan(60);
    const badInputs = changeColumn(twoGlyphsData(), "glyphs", ({ data: values }) => {
      values.fill(Number.NaN, 0, values.length / 2);
    });
    const stopped = await run(engine, endToEnd(), { data: badInputs });
    expect(stopped.result).toBeUndefined();
    expect(stopped.events.at(-1)).toMatchObject({
      type: "run.failed",
      diagnostic: { code: "loss-not-finite" },
    });
  });

  it("says what is wrong with a learning rate that makes the loss explode, and keeps the finite weights", async () => {
    const cache = memoryCache();
    const outcome = await run(engine, endToEnd({ learningRate: 1e30, optimiser: "sgd" }), { cache });
    expect(outcome.events.at(-1)).toMatchObject({
      type: "run.failed",
      diagnostic: { code: "loss-not-finite" },
    });
  });

  it("takes only as many labels of a field as its own budget allows", async () => {
    const result = resultOf(await run(engine, twoNetworks("label"), { budget: { y: 100, digits: 30 } }));
    expect(result.labels).toEqual({ y: 100, digits: 60 });
  });

  it("refuses budgets that cannot be, with the reason", async () => {
    const outcome = await run(engine, eachThenAdd(), { budget: 1000 });
    expect(outcome.events).toMatchObject([{ type: "run.failed", diagnostic: { code: "budget-above-rows" } }]);
    const none = changeColumn(twoGlyphsData(), "digits", ({ present }) => present.fill(0));
    const unlabelled = await run(engine, eachThenAdd(), { data: none });
    expect(unlabelled.events).toMatchObject([{ type: "run.failed", diagnostic: { code: "no-labels" } }]);
  });

  it("warns of heads with few test labels", async () => {
    const few = changeColumn(twoGlyphsData(), "digits", ({ present }) => present.fill(0, 2 * 215));
    const result = resultOf(await run(engine, eachThenAdd(), { data: few }));
    expect(result.notes?.map(({ code }) => code)).toEqual(["few-test-labels"]);
  });

  it("never lets test rows touch training", async () => {
    const other = changeColumn(twoGlyphsData(), "glyphs", ({ data: values }) => values.fill(0, 200 * 12));
    const same = resultOf(await run(engine, eachThenAdd()));
    const changed = resultOf(await run(engine, eachThenAdd(), { data: other }));
    expect(changed.stages.read?.weights).toBe(same.stages.read?.weights);
    expect(changed.test.accuracy).not.toBe(same.test.accuracy);
  });

  it("leaves no tensor behind", async () => {
    await run(engine, twoNetworks("joint"));
    const before = engine.liveTensors();
    await run(engine, twoNetworks("joint"), { seed: 3 });
    expect(engine.liveTensors()).toBe(before);
  });
});

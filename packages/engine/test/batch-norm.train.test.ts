import type { Engine, Network, ResidentArray, StepSpec } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../src/index";
import { adam, arraysFor, layer, lossOn, someRows, specOf } from "./support/nets";
import { changed, startOf, stepperFor } from "./support/steppers";
import { testedForms } from "./support/tested";

/** Two numbers, normed, to three classes. */
const net: Network = {
  inputs: { x: [2] },
  layers: [layer("norm", "batch-norm", "x"), layer("out", "dense", "norm", { units: 3 })],
  outputs: { y: "out" },
};
const spec = specOf(net, [lossOn("y")], { batchSize: 4 });

/** Rows 0 to 3 are 1, 3, 5, 7 with 10 beside each. */
const arrays: Record<string, ResidentArray> = changed(arraysFor(spec), "x", (_, at) =>
  at % 2 === 1 ? 10 : 1 + at,
);

describe.each(testedForms)("batch norm in %s steps on %s", (form, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend, form });
  });

  async function statisticsAfter(rows: number[], changes: Partial<StepSpec> = {}, data = arrays) {
    const stepper = await stepperFor(engine, { ...spec, ...changes }, data);
    await stepper.run(Int32Array.from(rows));
    const state = await stepper.read();
    stepper.dispose();
    return [...state.arrays["norm/mean"]!.data, ...state.arrays["norm/variance"]!.data];
  }

  it("moves its statistics 1 % of the way to the batch's", async () => {
    // 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5.
    const found = await statisticsAfter([0, 1, 2, 3]);
    [0.04, 0.1, 0.99 + 0.05, 0.99].forEach((value, at) => expect(found[at]).toBeCloseTo(value, 6));
  });

  it("counts the rows of a short batch and nothing else", async () => {
    const found = await statisticsAfter([0, 1]);
    [0.02, 0.1, 0.99 + 0.01, 0.99].forEach((value, at) => expect(found[at]).toBeCloseTo(value, 6));
  });

  it("counts unlabelled records too", async () => {
    const unlabelled = changed(arrays, "y.mask", (_, at) => at % 2);
    expect(await statisticsAfter([0, 1, 2, 3], {}, unlabelled)).toEqual(await statisticsAfter([0, 1, 2, 3]));
  });

  it("keeps its statistics where it is frozen", async () => {
    const optimiser = { ...adam, layerRates: { norm: 0 } };
    expect(await statisticsAfter([0, 1, 2, 3], { optimiser })).toEqual([0, 0, 1, 1]);
  });

  it("answers for a record the same whatever its company", async () => {
    const stepper = await stepperFor(engine, spec, arrays);
    await stepper.run(someRows(20 * 4));
    const alone = await stepper.predict(Int32Array.of(7), ["y"]);
    const among = await stepper.predict(Int32Array.of(1, 2, 7, 30), ["y"]);
    stepper.dispose();
    for (const [at, value] of alone["y"]!.entries()) expect(among["y"]![6 + at]).toBeCloseTo(value, 4);
  });

  it("answers by what it moved, not by a batch", async () => {
    const stepper = await engine.stepper(spec, startOf(spec));
    const { arrays: start } = startOf(spec);
    stepper.bind(arrays);
    const moved = {
      "norm/mean": { shape: [2], data: Float32Array.of(4, 10) },
      "norm/variance": { shape: [2], data: Float32Array.of(4 - 1e-3, 1) },
      "norm/gain": { shape: [2], data: Float32Array.of(3, 1) },
      "norm/shift": { shape: [2], data: Float32Array.of(1, 0) },
    };
    stepper.write({ steps: 0, arrays: { ...start, ...moved } });
    const { y } = await stepper.predict(Int32Array.of(3), ["y"]);
    stepper.dispose();
    // Row 3: 3 · (7 − 4) / 2 + 1 = 5.5, and 0.
    const kernel = start["out/kernel"]!.data;
    for (const unit of [0, 1, 2]) expect(y![unit]).toBeCloseTo(5.5 * kernel[unit]!, 4);
  });

  it("learns from numbers that lie far off", async () => {
    const far = changed(
      changed(arrays, "x", (value, at) => 1000 + value * (at % 7)),
      "y.target",
      (_, at) => ((2 * at) % 7 > 3 ? 1 : 0),
    );
    const stepper = await stepperFor(engine, { ...spec, batchSize: 20 }, far);
    const rows = someRows(20 * 400);
    const { losses } = await stepper.run(rows);
    const { loss } = await stepper.evaluate(rows.subarray(0, 40));
    stepper.dispose();
    expect(losses[0]!).toBeGreaterThan(0.8);
    expect(losses.at(-1)!).toBeLessThan(0.5 * losses[0]!);
    expect(loss).toBeLessThan(0.6 * losses[0]!);
  });
});

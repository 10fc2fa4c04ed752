import { seed, stream } from "@seams/core";
import { type Engine, type Network, type StepperState } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../src/index";
import {
  adam,
  arraysFor,
  layer,
  lossOn,
  normedHeads,
  someRows,
  specOf,
  twoHeads,
  twoLosses,
} from "./support/nets";
import { changed, startOf, stepperFor, trained } from "./support/steppers";
import { testedBackend, testedForms } from "./support/tested";

const spec = specOf(twoHeads, twoLosses);
/** With moving statistics, which belong to the state as weights do. */
const normed = specOf(normedHeads, twoLosses);
/** A native program takes TensorFlow a while to load, and each round loads two. */
const ROUNDS = testedBackend === "native" ? 10 : 50;

describe.each(testedForms)("%s steps on %s, when something goes wrong", (form, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend, form });
  });

  it.each([
    ["weights", spec],
    ["moving statistics", normed],
  ])(
    "ends with the same bits when another stepper takes over at any of many random steps: %s",
    async (_, spec) => {
      const steps = 40;
      const rows = someRows(steps * 8);
      const whole = await trained(engine, spec, arraysFor(spec), steps);
      const random = stream(seed(20), "stopped");
      for (let round = 0; round < ROUNDS; round++) {
        const at = 1 + random.integer(steps - 1);
        const first = await stepperFor(engine, spec);
        await first.run(rows.subarray(0, at * 8));
        const state = await first.read();
        first.dispose();
        const second = await engine.stepper(spec, startOf(spec));
        second.bind(arraysFor(spec));
        second.write(state);
        await second.run(rows.subarray(at * 8));
        expect(await second.read(), `stopped at step ${at}`).toEqual(whole);
        second.dispose();
      }
    },
  );

  describe("what is not finite", () => {
    it.each([
      ["weights", spec],
      ["moving statistics", normed],
    ])("in the data stops the run before its step and keeps the %s of the step before", async (_, spec) => {
      const spoilt = changed(arraysFor(spec), "x", (value, at) =>
        Math.floor(at / 5) === 39 ? Number.NaN : value,
      );
      const rows = someRows(10 * 8, 39);
      rows[6 * 8 + 2] = 39;
      const stepper = await stepperFor(engine, spec, spoilt);
      const report = await stepper.run(rows);
      const state = await stepper.read();
      stepper.dispose();
      expect(report.nonFiniteAt).toBe(6);
      expect(report.losses).toHaveLength(6);
      const clean = await stepperFor(engine, spec);
      await clean.run(rows.subarray(0, 6 * 8));
      expect(state).toEqual(await clean.read());
      clean.dispose();
    });

    it("in a batch, a label or a weight stops the run at the step that meets it, wherever that is", async () => {
      const random = stream(seed(21), "planted");
      for (const planted of ["batch", "label", "weight"] as const) {
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const at = random.integer(32);
          const clean = await stepperFor(engine, spec);
          await clean.run(someRows(at * 8, 39));
          const before = await clean.read();
          clean.dispose();
          const report = await (planted === "weight"
            ? weightPlanted(before, bad)
            : rowPlanted(planted, bad, at));
          expect(report.nonFiniteAt, `${bad} in a ${planted}, step ${at}`).toBe(
            planted === "weight" ? 0 : at,
          );
          if (planted !== "weight") expect(report.state).toEqual(before);
        }
      }
    });

    /** Row 39 is met first at a step, and holds something that isn't finite. */
    async function rowPlanted(where: "batch" | "label", bad: number, at: number) {
      const [name, width] = where === "batch" ? ["x", 5] : ["b.target", 2];
      const spoilt = changed(arraysFor(spec), name, (value, index) =>
        Math.floor(index / width) === 39 ? bad : value,
      );
      const rows = someRows(40 * 8, 39);
      rows[at * 8 + 3] = 39;
      const stepper = await stepperFor(engine, spec, spoilt);
      const { nonFiniteAt } = await stepper.run(rows);
      const state = await stepper.read();
      stepper.dispose();
      return { nonFiniteAt, state };
    }

    async function weightPlanted(before: StepperState, bad: number) {
      const stepper = await stepperFor(engine, spec);
      const kernel = before.arrays["trunk/kernel"]!;
      const spoilt = { ...kernel, data: kernel.data.map((value, index) => (index === 7 ? bad : value)) };
      stepper.write({ ...before, arrays: { ...before.arrays, "trunk/kernel": spoilt } });
      const { nonFiniteAt } = await stepper.run(someRows(40 * 8, 39));
      const state = await stepper.read();
      stepper.dispose();
      return { nonFiniteAt, state };
    }

    // tfjs' own pools and ReLUs let no NaN through.
    const isOurs = form === "program" && backend === "wasm";
    it.each(isOurs ? [1, 3, 8] : [])(
      "comes through the pool behind a convolution of %i channels",
      async (channels) => {
        const network: Network = {
          inputs: { x: [4, 6, channels] },
          layers: [
            layer("conv", "conv2d", "x", { filters: 9, kernel: 3, stride: 1, padding: "same" }),
            layer("relu", "relu", "conv"),
            layer("pool", "max-pool2d", "relu", { size: 2 }),
          ],
          outputs: { y: "pool" },
        };
        const pooled = specOf(network, [lossOn("y", { width: 54 })]);
        const size = 24 * channels;
        const spoilt = changed(arraysFor(pooled, size), "x", (value, at) =>
          at % size === Math.floor(at / size) ? Number.NaN : value,
        );
        const stepper = await stepperFor(engine, pooled, spoilt);
        const { y } = await stepper.predict(
          Int32Array.from({ length: size }, (_, row) => row),
          ["y"],
        );
        stepper.dispose();
        const spoiltTiles = Array.from({ length: size }, (_, row) =>
          y?.subarray(54 * row, 54 * (row + 1)).some(Number.isNaN),
        );
        expect(spoiltTiles).toEqual(Array.from({ length: size }, () => true));
      },
    );

    it("in moving statistics is caught where the loss doesn't show it", async () => {
      // So far apart that their variance overflows: divided by it, they are all 0.
      const far = changed(arraysFor(normed), "x", (value, at) => (Math.floor(at / 5) === 39 ? 1e25 : value));
      const rows = someRows(10 * 8, 39);
      rows[6 * 8 + 2] = 39;
      const stepper = await stepperFor(engine, normed, far);
      const { nonFiniteAt } = await stepper.run(rows);
      const state = await stepper.read();
      stepper.dispose();
      expect(nonFiniteAt).toBe(6);
      for (const { data } of Object.values(state.arrays)) expect(data.every(Number.isFinite)).toBe(true);
    });

    it("in exploding weights is caught, and training can go on from what was kept", async () => {
      const wild = { ...spec, optimiser: { ...adam, name: "sgd" as const, learningRate: 1e30 } };
      const stepper = await stepperFor(engine, wild);
      const report = await stepper.run(someRows(20 * 8));
      const state = await stepper.read();
      expect(report.nonFiniteAt).toBeDefined();
      expect(state.steps).toBe(report.nonFiniteAt);
      for (const { data } of Object.values(state.arrays)) expect(data.every(Number.isFinite)).toBe(true);
      stepper.dispose();
    });
  });
});

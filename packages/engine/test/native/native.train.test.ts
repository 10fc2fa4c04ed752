import { seed } from "@seams/core";
import { initialState, type StepperState, type Tensor } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../src/backends";
import type { Machine } from "../../src/machine";
import { recordAlike, Refusal, type Work } from "../../src/native/record";
import { createNativeStepper } from "../../src/native/stepper";
import { adam, arraysFor, lossOn, smallConv, someRows, specOf } from "../support/nets";
import { testedBackend } from "../support/tested";

const spec = specOf(smallConv, [lossOn("y", { width: 4 })], { optimiser: adam });
const ROWS = 40;
const startOf = (from: number): StepperState => initialState(smallConv, seed(from), (id) => id);

describe.runIf(testedBackend === "native")("native programs", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await loadBackend("native");
  });

  describe("refuse what would be frozen in them", () => {
    /** Records some work on two inputs that differ. */
    function recorded(work: (x: Tensor) => Tensor): () => unknown {
      const { tf } = machine;
      const all: Work = ({ x }, { keep }) => keep("y", work(x!));
      return () =>
        tf.tidy(() => {
          recordAlike(machine, [{ x: tf.tensor([1, 2]) }, { x: tf.tensor([3, -4]) }], all);
        });
    }

    it("a value that is read back", () => {
      const { tf } = machine;
      expect(recorded((x) => tf.mul(x, tf.square(x).dataSync()[0]!))).toThrow(Refusal);
      expect(recorded((x) => tf.mul(x, tf.square(x).dataSync()[0]!))).toThrow(
        "it reads what Square gives back",
      );
    });

    it("numbers that another run would not have, such as random ones", () => {
      const { tf } = machine;
      let drawn = 0;
      expect(recorded((x) => tf.mul(x, tf.tensor([drawn++, 1])))).toThrow(
        "numbers that differ from one run to the next",
      );
    });

    it("a path that runs don't share", () => {
      const { tf } = machine;
      let run = 0;
      expect(recorded((x) => (run++ % 2 === 0 ? tf.neg(x) : tf.abs(x)))).toThrow("another path");
    });

    it("nothing else", () => {
      const { tf } = machine;
      expect(recorded((x) => tf.sum(tf.relu(tf.add(x, 1))))).not.toThrow();
    });
  });

  /** A stepper with its data, where one row may be spoilt. */
  function stepperFrom(init: StepperState, badRow?: number): ReturnType<typeof createNativeStepper> {
    const stepper = createNativeStepper(machine, spec, init);
    const arrays = arraysFor(spec);
    const size = arrays["x"]!.data.length / ROWS;
    if (badRow !== undefined) arrays["x"]!.data[badRow * size] = Number.NaN;
    stepper.bind(arrays);
    return stepper;
  }

  it.each([1, 17, 31, 33, 70])(
    "stop before a step that isn't finite and keep the weights of the step before: step %i",
    async (at) => {
      const rows = Int32Array.from({ length: 80 * 8 }, (_, index) => index % 30);
      const bad = rows.slice();
      bad[at * 8 + 3] = 35;
      const stopped = stepperFrom(startOf(1), 35);
      const report = await stopped.run(bad);
      expect(report.nonFiniteAt).toBe(at);
      expect(report.losses).toHaveLength(at);
      const whole = stepperFrom(startOf(1));
      await whole.run(rows.subarray(0, at * 8));
      expect(await stopped.read()).toEqual(await whole.read());
      for (const stepper of [stopped, whole]) stepper.dispose();
    },
  );

  it("stop at a weight that isn't finite", async () => {
    const state = startOf(1);
    state.arrays["conv0/kernel"]!.data[3] = Number.NaN;
    const stepper = stepperFrom(state);
    expect((await stepper.run(someRows(5 * 8))).nonFiniteAt).toBe(0);
    expect(await stepper.read()).toMatchObject({ steps: 0 });
    stepper.dispose();
  });

  it("of two trainers share no weights, whichever steps first", async () => {
    const rows = someRows(20 * 8);
    const alone = stepperFrom(startOf(1));
    await alone.run(rows);
    const [first, second] = [stepperFrom(startOf(1)), stepperFrom(startOf(2))];
    for (let at = 0; at < rows.length; at += 8) {
      await first.run(rows.subarray(at, at + 8));
      await second.run(rows.subarray(at, at + 8));
    }
    expect(await first.read()).toEqual(await alone.read());
    expect(await second.read()).not.toEqual(await alone.read());
    for (const stepper of [alone, first, second]) stepper.dispose();
  });

  it("keep memory as it is over thousands of steps", async () => {
    const stepper = stepperFrom(startOf(1));
    const rows = someRows(1000 * 8);
    for (let round = 0; round < 2; round++) await stepper.run(rows);
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 4; round++) await stepper.run(rows);
    expect(process.memoryUsage().rss / before).toBeLessThan(1.1);
    stepper.dispose();
  });
});

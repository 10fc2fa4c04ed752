import { seed, stream } from "@seams/core";
import { headLoss, type StepLoss } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../src/backends";
import { createEngine } from "../src/index";
import type { Machine } from "../src/machine";
import { adam, arraysFor, layer, lossOn, specOf } from "./support/nets";
import { startOf } from "./support/steppers";
import { testedBackend } from "./support/tested";

const ROWS = 3;
const FRAMES = 5;
/** Two symbols and the blank. */
const WIDTH = 3;
const head: StepLoss = lossOn("y", { loss: "ctc", slots: FRAMES, width: WIDTH, unit: 0.5 });
const random = stream(seed(9), "ctc");
const raw = Float32Array.from({ length: ROWS * FRAMES * WIDTH }, () => random.normal());
/** 0 1, nothing, and 1 1 0. */
const target = [0, 1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 0, -1, -1];

describe.each(["cpu", testedBackend] as const)("the ctc loss on %s", (backend) => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await loadBackend(backend);
  });

  function lossOf(
    symbols: readonly number[],
    labelled: readonly number[],
    values = raw,
  ): { loss: number; gradient: Float32Array } {
    machine.use();
    const { tf } = machine;
    return tf.tidy(() => {
      const mask = tf.tensor(
        labelled.flatMap((one) => Array.from({ length: FRAMES }, () => one)),
        [ROWS, FRAMES],
      );
      const call = tf.valueAndGrad((given) =>
        headLoss(tf, head, { raw: given, target: tf.tensor([...symbols], [ROWS, FRAMES]), mask }),
      );
      const { value, grad } = call(tf.tensor(values, [ROWS, FRAMES * WIDTH]));
      return { loss: value.dataSync()[0]!, gradient: Float32Array.from(grad.dataSync()) };
    });
  }

  it("of frames that say nothing yet counts the paths: all of them are equally likely", () => {
    // Of nothing there is one path of five blanks; each has the chance 3⁻⁵. Divided by 3 · 5 frames and the unit.
    const { loss } = lossOf(target, [0, 1, 0], new Float32Array(raw.length));
    expect(loss).toBeCloseTo((5 * Math.log(3)) / 15 / 0.5, 6);
  });

  it("has the slope as its gradient", () => {
    const { gradient } = lossOf(target, [1, 1, 1]);
    const step = 1e-2;
    for (const at of [0, 4, 17, 22, 31, 44]) {
      const moved = (by: number): number =>
        lossOf(
          target,
          [1, 1, 1],
          raw.map((value, index) => (index === at ? value + by : value)),
        ).loss;
      expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(gradient[at]!, 3);
    }
  });

  it("leaves unlabelled records out, whatever stands in their places", () => {
    const left = lossOf(target, [1, 1, 0]);
    // 0 0 0 0 0 has no room in five frames: its own loss would be infinite.
    const other = lossOf([...target.slice(0, 10), 0, 0, 0, 0, 0], [1, 1, 0]);
    expect(other).toEqual(left);
    expect(left.gradient.subarray(2 * FRAMES * WIDTH).every((slope) => slope === 0)).toBe(true);
    expect(left.gradient.subarray(0, FRAMES * WIDTH).some((slope) => slope !== 0)).toBe(true);
  });
});

describe(`a step with the ctc loss on ${testedBackend}`, () => {
  it("runs op by op in an engine of programs, and says why", async () => {
    const network = {
      inputs: { x: [FRAMES, 2] },
      layers: [layer("y", "conv1d", "x", { filters: WIDTH, kernel: 3, stride: 1, padding: "same" })],
      outputs: { y: "y" },
    };
    const spec = specOf(network, [head], { optimiser: { ...adam, learningRate: 0.1 }, batchSize: ROWS });
    const engine = await createEngine({ backend: testedBackend });
    const stepper = await engine.stepper(spec, startOf(spec));
    expect(stepper.eagerBecause).toBe("the ctc loss is computed in JavaScript and has no program");
    const arrays = arraysFor(spec, ROWS);
    stepper.bind({ ...arrays, "y.target": { rows: ROWS, shape: [FRAMES], data: Float32Array.from(target) } });
    const { losses } = await stepper.run(Int32Array.from({ length: 150 * ROWS }, (_, at) => at % ROWS));
    const { loss } = await stepper.evaluate(Int32Array.of(0, 1, 2));
    stepper.dispose();
    expect(losses.at(-1)!).toBeLessThan(0.5 * losses[0]!);
    expect(loss).toBeLessThan(0.5 * losses[0]!);
  });
});

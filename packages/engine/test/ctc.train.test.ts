import { seed, stream } from "@seams/core";
import { type Engine, headLoss, type StepLoss } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../src/backends";
import { createEngine } from "../src/index";
import type { Machine } from "../src/machine";
import { adam, arraysFor, layer, lossOn, specOf } from "./support/nets";
import { startOf } from "./support/steppers";
import { testedBackend, testedForms } from "./support/tested";

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

/** A frame's shares. */
function softmax(values: readonly number[]): readonly number[] {
  const parts = values.map(Math.exp);
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

/** −log of the summed chances of every single path that says the symbols: frames' raw values, the blank last. */
function byEveryPath(frames: readonly (readonly number[])[], symbols: readonly number[]): number {
  const width = frames[0]?.length ?? 0;
  const shares = frames.map(softmax);
  let likelihood = 0;
  for (let number = 0; number < width ** frames.length; number++) {
    const path = frames.map((_, frame) => Math.floor(number / width ** frame) % width);
    const said = path.filter((symbol, frame) => symbol !== width - 1 && symbol !== path[frame - 1]);
    if (said.join() === symbols.join())
      likelihood += path.reduce((product, symbol, frame) => product * (shares[frame]?.[symbol] ?? 0), 1);
  }
  return -Math.log(likelihood);
}

/** The width of a frame, raw values frame by frame, and symbols. */
const said: readonly (readonly [width: number, frames: number, symbols: readonly number[]])[] = [
  [2, 1, [0]],
  [3, 1, []],
  [3, 4, []],
  [3, 3, [0, 1]],
  [3, 3, [1, 1]],
  [3, 5, [0, 0, 1]],
  [4, 5, [2, 0, 2]],
  [3, 6, [0, 1, 0]],
  [9, 3, [7, 2]],
];

const descent = { ...adam, name: "sgd", learningRate: 1 } as const;
const labels = (frames: number, symbols: readonly number[]): Float32Array =>
  Float32Array.from({ length: frames }, (_, frame) => symbols[frame] ?? -1);

/** Native has no program of it. */
const forms = testedForms.filter(([form, backend]) => form === "eager" || backend !== "native");

describe.each(forms)("%s steps with the ctc loss on %s", (form, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend, form });
  });

  /** A net whose kernel is its raw values: each frame sees its own number. */
  async function spoken(
    [width, frames]: readonly [number, number],
    arrays: { readonly target: ArrayLike<number>; readonly mask?: ArrayLike<number> },
    scale = 1.5,
  ) {
    const network = {
      inputs: { x: [frames, frames] },
      layers: [layer("y", "conv1d", "x", { filters: width, kernel: 1, stride: 1, padding: "same" })],
      outputs: { y: "y" },
    };
    const one = lossOn("y", { loss: "ctc", slots: frames, width });
    const spec = specOf(network, [one], { optimiser: descent, batchSize: 1 });
    const values = stream(seed(17), "spoken");
    const kernel = Float32Array.from({ length: frames * width }, () => scale * values.normal());
    const init = startOf(spec);
    const stepper = await engine.stepper(spec, {
      ...init,
      arrays: { ...init.arrays, "y/kernel": { shape: [1, frames, width], data: kernel } },
    });
    const alone = (size: number, at: ArrayLike<number>) => ({
      rows: 1,
      shape: [size],
      data: Float32Array.from(at),
    });
    const identity = Float32Array.from({ length: frames * frames }, (_, at) =>
      Number(at % (frames + 1) === 0),
    );
    stepper.bind({
      x: { rows: 1, shape: [frames, frames], data: identity },
      "y.target": alone(frames, arrays.target),
      "y.mask": alone(frames, arrays.mask ?? new Float32Array(frames).fill(1)),
    });
    return { stepper, kernel };
  }

  it.each(said)(
    "lose, and learn from, what every path taken by itself says: %i values, %i frames, %j",
    async (width, frames, symbols) => {
      const { stepper, kernel } = await spoken([width, frames], { target: labels(frames, symbols) });
      const lossAt = (values: ArrayLike<number>): number =>
        byEveryPath(
          Array.from({ length: frames }, (_, frame) =>
            Array.from({ length: width }, (__, k) => values[frame * width + k] ?? 0),
          ),
          symbols,
        ) / frames;
      const before = await stepper.evaluate(Int32Array.of(0));
      const { losses } = await stepper.run(Int32Array.of(0));
      const moved = (await stepper.read()).arrays["y/kernel"]!.data;
      stepper.dispose();
      expect(before.loss).toBeCloseTo(lossAt(kernel), 5);
      expect(losses[0]).toBeCloseTo(lossAt(kernel), 5);
      const bit = 1e-5;
      for (const [at, value] of kernel.entries()) {
        const near = (by: number): number =>
          lossAt(Float64Array.from(kernel, (own, other) => (other === at ? own + by : own)));
        expect(value - moved[at]!).toBeCloseTo((near(bit) - near(-bit)) / (2 * bit), 5);
      }
    },
  );

  it("don't take a step towards symbols that have no room, and say that they cost infinitely much", async () => {
    const { stepper, kernel } = await spoken([3, 3], { target: [1, 1, 1] });
    const { loss } = await stepper.evaluate(Int32Array.of(0));
    const { nonFiniteAt, losses } = await stepper.run(Int32Array.of(0));
    const { arrays } = await stepper.read();
    stepper.dispose();
    expect(loss).toBe(Number.POSITIVE_INFINITY);
    expect([nonFiniteAt, losses.length]).toEqual([0, 0]);
    expect(arrays["y/kernel"]!.data).toEqual(kernel);
  });

  it.each([2, 7, 0.5, -2, Number.NaN])(
    "take no step towards %d, which is none of two symbols",
    async (symbol) => {
      const { stepper } = await spoken([3, 3], { target: [symbol, -1, -1] });
      const { loss } = await stepper.evaluate(Int32Array.of(0));
      const { nonFiniteAt } = await stepper.run(Int32Array.of(0));
      stepper.dispose();
      expect([loss, nonFiniteAt]).toEqual([Number.NaN, 0]);
    },
  );

  it.each([Number.NaN, 1e9, 1])(
    "learn nothing from an unlabelled record, even one that says %d",
    async (value) => {
      const { stepper, kernel } = await spoken([3, 3], { target: [value, value, value], mask: [0, 0, 0] });
      const { losses } = await stepper.run(Int32Array.of(0));
      const { arrays } = await stepper.read();
      stepper.dispose();
      expect([...losses]).toEqual([0]);
      expect(arrays["y/kernel"]!.data).toEqual(kernel);
    },
  );

  it("neither over- nor underflow along hundreds of frames of extreme values", async () => {
    const frames = 400;
    const symbols = Array.from({ length: 120 }, () => random.integer(4));
    const { stepper } = await spoken([5, frames], { target: labels(frames, symbols) }, 40);
    const { losses, nonFiniteAt } = await stepper.run(Int32Array.of(0));
    stepper.dispose();
    expect([losses.length, nonFiniteAt]).toEqual([1, undefined]);
  });

  it("find symbols that they are told of, but not where", async () => {
    const network = {
      inputs: { x: [FRAMES, 2] },
      layers: [layer("y", "conv1d", "x", { filters: WIDTH, kernel: 3, stride: 1, padding: "same" })],
      outputs: { y: "y" },
    };
    const spec = specOf(network, [head], { optimiser: { ...adam, learningRate: 0.1 }, batchSize: ROWS });
    const stepper = await engine.stepper(spec, startOf(spec));
    expect(stepper.eagerBecause).toBeUndefined();
    const arrays = arraysFor(spec, ROWS);
    stepper.bind({ ...arrays, "y.target": { rows: ROWS, shape: [FRAMES], data: Float32Array.from(target) } });
    const { losses } = await stepper.run(Int32Array.from({ length: 150 * ROWS }, (_, at) => at % ROWS));
    const { loss } = await stepper.evaluate(Int32Array.of(0, 1, 2));
    stepper.dispose();
    expect(losses.at(-1)!).toBeLessThan(0.5 * losses[0]!);
    expect(loss).toBeLessThan(0.5 * losses[0]!);
  });
});

it.runIf(testedBackend === "native")("runs op by op on native, and says why", async () => {
  const network = { inputs: { y: [FRAMES, WIDTH] }, layers: [], outputs: { y: "y" } };
  const spec = specOf(network, [head]);
  const stepper = await (await createEngine({ backend: "native" })).stepper(spec, startOf(spec));
  stepper.dispose();
  expect(stepper.eagerBecause).toBe("the ctc loss is computed in JavaScript and has no native program");
});

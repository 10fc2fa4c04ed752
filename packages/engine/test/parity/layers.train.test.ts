import { layerKinds } from "@seams/core";
import {
  fillWords,
  type Layer,
  type Shape,
  type Tensor,
  type Tf,
  toFactors,
  type WeightSpec,
} from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { slopesOf } from "./differences";
import { bothMachines, type Case, type Machines, outcomeOf, relativeError } from "./machines";
import { testedBackend } from "../support/tested";

interface Sample {
  readonly params: Layer["params"];
  /** Shapes of one record. */
  readonly inputs: readonly Shape[];
  /** Present: as it is after training. */
  readonly isTrained?: true;
}

/** Uses of every layer kind: odd sizes, strides, borders. */
const samples: Readonly<Record<string, readonly Sample[]>> = {
  dense: [
    { params: { units: 1 }, inputs: [[1]] },
    { params: { units: 7 }, inputs: [[13]] },
    { params: { units: 33 }, inputs: [[50]] },
  ],
  conv2d: [
    { params: { filters: 3, kernel: 3, stride: 1, padding: "same" }, inputs: [[7, 5, 1]] },
    { params: { filters: 4, kernel: 3, stride: 2, padding: "same" }, inputs: [[8, 9, 2]] },
    { params: { filters: 2, kernel: 5, stride: 1, padding: "valid" }, inputs: [[9, 6, 3]] },
    { params: { filters: 8, kernel: 2, stride: 2, padding: "valid" }, inputs: [[7, 7, 4]] },
  ],
  "depthwise-conv2d": [
    { params: { kernel: 3, stride: 1, padding: "same" }, inputs: [[7, 5, 1]] },
    { params: { kernel: 3, stride: 2, padding: "same" }, inputs: [[8, 9, 2]] },
    { params: { kernel: 5, stride: 1, padding: "valid" }, inputs: [[9, 6, 3]] },
  ],
  conv1d: [
    { params: { filters: 3, kernel: 3, stride: 1, padding: "same" }, inputs: [[7, 2]] },
    { params: { filters: 4, kernel: 5, stride: 2, padding: "valid" }, inputs: [[12, 3]] },
    { params: { filters: 2, kernel: 4, stride: 3, padding: "same" }, inputs: [[11, 1]] },
  ],
  "max-pool1d": [
    { params: { size: 2 }, inputs: [[7, 3]] },
    { params: { size: 4 }, inputs: [[9, 8]] },
  ],
  gru: [
    { params: { units: 3 }, inputs: [[4, 2]] },
    { params: { units: 1 }, inputs: [[1, 5]] },
  ],
  lstm: [
    { params: { units: 3 }, inputs: [[4, 2]] },
    { params: { units: 1 }, inputs: [[1, 5]] },
  ],
  attention: [
    { params: { heads: 1 }, inputs: [[4, 3]] },
    { params: { heads: 2, causal: true }, inputs: [[5, 6]] },
    { params: { heads: 4 }, inputs: [[1, 4]] },
    { params: { heads: 2 }, inputs: [[7, 26]] },
    { params: { heads: 1, causal: true }, inputs: [[6, 20]] },
    { params: { heads: 3 }, inputs: [[19, 24]] },
  ],
  position: [{ params: {}, inputs: [[4, 3]] }],
  sum: [
    {
      params: {},
      inputs: [
        [4, 3],
        [4, 3],
      ],
    },
    { params: {}, inputs: [[2], [2], [2]] },
  ],
  "last-step": [{ params: {}, inputs: [[4, 3]] }],
  embedding: [
    { params: { units: 5 }, inputs: [[4, 7]] },
    { params: { units: 1 }, inputs: [[3, 2]] },
  ],
  frames: [
    { params: { size: 3 }, inputs: [[9]] },
    { params: { size: 4 }, inputs: [[10]] },
  ],
  "max-pool2d": [
    { params: { size: 2 }, inputs: [[6, 4, 3]] },
    { params: { size: 2 }, inputs: [[7, 5, 4]] },
    { params: { size: 3 }, inputs: [[9, 8, 2]] },
  ],
  "avg-pool2d": [
    { params: { size: 2 }, inputs: [[6, 4, 3]] },
    { params: { size: 3 }, inputs: [[9, 8, 2]] },
  ],
  "global-avg-pool": [
    { params: {}, inputs: [[5, 7, 3]] },
    { params: {}, inputs: [[9, 4]] },
  ],
  "layer-norm": [
    { params: {}, inputs: [[7]] },
    { params: {}, inputs: [[5, 6]] },
    { params: {}, inputs: [[3, 4, 5]] },
  ],
  "batch-norm": [
    { params: {}, inputs: [[5, 6]], isTrained: true },
    { params: {}, inputs: [[7]] },
    { params: {}, inputs: [[5, 6]] },
    { params: {}, inputs: [[3, 4, 5]] },
  ],
  dropout: [
    { params: { rate: 0.4 }, inputs: [[11]] },
    { params: { rate: 0 }, inputs: [[3, 4, 2]] },
  ],
  flatten: [{ params: {}, inputs: [[3, 4, 2]] }],
  concat: [
    { params: {}, inputs: [[3], [5]] },
    { params: {}, inputs: [[1], [2], [4]] },
  ],
  relu: [
    { params: {}, inputs: [[11]] },
    { params: {}, inputs: [[3, 4, 2]] },
  ],
  softmax: [{ params: {}, inputs: [[6]] }],
  sigmoid: [{ params: {}, inputs: [[6]] }],
  standardise: [{ params: {}, inputs: [[5]] }],
  "fold-steps": [
    { params: {}, inputs: [[3, 4]] },
    { params: {}, inputs: [[2, 4, 3, 1]] },
  ],
  "unfold-steps": [{ params: { steps: 3 }, inputs: [[4]] }],
};

/** Rows that go into a sample; a number that folded steps divide. */
const BATCHES = [1, 6];

/** The steps that a sample folds or unfolds, which its input's batch must be a multiple of. */
const stepsOf = ({ params }: Sample): number => (typeof params["steps"] === "number" ? params["steps"] : 1);

function casesOf(name: string, sample: Sample): readonly Case[] {
  const kind = layerKinds[name]!;
  const all = kind.weights(sample.params, sample.inputs);
  // In training nothing that a layer gives depends on its moving statistics.
  const isFed = ({ moves }: WeightSpec): boolean => sample.isTrained === true || moves !== true;
  const weights = all.filter(isFed);
  return BATCHES.map((rows) => ({
    name: `${sample.isTrained ? "trained " : ""}${name} ${JSON.stringify(sample.params)} on ${JSON.stringify(sample.inputs)}, batch ${rows}`,
    inputs: [
      ...sample.inputs.map((shape) => ({ shape: [rows * stepsOf(sample), ...shape] })),
      ...weights.map(({ shape, trainable }) => ({
        shape,
        values: trainable ? ("signed" as const) : ("positive" as const),
      })),
    ],
    run: (tf, tensors) => {
      const x = tensors.slice(0, sample.inputs.length);
      const fed = weights.map((weight, index) => [weight.name, tensors[x.length + index]!] as const);
      const unused = all.filter((weight) => !isFed(weight));
      const w = Object.fromEntries([...fed, ...unused.map((one) => [one.name, tf.ones([...one.shape])])]);
      return kind.forward({
        tf,
        params: sample.params,
        x,
        w,
        context: sample.isTrained
          ? { training: false }
          : { training: true, mask: masksFor(tf), move: () => undefined },
      });
    },
  }));
}

/** A mask, the same for both backends. */
function masksFor(tf: Tf): (shape: number[], rate: number) => Tensor {
  return (shape, rate) => {
    const drawn = new Uint32Array(shape.reduce((size, side) => size * side, 1));
    fillWords(drawn, { key: [3, 4], step: 1 });
    return tf.tensor(toFactors(drawn, rate), shape, "float32");
  };
}

const cases = Object.entries(samples).flatMap(([name, uses]) =>
  uses.flatMap((sample) => casesOf(name, sample)),
);

describe("layer kinds", () => {
  let machines: Machines;
  beforeAll(async () => {
    machines = await bothMachines();
  });

  it("all have samples here", () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(layerKinds).sort());
  });

  it.each(cases.map((probe) => [probe.name, probe] as const))(
    `${testedBackend} agrees with cpu: %s`,
    (_, probe) => {
      const reference = outcomeOf(machines.cpu, probe);
      const found = outcomeOf(machines.tested, probe);
      expect(found.shape).toEqual(reference.shape);
      expect(relativeError(found.output, reference.output)).toBeLessThanOrEqual(1e-5);
      for (const [index, gradient] of reference.gradients.entries()) {
        expect(relativeError(found.gradients[index]!, gradient)).toBeLessThanOrEqual(1e-5);
      }
    },
  );

  it.each(cases.map((probe) => [probe.name, probe] as const))("gradient is the slope: %s", (_, probe) => {
    machines.cpu.use();
    for (const { measured, claimed, scale } of slopesOf(machines.cpu, probe)) {
      expect(Math.abs(measured - claimed)).toBeLessThanOrEqual(0.02 * scale + 2e-4);
    }
  });

  it.each(Object.entries(samples))("%s computes the shape that it states", (name, uses) => {
    const kind = layerKinds[name]!;
    for (const sample of uses) {
      expect(kind.check(sample.params, sample.inputs)).toBeUndefined();
      for (const probe of casesOf(name, sample)) {
        const stated = kind.shape(sample.params, sample.inputs).reduce((size, side) => size * side, 1);
        const records = probe.inputs[0]!.shape[0]! / stepsOf(sample);
        const { output } = outcomeOf(machines.cpu, probe);
        if (name !== "fold-steps") expect(output.length).toBe(records * stated);
        else expect(output.length).toBe(records * sample.inputs[0]![0]! * stated);
      }
    }
  });
});

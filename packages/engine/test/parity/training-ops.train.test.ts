import { layerKinds, seed } from "@seams/core";
import { initialState, type LossName, type Network, type StepSpec } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../src/backends";
import { createEngine } from "../../src/index";
import type { Machine } from "../../src/machine";
import { adam, arraysFor, layer, lossOn, someRows, specOf } from "../support/nets";
import { allCases } from "./cases";
import { outcomeOf } from "./machines";

/** A network with every layer kind in it. */
const everything: Network = {
  inputs: { image: [2, 8, 8, 1], vector: [2, 3] },
  layers: [
    layer("fold-image", "fold-steps", "image"),
    layer("fold-vector", "fold-steps", "vector"),
    layer("scaled", "standardise", "fold-vector"),
    layer("conv", "conv2d", "fold-image", { filters: 4, kernel: 3, stride: 1, padding: "same" }),
    layer("deep", "depthwise-conv2d", "conv", { kernel: 3, stride: 1, padding: "same" }),
    layer("rectified", "relu", "deep"),
    layer("pooled", "max-pool2d", "rectified", { size: 2 }),
    layer("smooth", "avg-pool2d", "rectified", { size: 2 }),
    layer("means", "global-avg-pool", "smooth"),
    layer("even", "batch-norm", "means"),
    layer("normed", "layer-norm", "even"),
    layer("thinned", "dropout", "normed", { rate: 0.5 }),
    layer("strided", "conv2d", "pooled", { filters: 3, kernel: 3, stride: 2, padding: "valid" }),
    layer("flat", "flatten", "strided"),
    layer("cut", "frames", "scaled", { size: 1 }),
    layer("symbols", "embedding", "cut", { units: 2 }),
    layer("heard", "conv1d", "symbols", { filters: 2, kernel: 3, stride: 1, padding: "same" }),
    layer("shorter", "max-pool1d", "heard", { size: 2 }),
    layer("read", "gru", "shorter", { units: 2 }),
    layer("again", "lstm", "read", { units: 2 }),
    layer("placed", "position", "again"),
    layer("seen", "attention", "placed", { heads: 2, causal: true }),
    layer("past", "sum", ["placed", "seen"]),
    layer("line", "last-step", "past"),
    layer("joined", "concat", ["flat", "scaled", "thinned", "line"]),
    layer("trunk", "dense", "joined", { units: 6 }),
    layer("head", "dense", "trunk", { units: 3 }),
    layer("probabilities", "softmax", "head"),
    layer("chances", "sigmoid", "head"),
    layer("both", "concat", ["probabilities", "chances"]),
    layer("last", "dense", "both", { units: 3 }),
    layer("y", "unfold-steps", "last", { steps: 2 }),
  ],
  outputs: { y: "y" },
};

const losses: readonly LossName[] = [
  "softmax-cross-entropy",
  "sigmoid-cross-entropy",
  "squared-error",
  "smooth-l1",
];

describe("the parity suite", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await loadBackend("wasm");
  });

  /** Names of the kernels that some work runs, forward and backward. */
  async function kernelsOf(work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
    const { kernels } = await machine.tf.profile(async () => {
      await work();
      return machine.tf.scalar(0);
    });
    return new Set(kernels.map(({ name }) => name));
  }

  async function trainOn(spec: StepSpec): Promise<void> {
    const engine = await createEngine({ backend: "wasm", form: "eager" });
    const stepper = await engine.stepper(
      spec,
      initialState(spec.network, seed(1), (id) => id),
    );
    stepper.bind(arraysFor(spec));
    await stepper.run(someRows(16));
    await stepper.evaluate(someRows(10));
    await stepper.predict(someRows(10), ["y"]);
    stepper.dispose();
  }

  it("holds every layer kind", () => {
    const kinds = new Set(everything.layers.map(({ kind }) => kind));
    expect(Object.keys(layerKinds).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it("holds every op that training, evaluation and prediction run", async () => {
    const covered = await kernelsOf(async () => {
      for (const probe of allCases()) outcomeOf(machine, probe);
    });
    const used = await kernelsOf(async () => {
      for (const loss of losses) {
        for (const normalise of ["expected", "labelled"] as const) {
          await trainOn(
            specOf(everything, [lossOn("y", { loss, normalise, slots: 2 })], { optimiser: adam }),
          );
        }
      }
    });
    expect([...used].filter((kernel) => !covered.has(kernel))).toEqual([]);
    expect(used).toContain("Conv2DBackpropFilter");
    expect(used).toContain("MaxPoolGrad");
  });
});

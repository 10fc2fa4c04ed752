import { seed } from "@seams/core";
import { initialState, type OptimiserSpec, type StepSpec } from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { adam, arraysFor, someRows, specOf, twoHeads, twoLosses } from "../support/nets";
import { testedBackend } from "../support/tested";
import { relativeError } from "./machines";
import { type Case, chain, describeParity, piece } from "./parity";

/** Layers of every way in which a weight can come by its gradient. */
const layers = (): readonly Case[] => {
  const conv = piece("conv2d", { filters: 9, kernel: 3, stride: 1, padding: "same" });
  const tiles = piece("max-pool2d", { size: 2 });
  return [
    chain("dense layers", [13], [piece("dense", { units: 11 }), piece("relu")]),
    chain("convolutions", [7, 6, 3], [conv, piece("relu"), piece("flatten")]),
    chain("pooled convolutions", [8, 8, 3], [conv, piece("relu"), tiles, piece("flatten")]),
    chain(
      "a sequence",
      [9, 5],
      [
        piece("embedding", { units: 6 }),
        piece("conv1d", { filters: 5, kernel: 3, stride: 1, padding: "same" }),
        piece("layer-norm"),
        piece("position"),
        piece("attention", { heads: 5 }),
        piece("gru", { units: 7 }),
        piece("lstm", { units: 5 }),
        piece("last-step"),
      ],
    ),
  ];
};

/** The step's spec with gradients no longer than this. */
const clipped = (one: Case, clipNorm: number, layerRates: OptimiserSpec["layerRates"] = {}): Case => ({
  ...one,
  name: `${one.name}, no longer than ${clipNorm}${Object.keys(layerRates).length > 0 ? ", some frozen" : ""}`,
  spec: { ...one.spec, optimiser: { ...one.spec.optimiser, clipNorm, layerRates } },
});

describeParity(
  "a program that clips its gradients",
  layers().flatMap((one) => [
    clipped(one, 0.05),
    clipped(one, 1e5),
    clipped(one, 0.05, { l0: 0 }),
    { ...clipped(one, 0.05), name: `${one.name}, nothing labelled`, labelled: "none" },
  ]),
);

describe("an optimiser's program", () => {
  const half = { ...adam, learningRate: 0.02 };
  const optimisers: Readonly<Record<string, OptimiserSpec>> = {
    "adam with a cosine": { ...half, schedule: { shape: "cosine", warmUp: 4, steps: 20 } },
    "adamw with steps": {
      ...half,
      name: "adamw",
      weightDecay: 0.05,
      schedule: { shape: "step", warmUp: 0, every: 5, factor: 0.5 },
    },
    "sgd with momentum, warmed up": {
      ...half,
      name: "sgd",
      momentum: 0.9,
      schedule: { shape: "constant", warmUp: 10 },
    },
    "clipped adam": { ...half, clipNorm: 0.3 },
    "clipped sgd with decay": { ...half, name: "sgd", momentum: 0.9, weightDecay: 0.01, clipNorm: 0.3 },
  };

  it.each(Object.entries(optimisers))("steps as eager does: %s", async (_, optimiser) => {
    const spec: StepSpec = specOf(twoHeads, twoLosses, { optimiser });
    const init = initialState(spec.network, seed(4), (id) => id);
    const [eager, program] = await Promise.all(
      (["eager", "program"] as const).map(async (form) => {
        const engine = await createEngine({ backend: form === "eager" ? "cpu" : testedBackend, form });
        const stepper = await engine.stepper(spec, init);
        stepper.bind(arraysFor(spec));
        const report = await stepper.run(someRows(20 * spec.batchSize));
        const { arrays } = await stepper.read();
        stepper.dispose();
        return { ...report, arrays };
      }),
    );
    expect(relativeError(program!.losses, eager!.losses)).toBeLessThan(1e-4);
    for (const name of Object.keys(init.arrays))
      expect(relativeError(program!.arrays[name]!.data, eager!.arrays[name]!.data), name).toBeLessThan(1e-4);
  });
});

import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import type { Shape } from "../../layers/layer";
import { networkShapes, networkWeights } from "../../layers/network";
import { describeStageKind } from "../conformance";
import { sequenceNet } from "./sequence-net";

describeStageKind(sequenceNet, {
  params: { units: [3], hidden: [2], label: "y", inputs: ["word", "extra"] },
  problem: kitchenSink,
  shapes: { word: [3, 2], extra: [1] },
});

const ask = (written: object, inputs: Readonly<Record<string, Shape>>) =>
  sequenceNet.network({
    id: stageId("listen"),
    params: sequenceNet.params.parse(written),
    problem: kitchenSink,
    inputs,
    widths: { output: 4 },
  });

describe("a sequence net", () => {
  it("looks along a sequence with convolutions and pools, and keeps the mean", () => {
    const { value } = ask({ units: [8, 6], kernelSize: 5, pool: 2, hidden: [10] }, { input: [20, 3] });
    const shapes = networkShapes(value!);
    expect(shapes.is === "fits" && shapes.shapes).toEqual({
      "standardise.input": [20, 3],
      "conv.1": [20, 8],
      "conv-relu.1": [20, 8],
      "pool.1": [10, 8],
      "conv.2": [10, 6],
      "conv-relu.2": [10, 6],
      "pool.2": [5, 6],
      "sequence.mean": [6],
      "hidden.1": [10],
      "relu.1": [10],
      "head.output": [4],
    });
    const kernels = networkWeights(value!).filter(({ layer }) => layer.startsWith("conv."));
    expect(kernels.map(({ weight }) => weight.shape)).toEqual([[5, 3, 8], [8], [5, 8, 6], [6]]);
  });

  it("cuts a sound into frames, reads symbols as rows, and joins other inputs behind", () => {
    const written = { inputs: ["input", "extra"], frame: 4, embed: 5, sequenceEnd: "flatten", hidden: [] };
    const one = ask({ ...written, inputs: ["input"] }, { input: [18] });
    expect(one.value?.layers.map(({ kind }) => kind)).toEqual([
      "frames",
      "standardise",
      "embedding",
      "conv1d",
      "relu",
      "flatten",
      "dense",
    ]);
    const both = ask({ ...written, frame: 0 }, { input: [6, 2], extra: [1] });
    const from = Object.fromEntries(both.value?.layers.map((layer) => [layer.id, layer.from]) ?? []);
    expect(from["join.row"]).toEqual(["sequence.flatten", "standardise.extra"]);
  });

  it("reads with memories where it is told to", () => {
    const { value } = ask({ by: "lstm", units: [4, 5], sequenceEnd: "last", hidden: [] }, { input: [6, 2] });
    expect(value?.layers.map(({ kind }) => kind)).toEqual([
      "standardise",
      "lstm",
      "lstm",
      "last-step",
      "dense",
    ]);
    const weights = networkWeights(value!).filter(({ layer }) => layer === "lstm.2");
    expect(weights.map(({ weight }) => weight.shape)).toEqual([[4, 20], [5, 20], [20]]);
  });

  it("reads with a transformer's blocks, led to their width, and says which heads don't fit", () => {
    const written = { by: "attention", units: [8, 8, 4], attentionHeads: 2, hidden: [], causal: true };
    const { value } = ask(written, { input: [6, 3] });
    const from = Object.fromEntries(value?.layers.map((layer) => [layer.id, layer.from]) ?? []);
    expect(from["position"]).toEqual(["lead.1"]);
    expect(from["attention-sum.1"]).toEqual(["position", "attention.1"]);
    expect(from["attention-norm.2"]).toEqual(["step-sum.1"]);
    expect(from["lead.3"]).toEqual(["step-sum.2"]);
    expect(from["sequence.mean"]).toEqual(["attention-norm"]);
    const shapes = networkWeights(value!).flatMap(({ layer, weight }) =>
      layer.endsWith(".1") && weight.shape.length > 1 ? [[layer, ...weight.shape]] : [],
    );
    expect(shapes).toEqual([
      ["lead.1", 1, 3, 8],
      ["attention.1", 8, 24],
      ["attention.1", 8, 8],
      ["wide.1", 1, 8, 32],
      ["narrow.1", 1, 32, 8],
    ]);
    expect(ask({ ...written, attentionHeads: 3 }, { input: [6, 3] }).diagnostics).toMatchObject([
      { code: "layer-does-not-fit" },
    ]);
  });

  it("says that it needs a sequence", () => {
    expect(ask({}, { input: [20] }).diagnostics).toMatchObject([
      { code: "input-not-encodable", place: { at: "port", port: "input" } },
    ]);
  });
});

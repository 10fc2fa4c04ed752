import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import type { Shape } from "../../layers/layer";
import { networkFlops, networkShapes, networkWeights } from "../../layers/network";
import { describeStageKind } from "../conformance";
import { convNet } from "./conv-net";

describeStageKind(convNet, {
  params: { filters: [2], hidden: [3], label: "y", inputs: ["photo", "extra"] },
  problem: kitchenSink,
  shapes: { photo: [4, 6, 1], extra: [1] },
});

const id = stageId("read");
const ask = (written: object, inputs: Readonly<Record<string, Shape>>) =>
  convNet.network({
    id,
    params: convNet.params.parse(written),
    problem: kitchenSink,
    inputs,
    widths: { output: 10 },
  });

describe("a conv net", () => {
  it("has the shapes, weights and operations that follow from a digit's 28 × 28 pixels", () => {
    const network = ask({ filters: [8, 16], hidden: [64] }, { input: [28, 28, 1] }).value;
    const shapes = networkShapes(network!);
    if (shapes.is !== "fits") throw new Error(shapes.reason);
    expect(shapes.shapes).toEqual({
      "standardise.input": [28, 28, 1],
      "conv.1": [28, 28, 8],
      "conv-relu.1": [28, 28, 8],
      "pool.1": [14, 14, 8],
      "conv.2": [14, 14, 16],
      "conv-relu.2": [14, 14, 16],
      "pool.2": [7, 7, 16],
      "image.flatten": [784],
      "hidden.1": [64],
      "relu.1": [64],
      "head.output": [10],
    });
    const weights = networkWeights(network!)
      .filter(({ weight }) => weight.trainable)
      .map(({ weight }) => weight.shape.reduce((size, side) => size * side, 1));
    expect(weights).toEqual([72, 8, 1152, 16, 50_176, 64, 640, 10]);
    const standardise = 2 * 784;
    const first = 28 * 28 * 8 * (2 * 9 + 1 + 1); // sums, ReLU, and each value compared once by the pool
    const second = 14 * 14 * 16 * (2 * 9 * 8 + 1 + 1);
    expect(networkFlops(network!)).toBe(standardise + first + second + 2 * 784 * 64 + 64 + 2 * 64 * 10);
  });

  it("slides a filter over each channel, then mixes them, where convolutions are separable", () => {
    const written = { filters: [4, 6], convolution: "separable", stride: 2, pool: 1 };
    const network = ask(written, { input: [9, 8, 3] }).value;
    const kernels = networkWeights(network!).flatMap(({ layer, weight }) =>
      weight.shape.length === 4 ? [[layer, ...weight.shape]] : [],
    );
    expect(kernels).toEqual([
      ["depth.1", 3, 3, 3, 1],
      ["conv.1", 1, 1, 3, 4],
      ["depth.2", 3, 3, 4, 1],
      ["conv.2", 1, 1, 4, 6],
    ]);
  });

  it("looks at images of one size together, and takes other inputs behind the filters", () => {
    const network = ask(
      { inputs: ["extra", "left", "right"], filters: [2], hidden: [] },
      { extra: [1], left: [8, 8, 1], right: [8, 8, 3] },
    ).value;
    const from = Object.fromEntries(network?.layers.map((layer) => [layer.id, layer.from]) ?? []);
    expect(from["join.images"]).toEqual(["standardise.left", "standardise.right"]);
    expect(from["join.row"]).toEqual(["image.flatten", "standardise.extra"]);
    const weights = networkWeights(network!);
    expect(weights.find(({ layer }) => layer === "conv.1")?.weight.shape).toEqual([3, 3, 4, 2]);
    expect(weights.find(({ layer }) => layer === "head.output")?.weight.shape).toEqual([4 * 4 * 2 + 1, 10]);
  });

  it("strides where it is told to, and pools not at all where the pool is 1", () => {
    const network = ask({ filters: [4], stride: 2, pool: 1, kernelSize: 5 }, { input: [64, 64, 3] }).value;
    const shapes = networkShapes(network!);
    expect(network?.layers.some(({ kind }) => kind === "max-pool2d")).toBe(false);
    expect(shapes.is === "fits" && shapes.shapes["conv.1"]).toEqual([32, 32, 4]);
  });

  it("takes means instead, norms and leaves out by chance where it is told to", () => {
    const network = ask(
      { filters: [4, 6], poolBy: "mean", imageEnd: "mean", hidden: [5], norm: "layer", dropout: 0.25 },
      { input: [8, 8, 1] },
    ).value;
    expect(network?.layers.map(({ kind }) => kind).join(" ")).toBe(
      "standardise conv2d layer-norm relu avg-pool2d conv2d layer-norm relu avg-pool2d global-avg-pool dense layer-norm relu dropout dense",
    );
    const weights = networkWeights(network!);
    expect(weights.find(({ layer }) => layer === "hidden.1")?.weight.shape).toEqual([6, 5]);
  });

  it("norms over the batch where it is told to, with statistics that no gradient changes", () => {
    const network = ask({ filters: [4], hidden: [5], norm: "batch" }, { input: [8, 8, 1] }).value;
    expect(network?.layers.map(({ kind }) => kind).join(" ")).toBe(
      "standardise conv2d batch-norm relu max-pool2d flatten dense batch-norm relu dense",
    );
    const own = networkWeights(network!).filter(({ layer }) => layer === "conv-norm.1");
    expect(own.map(({ weight }) => [weight.name, weight.trainable, weight.moves === true])).toEqual([
      ["gain", true, false],
      ["shift", true, false],
      ["mean", false, true],
      ["variance", false, true],
    ]);
  });

  it("says that it needs an image", () => {
    expect(ask({}, { input: [20] }).diagnostics).toMatchObject([
      { code: "input-not-encodable", place: { at: "port", port: "input" } },
    ]);
  });

  it("says which layer an image has become too small for, and which images cannot be joined", () => {
    const small = ask({ filters: [2, 2, 2] }, { input: [6, 4, 1] });
    expect(small.value).toBeUndefined();
    expect(small.diagnostics).toMatchObject([
      {
        code: "layer-does-not-fit",
        place: { at: "stage", stage: id },
        message: 'The layer "pool.3": tiles of 2 × 2 don\'t fit into 1 × 1 × 2.',
      },
    ]);
    const odd = ask({ inputs: ["a", "b"] }, { a: [8, 8, 1], b: [8, 6, 1] });
    expect(odd.diagnostics.map(({ message }) => message)).toEqual([
      'The layer "join.images": 8 × 8 × 1 and 8 × 6 × 1 cannot be joined.',
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import { networkFlops, networkWeights } from "../../layers/network";
import { describeStageKind } from "../conformance";
import { denseNet } from "./dense-net";

describeStageKind(denseNet, {
  params: { hidden: [8, 4], label: "y", inputs: ["reading", "extra"], mask: "extra > 0" },
  problem: kitchenSink,
  shapes: { reading: [3], extra: [1] },
});

const id = stageId("read");
const read = (written: object) => denseNet.params.parse(written);
const layersFor = (written: object, inputs: Record<string, number[]>) =>
  denseNet.network({ id, params: read(written), problem: kitchenSink, inputs, widths: { output: 4 } }).value;
const problems = (written: object) =>
  denseNet
    .check?.({ id, params: read(written), problem: kitchenSink })
    .map(({ code, place }) => [code, place]);

describe("a dense net", () => {
  it("has the weights and operations that follow from its widths", () => {
    const network = layersFor({ hidden: [5], label: "y" }, { input: [3] });
    expect(network?.layers.map(({ id: layer, kind, params }) => [layer, kind, params])).toEqual([
      ["standardise.input", "standardise", {}],
      ["hidden.1", "dense", { units: 5 }],
      ["relu.1", "relu", {}],
      ["head.output", "dense", { units: 4 }],
    ]);
    const weights = networkWeights(network!).map(({ layer, weight }) => [layer, weight.name, weight.shape]);
    expect(weights).toEqual([
      ["standardise.input", "mean", [3]],
      ["standardise.input", "spread", [3]],
      ["hidden.1", "kernel", [3, 5]],
      ["hidden.1", "bias", [5]],
      ["head.output", "kernel", [5, 4]],
      ["head.output", "bias", [4]],
    ]);
    // Two operations a value to standardise; 2·3·5 and 2·5·4 for the sums; one comparison a hidden unit.
    expect(networkFlops(network!)).toBe(2 * 3 + 2 * 3 * 5 + 5 + 2 * 5 * 4);
  });

  it("joins its inputs in their order, whatever their shapes", () => {
    const network = layersFor({ inputs: ["b", "a"], hidden: [] }, { a: [4, 6, 1], b: [2] });
    const join = network?.layers.find(({ kind }) => kind === "concat");
    expect(join?.from).toEqual(["standardise.b", "flatten.a"]);
    expect(networkWeights(network!).find(({ layer }) => layer === "head.output")?.weight.shape).toEqual([
      26, 4,
    ]);
    // A grey image has one mean for all its pixels.
    expect(networkWeights(network!).find(({ layer }) => layer === "standardise.a")?.weight.shape).toEqual([
      1,
    ]);
  });

  it("says which label, mask or input is wrong, at its param", () => {
    expect(problems({ label: "z" })).toEqual([
      ["unknown-field", { at: "param", stage: id, path: ["label"] }],
    ]);
    expect(problems({ label: "y", mask: "extra >" })).toEqual([
      ["mask-syntax", { at: "param", stage: id, path: ["mask"] }],
    ]);
    expect(problems({ inputs: ["a", "b", "a"] })).toEqual([
      ["name-twice", { at: "param", stage: id, path: ["inputs", 2] }],
    ]);
  });

  it("starts from an artifact only where it says so", () => {
    expect(denseNet.start(read({}))).toBeUndefined();
    expect(denseNet.start(read({ start: { artifact: "k/read" } }))).toEqual({
      artifact: "k/read",
      freeze: "none",
    });
    expect(denseNet.start(read({ start: { artifact: "k/read", freeze: 2 } }))?.freeze).toBe(2);
  });
});

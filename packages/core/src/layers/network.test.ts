import { describe, expect, it } from "vitest";
import type { Layer, Network } from "./layer";
import { networkFacts, networkFlops, networkShapes, networkWeights } from "./network";

const layer = (id: string, kind: string, from: string | string[], params: Layer["params"] = {}): Layer => ({
  id,
  kind,
  params,
  from: typeof from === "string" ? [from] : from,
});

/** Three elements of two numbers each go through one dense layer of four units. */
const mapped: Network = {
  inputs: { x: [3, 2] },
  layers: [
    layer("fold", "fold-steps", "x"),
    layer("read", "dense", "fold", { units: 4 }),
    layer("unfold", "unfold-steps", "read", { steps: 3 }),
  ],
  outputs: { y: "unfold" },
};

describe("what follows from a network", () => {
  it("counts the layers between fold and unfold once an element", () => {
    const facts = networkFacts(mapped);
    if (facts.is !== "fits") throw new Error(facts.reason);
    expect(facts.layers.map(({ shape, rowsPerRecord, flops }) => [shape, rowsPerRecord, flops])).toEqual([
      [[2], 3, 0],
      [[4], 3, 3 * 2 * 2 * 4],
      [[3, 4], 1, 0],
    ]);
    expect(networkFlops(mapped)).toBe(48);
    expect(networkWeights(mapped).map(({ layer: id, weight }) => [id, weight.name, weight.shape])).toEqual([
      ["read", "kernel", [2, 4]],
      ["read", "bias", [4]],
    ]);
  });

  it("joins no value of a record with one of an element", () => {
    const mixed = {
      ...mapped,
      layers: [layer("fold", "fold-steps", "x"), layer("both", "concat", ["fold", "z"])],
    };
    const facts = networkFacts({ ...mixed, inputs: { x: [3, 2], z: [2] }, outputs: {} });
    expect(facts).toEqual({
      is: "misfit",
      layer: "both",
      reason: "it joins a value of the whole record with one of each element",
    });
  });

  it("names the first layer that cannot be", () => {
    const network: Network = {
      inputs: { x: [4, 4, 1] },
      layers: [layer("pool", "max-pool2d", "x", { size: 8 }), layer("more", "relu", "pool")],
      outputs: { y: "more" },
    };
    expect(networkShapes(network)).toMatchObject({ is: "misfit", layer: "pool" });
    expect(() => networkWeights(network)).toThrow("pool");
    expect(() => networkFlops(network)).toThrow("8 × 8");
  });

  it("refuses lists that were made wrong", () => {
    const build =
      (layers: Layer[], outputs = {}) =>
      () =>
        networkFacts({ inputs: { x: [2] }, layers, outputs });
    expect(build([layer("a", "relu", "b"), layer("b", "relu", "x")])).toThrow("no layer or input b");
    expect(build([layer("x", "relu", "x")])).toThrow("x stands twice");
    expect(build([layer("a", "no-such-kind", "x")])).toThrow("no known kind: no-such-kind");
    expect(build([], { y: "a" })).toThrow("no layer or input a");
  });
});

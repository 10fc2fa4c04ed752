import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import type { Shape } from "../../layers/layer";
import { networkFlops, networkWeights } from "../../layers/network";
import { describeStageKind } from "../conformance";
import { sharedTrunk } from "./shared-trunk";

const heads = { digit: { label: "y" }, animal: { label: "animal", weight: 0.5, mask: "present(y)" } };

describeStageKind(sharedTrunk, {
  params: { hidden: [4], heads },
  problem: kitchenSink,
  shapes: { input: [3] },
});

const id = stageId("trunk");
const read = (written: object) => sharedTrunk.params.parse({ heads, ...written });
const ask = (written: object, shape: Shape) =>
  sharedTrunk.network({
    id,
    params: read(written),
    problem: kitchenSink,
    inputs: { input: shape },
    widths: { digit: 4, animal: 2 },
  });

describe("a shared trunk", () => {
  it("has one trunk and a dense layer a head", () => {
    const network = ask({ hidden: [5] }, [3]).value;
    expect(network?.outputs).toEqual({ digit: "head.digit", animal: "head.animal" });
    const ends = network?.layers.filter(({ id: layer }) => layer.startsWith("head."));
    expect(ends?.map(({ from }) => from)).toEqual([["relu.1"], ["relu.1"]]);
    const count = networkWeights(network!)
      .filter(({ weight }) => weight.trainable)
      .reduce((sum, { weight }) => sum + weight.shape.reduce((size, side) => size * side, 1), 0);
    expect(count).toBe(3 * 5 + 5 + (5 * 4 + 4) + (5 * 2 + 2));
    expect(networkFlops(network!)).toBe(2 * 3 + 2 * 3 * 5 + 5 + 2 * 5 * 4 + 2 * 5 * 2);
  });

  it("passes on what each head says of itself, and what all say of their losses", () => {
    const stage = { normalise: "batch", unitScale: false };
    expect(sharedTrunk.heads(read(stage))).toEqual([
      { port: "digit", label: "y", weight: 1, normalise: "batch", unitScale: false },
      {
        port: "animal",
        label: "animal",
        weight: 0.5,
        mask: "present(y)",
        normalise: "batch",
        unitScale: false,
      },
    ]);
  });

  it("looks at images through filters, and at rows without", () => {
    const image = ask({ filters: [2], hidden: [] }, [4, 4, 1]).value;
    expect(image?.layers.map(({ kind }) => kind)).toContain("conv2d");
    const row = ask({ hidden: [] }, [4, 4, 1]).value;
    expect(row?.layers.map(({ kind }) => kind)).not.toContain("conv2d");
    expect(ask({ filters: [2] }, [16]).diagnostics.map(({ code }) => code)).toEqual(["input-not-encodable"]);
  });

  it("says what is wrong with a head, at that head's param", () => {
    const params = read({ heads: { a: { label: "z" }, b: { label: "y", mask: "nothing == 1" } } });
    const found = sharedTrunk.check?.({ id, params, problem: kitchenSink });
    expect(found?.map(({ code, place }) => [code, place])).toEqual([
      ["unknown-field", { at: "param", stage: id, path: ["heads", "a", "label"] }],
      ["mask-unknown-field", { at: "param", stage: id, path: ["heads", "b", "mask"] }],
    ]);
  });

  it("has at least one head", () => {
    expect(sharedTrunk.params.safeParse({ heads: {} }).success).toBe(false);
  });
});

import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layerKinds } from "./index";

describe("the list of layer kinds", () => {
  it("has every folder of this directory, and nothing else", () => {
    const here = new URL(".", import.meta.url);
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/${entry.name}.ts`, here)))
      .map((entry) => entry.name);
    expect(Object.keys(layerKinds).sort()).toEqual(folders.sort());
    for (const [name, kind] of Object.entries(layerKinds)) expect(kind.kind).toBe(name);
  });

  it("finds kinds by their own name only, and cannot be changed", () => {
    for (const name of ["constructor", "__proto__", "toString"]) expect(layerKinds[name]).toBeUndefined();
    expect(Object.isFrozen(layerKinds)).toBe(true);
  });

  it("documents every kind", () => {
    for (const { kind, summary } of Object.values(layerKinds))
      expect(summary, kind).toMatch(/^[A-Z].{10,}\.$/);
  });

  it("says of every kind what is wrong with params and inputs that cannot be", () => {
    const reasons = (kind: string, params: object, ...inputs: number[][]): string | undefined =>
      layerKinds[kind]?.check({ ...params }, inputs);
    expect(reasons("dense", { units: 0 }, [3])).toBe(
      "its units must be a whole number of at least 1, seen 0",
    );
    expect(reasons("dense", { units: 2 }, [4, 4, 1])).toBe("it takes a row of numbers, seen 4 × 4 × 1");
    expect(reasons("dense", { units: 2 })).toBe("it takes one input, seen 0");
    const conv = { filters: 2, kernel: 5, stride: 1, padding: "valid" };
    expect(reasons("conv2d", conv, [7])).toBe("it takes an image, seen 7");
    expect(reasons("conv2d", conv, [4, 9, 1])).toBe("a kernel of 5 × 5 doesn't fit into 4 × 9 × 1");
    expect(reasons("conv2d", { ...conv, padding: "some" }, [9, 9, 1])).toBe(
      'its padding is "same" or "valid", seen "some"',
    );
    expect(reasons("depthwise-conv2d", conv, [4, 9, 1])).toBe("a kernel of 5 × 5 doesn't fit into 4 × 9 × 1");
    expect(reasons("max-pool2d", { size: 3 }, [2, 9, 1])).toBe("tiles of 3 × 3 don't fit into 2 × 9 × 1");
    expect(reasons("conv1d", conv, [3, 8])).toBe("a kernel of 5 steps doesn't fit into 3 × 8");
    expect(reasons("conv1d", conv, [7])).toBe("it takes a sequence of rows, seen 7");
    expect(reasons("max-pool1d", { size: 4 }, [3, 8])).toBe("tiles of 4 steps don't fit into 3");
    for (const kind of ["gru", "lstm"])
      expect(reasons(kind, { units: 2 }, [3])).toBe("it takes a sequence of rows, seen 3");
    expect(reasons("attention", { heads: 3 }, [5, 8])).toBe("8 values a step can't be cut into 3 heads");
    expect(reasons("attention", { heads: 2 }, [8])).toBe("it takes a sequence of rows, seen 8");
    expect(reasons("position", {}, [8])).toBe("it takes a sequence of rows, seen 8");
    expect(reasons("sum", {}, [3])).toBe("it takes at least two inputs, seen 1");
    expect(reasons("sum", {}, [3], [4])).toBe("3 and 4 cannot be added");
    expect(reasons("last-step", {}, [3, 4, 1])).toBe("it takes a sequence of rows, seen 3 × 4 × 1");
    expect(reasons("frames", { size: 4 }, [3])).toBe("a frame of 4 numbers doesn't fit into 3");
    expect(reasons("embedding", { units: 2 }, [3])).toBe("it takes an image or a sequence of rows, seen 3");
    expect(reasons("avg-pool2d", { size: 3 }, [9, 2, 1])).toBe("tiles of 3 × 3 don't fit into 9 × 2 × 1");
    expect(reasons("global-avg-pool", {}, [9])).toBe("it takes an image or a sequence of rows, seen 9");
    expect(reasons("dropout", { rate: 1 }, [9])).toBe("its rate must be at least 0 and below 1, seen 1");
    expect(reasons("concat", {}, [3], [4, 1])).toBe("3 and 4 × 1 cannot be joined");
    expect(reasons("fold-steps", {}, [3])).toBe("its input is no sequence");
    expect(reasons("unfold-steps", {}, [3])).toContain("its steps must be");
    for (const kind of [
      "relu",
      "softmax",
      "sigmoid",
      "flatten",
      "standardise",
      "layer-norm",
      "batch-norm",
      "global-avg-pool",
    ]) {
      expect(reasons(kind, {}, [3], [3]), kind).toBe("it takes one input, seen 2");
    }
  });
});

import type { Column } from "@seams/core";
import { describe, expect, it } from "vitest";
import { recordValue } from "./record-value";

const column = (type: Column["type"], data: number[], present: number[], lengths?: number[]): Column => ({
  type,
  rows: lengths?.length ?? 1,
  data: new Float32Array(data),
  present: new Uint8Array(present),
  ...(lengths === undefined ? {} : { lengths: new Int32Array(lengths) }),
});

describe("a record's value for the screen", () => {
  it("is a word or number of its own for every type", () => {
    expect(recordValue(column({ is: "scalar" }, [1.5], [1]), 0)).toEqual({ is: "number", value: 1.5 });
    expect(recordValue(column({ is: "scalar" }, [0], [0]), 0)).toEqual({ is: "missing" });
    expect(recordValue(column({ is: "label", classes: ["cat", "dog"] }, [1], [1]), 0)).toEqual({
      is: "label",
      value: "dog",
    });
    expect(recordValue(column({ is: "vector", size: 2 }, [1, 2], [1]), 0)).toEqual({
      is: "numbers",
      values: [1, 2],
    });
    expect(recordValue(column({ is: "box" }, [0.5, 0.5, 1, 0.25], [1]), 0)).toEqual({
      is: "box",
      values: [0.5, 0.5, 1, 0.25],
    });
    const image = column({ is: "image", heightPx: 1, widthPx: 3, channels: 1 }, [0, 0.5, 1], [1]);
    expect(recordValue(image, 0)).toEqual({
      is: "image",
      heightPx: 1,
      widthPx: 3,
      channels: 1,
      base64: btoa("\u0000\u0080\u00ff"),
    });
  });

  it("shows which flags, elements and letters are there", () => {
    const flags = column({ is: "flags", names: ["a", "b", "c"] }, [1, 0, 0], [1, 0, 1]);
    expect(recordValue(flags, 0)).toEqual({ is: "flags", values: { a: 1, b: null, c: 0 } });
    const text = column(
      { is: "text", alphabet: ["x", "y"], maxLength: 3 },
      [1, 0, 0, 0, 0, 0],
      [1, 1],
      [2, 0],
    );
    expect([0, 1].map((row) => recordValue(text, row))).toEqual([
      { is: "text", value: "yx" },
      { is: "text", value: "" },
    ]);
    const of = { is: "label" as const, classes: ["0", "1"] };
    const digits = column({ is: "sequence", of, maxLength: 2 }, [1, 0, 0, 0], [1, 0, 0, 0], [2, -1]);
    expect(recordValue(digits, 0)).toEqual({
      is: "sequence",
      of: [{ is: "label", value: "1" }, { is: "missing" }],
    });
    expect(recordValue(digits, 1)).toEqual({ is: "missing" });
  });
});

import { describe, expect, it } from "vitest";
import type { Column } from "./column";
import { patchColumn } from "./patch";

const sequence = (values: number[], present: number[], lengths: number[]): Column => ({
  type: { is: "sequence", of: { is: "label", classes: ["a", "b", "c"] }, maxLength: 2 },
  rows: 2,
  data: Float32Array.from(values),
  present: Uint8Array.from(present),
  lengths: Int32Array.from(lengths),
});

describe("patchColumn", () => {
  it("takes the other's values where it has any, slot by slot, with certain scores", () => {
    const predicted = {
      ...sequence([0, 0, 1, 1], [1, 1, 1, 1], [2, 2]),
      scores: new Float32Array(12).fill(1 / 3),
    };
    const patched = patchColumn(predicted, sequence([2, 0, 0, 0], [1, 0, 0, 0], [2, -1]));
    expect([...patched.data]).toEqual([2, 0, 1, 1]);
    expect([...(patched.lengths ?? [])]).toEqual([2, 2]);
    expect([...(patched.scores ?? [])].slice(0, 3)).toEqual([0, 0, 1]);
    expect(patched.scores?.[3]).toBeCloseTo(1 / 3, 6);
  });

  it("leaves the column itself as it was", () => {
    const column = sequence([0, 0, 0, 0], [1, 1, 1, 1], [2, 2]);
    patchColumn(column, sequence([1, 1, 1, 1], [1, 1, 1, 1], [1, 1]));
    expect([...column.data]).toEqual([0, 0, 0, 0]);
  });
});

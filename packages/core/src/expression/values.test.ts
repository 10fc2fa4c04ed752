import { expect, it } from "vitest";
import type { Column } from "../data/column";
import type { FieldType } from "../graph/field-type";
import { valueReader } from "./values";

it("reads labels as their class, numbers where they are written as ones", () => {
  const read = valueReader({
    type: { is: "label", classes: ["7", "-1.5", "cat"] },
    rows: 5,
    data: Float32Array.of(0, 1, 2, -1, 0),
    present: Uint8Array.of(1, 1, 1, 1, 0),
  });
  expect([0, 1, 2, 3, 4].map(read)).toEqual([7, -1.5, "cat", undefined, undefined]);
});

it("reads sequences up to their length, with gaps", () => {
  const read = valueReader({
    type: { is: "sequence", of: { is: "scalar" }, maxLength: 3 },
    rows: 3,
    data: Float32Array.of(1, 2, 0, 4, 5, 6, 0, 0, 0),
    present: Uint8Array.of(1, 1, 0, 1, 0, 1, 0, 0, 0),
    lengths: Int32Array.of(2, 3, -1),
  });
  expect([0, 1, 2].map(read)).toEqual([[1, 2], [4, undefined, 6], undefined]);
});

it("reads flags one by one, vectors and boxes as lists, texts as texts", () => {
  const read = (type: FieldType, data: readonly number[], rest: Partial<Column> = {}) =>
    valueReader({ type, rows: 1, data: Float32Array.from(data), present: Uint8Array.of(1), ...rest })(0);
  expect(read({ is: "flags", names: ["a", "b"] }, [1, 0], { present: Uint8Array.of(1, 0) })).toEqual([
    1,
    undefined,
  ]);
  expect(read({ is: "vector", size: 2 }, [1, 2])).toEqual([1, 2]);
  expect(read({ is: "box" }, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  const text: FieldType = { is: "text", alphabet: ["a", "b"], maxLength: 3 };
  expect(read(text, [1, 0, 0], { lengths: Int32Array.of(2) })).toBe("ba");
});

import { expect, it } from "vitest";
import type { Column } from "../data/column";
import { foldColumn, unfoldColumn } from "./each";

const column: Column = {
  type: { is: "sequence", of: { is: "vector", size: 2 }, maxLength: 2 },
  rows: 3,
  data: Float32Array.of(1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0),
  present: Uint8Array.of(1, 1, 1, 0, 0, 0),
  lengths: Int32Array.of(2, 1, -1),
};

it("a sequence's elements are a column of their own", () => {
  const { elements } = unfoldColumn(column);
  expect(elements).toMatchObject({ type: { is: "vector", size: 2 }, rows: 6, data: column.data });
  expect(elements.lengths).toBeUndefined();
});

it("folding is the inverse of unfolding", () => {
  const { elements } = unfoldColumn(column);
  expect(foldColumn(elements, 2, Int32Array.of(2, 1, -1))).toEqual(column);
});

it("clears what stands behind a sequence's end", () => {
  const elements: Column = {
    type: { is: "label", classes: ["a", "b"] },
    rows: 4,
    data: Float32Array.of(1, 1, 1, 1),
    present: Uint8Array.of(1, 1, 1, 1),
    scores: Float32Array.of(0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9),
  };
  const folded = foldColumn(elements, 2, Int32Array.of(1, -1));
  expect([...folded.data]).toEqual([1, 0, 0, 0]);
  expect([...folded.present]).toEqual([1, 0, 0, 0]);
  expect(folded.scores?.slice(2)).toEqual(new Float32Array(6));
  expect([...elements.data]).toEqual([1, 1, 1, 1]);
});

it("throws on what can only be our mistake", () => {
  expect(() => unfoldColumn({ ...column, type: { is: "box" } })).toThrow("no elements");
  expect(() => foldColumn(column, 2, Int32Array.of(2))).toThrow("sequences of sequences");
  expect(() => foldColumn(unfoldColumn(column).elements, 3, Int32Array.of(2))).toThrow("are not");
});

import { describe, expect, it } from "vitest";
import type { Column } from "../data/column";
import type { FieldTypeOf } from "../graph/field-type";
import { decodeHead, encodeColumn, encodeRaw } from "./columns";

const abc: FieldTypeOf<"label"> = { is: "label", classes: ["a", "b", "c"] };
const floats = (...values: number[]) => Float32Array.from(values);
const bytes = (...values: number[]) => Uint8Array.from(values);

describe("encodeColumn", () => {
  it("writes labels one-hot; missing and impossible ones are all zeros", () => {
    const column: Column = { type: abc, rows: 3, data: floats(2, 0, -1), present: bytes(1, 0, 1) };
    expect([...encodeColumn(column, abc)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("writes the probabilities that a network gave instead of its decision", () => {
    const scores = floats(0.2, 0.5, 0.3);
    const column: Column = { type: abc, rows: 1, data: floats(1), present: bytes(1), scores };
    expect([...encodeColumn(column, abc)]).toEqual([...scores]);
  });

  it("writes texts one-hot up to their ends", () => {
    const type: FieldTypeOf<"text"> = { is: "text", alphabet: ["x", "y"], maxLength: 2 };
    const column: Column = {
      type,
      rows: 2,
      data: floats(1, 0, 0, 0),
      present: bytes(1, 0),
      lengths: Int32Array.of(1, -1),
    };
    expect([...encodeColumn(column, type)]).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("writes every element of a sequence", () => {
    const type: FieldTypeOf<"sequence"> = { is: "sequence", of: abc, maxLength: 2 };
    const column: Column = {
      type,
      rows: 1,
      data: floats(1, 0),
      present: bytes(1, 0),
      lengths: Int32Array.of(1),
    };
    expect([...encodeColumn(column, type)]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it("converts to the input's own type first", () => {
    const type: FieldTypeOf<"label"> = { is: "label", classes: ["b", "a", "c"] };
    const column: Column = { type, rows: 1, data: floats(0), present: bytes(1) };
    expect([...encodeColumn(column, abc)]).toEqual([0, 1, 0]);
  });
});

describe("decodeHead", () => {
  it("chooses the likeliest class, and keeps probabilities that sum to 1", () => {
    const column = decodeHead(floats(0, 2, 1, 900, 0, 900), abc);
    expect([...column.data]).toEqual([1, 0]);
    expect([...(column.scores ?? [])].slice(3)).toEqual([0.5, 0, 0.5]);
    expect([...(column.scores ?? [])].slice(0, 3).reduce((a, b) => a + b)).toBeCloseTo(1);
  });

  it("sets flags from a half on", () => {
    const column = decodeHead(floats(-1, 0, 3), { is: "flags", names: ["x", "y", "z"] });
    expect([...column.data]).toEqual([0, 1, 1]);
    expect(column.scores?.[1]).toBe(0.5);
  });

  it("turns numbers back into the field's unit", () => {
    const scale = { mean: [10, 0], spread: [2, 1] };
    expect([...decodeHead(floats(1, 1, -1, 0), { is: "vector", size: 2 }, { scale }).data]).toEqual([
      12, 1, 8, 0,
    ]);
  });

  it("keeps boxes inside the frame", () => {
    expect([...decodeHead(floats(-1, 0.5, 2, 1), { is: "box" }).data]).toEqual([0, 0.5, 1, 1]);
  });

  it("leaves no value where the inputs were missing", () => {
    const presence = { present: bytes(1, 0) };
    const column = decodeHead(floats(0, 2, 1, 5, 0, 0), abc, { presence });
    expect([...column.present]).toEqual([1, 0]);
    expect([...(column.scores ?? [])].slice(3)).toEqual([0, 0, 0]);
  });
});

describe("encodeRaw", () => {
  it("gives what decodeHead gives back: classes with their scores, flags, and numbers in their unit", () => {
    const raw = Float32Array.of(0.3, -1, 2, 1, 1.5, -0.25);
    const label: FieldTypeOf<"label"> = { is: "label", classes: ["a", "b", "c"] };
    const classes = decodeHead(raw, label);
    const again = decodeHead(encodeRaw(classes, label), label);
    expect([...again.data]).toEqual([...classes.data]);
    again.scores?.forEach((score, k) => expect(score).toBeCloseTo(classes.scores?.[k] ?? 0, 5));
    const flags: FieldTypeOf<"flags"> = { is: "flags", names: ["x", "y"] };
    const known = decodeHead(raw, flags);
    const flagged = decodeHead(encodeRaw(known, flags), flags);
    flagged.scores?.forEach((score, k) => expect(score).toBeCloseTo(known.scores?.[k] ?? 0, 5));
    const scale = { mean: [10], spread: [4] };
    const scalar = { is: "scalar" } as const;
    const numbers = decodeHead(raw, scalar, { scale });
    encodeRaw(numbers, scalar, { scale }).forEach((value, k) => expect(value).toBeCloseTo(raw[k] ?? 0, 5));
  });

  it("is certain of a true class", () => {
    const label: FieldTypeOf<"label"> = { is: "label", classes: ["a", "b"] };
    const truth = { type: label, rows: 1, data: Float32Array.of(1), present: Uint8Array.of(1) };
    expect([...(decodeHead(encodeRaw(truth, label), label).scores ?? [])]).toEqual([
      expect.closeTo(0, 12),
      1,
    ]);
  });
});

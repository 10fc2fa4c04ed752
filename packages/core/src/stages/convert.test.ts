import { describe, expect, it } from "vitest";
import type { Column } from "../data/column";
import type { FieldType } from "../graph/field-type";
import { convertColumn } from "./convert";

const label = (...classes: string[]): FieldType => ({ is: "label", classes });
const column = (type: FieldType, data: number[], present = data.map(() => 1)): Column => ({
  type,
  rows: present.length,
  data: Float32Array.from(data),
  present: Uint8Array.from(present),
});

describe("converting a column to a type that it may stand for", () => {
  it("is the column itself where the types are equal", () => {
    const same = column({ is: "box" }, [0, 0, 1, 1], [1]);
    expect(convertColumn(same, { is: "box" })).toBe(same);
  });

  it("makes numbers classes; a number that is none is always wrong", () => {
    const numbers = column({ is: "scalar" }, [4, 2, 7, 0], [1, 1, 1, 0]);
    const classes = convertColumn(numbers, label("2", "4.0"));
    expect([...classes.data]).toEqual([1, 0, -1, 0]);
    expect([...classes.present]).toEqual([1, 1, 1, 0]);
  });

  it("makes classes numbers; what was no class is missing", () => {
    const numbers = convertColumn(column(label("2", "-1.5"), [1, 0, -1]), { is: "scalar" });
    expect([...numbers.data]).toEqual([-1.5, 2, 0]);
    expect([...numbers.present]).toEqual([1, 1, 0]);
  });

  it("moves classes and their probabilities to their places", () => {
    const from = {
      ...column(label("b", "a"), [0, 1, -1]),
      scores: Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.5, 0.5),
    };
    const to = convertColumn(from, label("a", "x", "b"));
    expect([...to.data]).toEqual([2, 0, -1]);
    expect([...(to.scores ?? [])].map((p) => Math.round(p * 10))).toEqual([1, 0, 9, 8, 0, 2, 5, 0, 5]);
  });

  it("widens sequences, element by element", () => {
    const from: Column = {
      ...column({ is: "sequence", of: { is: "scalar" }, maxLength: 2 }, [1, 2, 3, 0], [1, 1, 1, 0]),
      rows: 2,
      lengths: Int32Array.of(2, 1),
    };
    const to = convertColumn(from, {
      is: "sequence",
      of: { is: "label", classes: ["1", "2", "3"] },
      maxLength: 3,
    });
    expect([...to.data]).toEqual([0, 1, 0, 2, 0, 0]);
    expect([...to.present]).toEqual([1, 1, 0, 1, 0, 0]);
    expect([...(to.lengths ?? [])]).toEqual([2, 1]);
  });

  it("spells texts in another alphabet", () => {
    const from: Column = {
      ...column({ is: "text", alphabet: ["a", "b"], maxLength: 2 }, [1, 0, 1, 0], [1, 1]),
      lengths: Int32Array.of(2, 1),
    };
    const to = convertColumn(from, { is: "text", alphabet: ["x", "b", "a"], maxLength: 3 });
    expect([...to.data]).toEqual([1, 2, 0, 1, 0, 0]);
  });

  it("throws where the compiler should have refused", () => {
    expect(() => convertColumn(column({ is: "scalar" }, [1]), { is: "box" })).toThrow(
      "convert: scalar to box",
    );
  });
});

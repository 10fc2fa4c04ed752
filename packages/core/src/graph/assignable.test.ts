import { describe, expect, it } from "vitest";
import { everyType } from "../../test/support/problems";
import { assignable, describeType, typesEqual } from "./assignable";
import type { FieldType } from "./field-type";

const label = (...classes: string[]): FieldType => ({ is: "label", classes });
const scalar: FieldType = { is: "scalar" };

describe("what a value may stand for", () => {
  it("is itself, for every type, and nothing of another kind", () => {
    for (const [name, from] of Object.entries(everyType)) {
      expect(assignable(from, structuredClone(from)), name).toBeUndefined();
      for (const to of Object.values(everyType)) {
        if (typesEqual(from, to)) expect(assignable(from, to)).toBeUndefined();
        if (from.is === "image" && to.is !== "image")
          expect(assignable(from, to)).toBe(`an image is not a ${to.is}`.replace("a flags", "flags"));
      }
    }
  });

  it.each<[string, FieldType, FieldType, string | undefined]>([
    ["a number for a label of numbers", scalar, label("0", "1"), undefined],
    [
      "a number for a label of words",
      scalar,
      label("0", "one"),
      'the classes "0" and "one" are not all numbers',
    ],
    ["a label of numbers for a number", label("0", "1"), scalar, undefined],
    ["a label of words for a number", label("a"), scalar, 'the classes "a" are not all numbers'],
    ["some classes for more", label("b"), label("a", "b"), undefined],
    ["the same classes in another order", label("b", "a"), label("a", "b"), undefined],
    ["more classes for some", label("a", "c"), label("a"), 'the classes "c" are not among "a"'],
    ["a vector of one for a number", { is: "vector", size: 1 }, scalar, undefined],
    ["a number for a vector of one", scalar, { is: "vector", size: 1 }, undefined],
    ["a vector of two for a number", { is: "vector", size: 2 }, scalar, "a vector is not a scalar"],
    [
      "vectors of different sizes",
      { is: "vector", size: 2 },
      { is: "vector", size: 3 },
      "their sizes or names differ",
    ],
    [
      "metres for feet",
      { is: "scalar", unit: "m" },
      { is: "scalar", unit: "ft" },
      "the units m and ft differ",
    ],
    ["metres for any number", { is: "scalar", unit: "m" }, scalar, undefined],
  ])("%s", (_, from, to, reason) => {
    expect(assignable(from, to)).toBe(reason);
  });

  it("sequences, element by element, if they are not longer", () => {
    const sequence = (of: FieldType, maxLength: number): FieldType => ({
      is: "sequence",
      of: of as never,
      maxLength,
    });
    expect(assignable(sequence(scalar, 2), sequence(label("1", "2"), 3))).toBeUndefined();
    expect(assignable(sequence(scalar, 4), sequence(scalar, 3))).toBe("up to 4 elements don't fit in 3");
    expect(assignable(sequence(scalar, 2), sequence({ is: "box" }, 3))).toBe("a scalar is not a box");
  });
});

it("types are described in a few words", () => {
  expect(Object.values(everyType).map(describeType)).toEqual([
    "image 4×6×1",
    "signal of 8 samples at 8000 Hz",
    "vector 3",
    "scalar",
    "label of 4 classes",
    "label of 2 classes",
    "label of 3 classes",
    "2 flags",
    "box",
    "text of up to 3 letters",
    "sequence of up to 2 × label of 4 classes",
    "label of 4 classes",
  ]);
});

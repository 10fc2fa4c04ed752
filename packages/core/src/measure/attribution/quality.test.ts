import { describe, expect, it } from "vitest";
import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { degrade, spreadFor } from "./degrade";
import { qualityOf } from "./quality";

const random = () => stream(seed(3), "quality");
const draw = stream(seed(4), "values");
const ROWS = 4000;
const full = (type: FieldType, width: number, value: (index: number) => number): Column => ({
  type,
  rows: ROWS,
  data: Float32Array.from({ length: ROWS * width }, (_, index) => value(index)),
  present: new Uint8Array(ROWS).fill(1),
});

const columns: readonly (readonly [string, Column])[] = [
  ["labels", full({ is: "label", classes: ["a", "b", "c"] }, 1, () => draw.integer(3))],
  ["boxes", full({ is: "box" }, 4, (index) => (index % 4 < 2 ? 0.5 : 0.1 + 0.2 * draw.uniform()))],
  ["amounts", full({ is: "scalar" }, 1, () => 3 + 5 * draw.normal())],
];

describe.each(columns)("the quality of %s", (_, truth) => {
  it.each([0.3, 0.6, 0.9, 1])("is what the truth was degraded to: %d", (quality) => {
    expect(qualityOf(truth, degrade(truth, { quality, random: random() }))).toBeCloseTo(quality, 1);
  });

  it("comes out the same where few records are degraded by a spread found on many", () => {
    const quality = 0.7;
    const spread = spreadFor(truth, { quality, random: random() });
    const draws = stream(seed(5), "few");
    const width = truth.data.length / ROWS;
    const data = truth.data.slice();
    for (let row = 0; row < ROWS; row++) {
      const one = {
        ...truth,
        rows: 1,
        data: truth.data.slice(row * width, (row + 1) * width),
        present: Uint8Array.of(1),
      };
      data.set(degrade(one, { quality, random: draws, spread }).data, row * width);
    }
    expect(qualityOf(truth, { ...truth, data })).toBeCloseTo(quality, 1);
  });
});

describe("the quality of what is missing or the same everywhere", () => {
  const amounts = (...values: number[]): Column => ({
    type: { is: "scalar" },
    rows: values.length,
    data: Float32Array.from(values),
    present: new Uint8Array(values.length).fill(1),
  });

  it("is the mean's where predictions are missing, and none where truths don't vary", () => {
    expect(qualityOf(amounts(1, 3), { ...amounts(9, 9), present: new Uint8Array(2) })).toBe(0);
    expect(qualityOf(amounts(1, 3), amounts(1, 3))).toBe(1);
    expect(qualityOf(amounts(2, 2), amounts(1, 3))).toBeUndefined();
  });
});

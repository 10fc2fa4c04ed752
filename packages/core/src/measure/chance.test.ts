import { describe, expect, it } from "vitest";
import type { Column } from "../data/column";
import { chanceScore } from "./chance";

const labels = (...values: (number | undefined)[]): Column => ({
  type: { is: "label", classes: ["a", "b", "c"] },
  rows: values.length,
  data: Float32Array.from(values, (value) => value ?? 0),
  present: Uint8Array.from(values, (value) => Number(value !== undefined)),
});

const scalars = (...values: number[]): Column => ({
  type: { is: "scalar" },
  rows: values.length,
  data: Float32Array.from(values),
  present: new Uint8Array(values.length).fill(1),
});

describe("chance", () => {
  it("is the share of the commonest training class among test rows", () => {
    expect(chanceScore("accuracy", labels(1, 1, 0, undefined), labels(1, 0, 2, 1))).toBe(0.5);
  });

  it("is the error of the training mean for numbers", () => {
    expect(chanceScore("rmse", scalars(1, 3), scalars(2, 4))).toBeCloseTo(Math.sqrt(2), 12);
  });

  it("is the AUC of a constant", () => {
    const two = { is: "label" as const, classes: ["no", "yes"] };
    expect(chanceScore("auc", { ...labels(1, 0), type: two }, { ...labels(1, 0, 0), type: two })).toBe(0.5);
  });

  it("repeats the commonest letter to the commonest length", () => {
    const text = (length: number, ...letters: number[]): Column => ({
      type: { is: "text", alphabet: ["a", "b"], maxLength: 3 },
      rows: 1,
      data: Float32Array.from([...letters, 0, 0, 0].slice(0, 3)),
      present: new Uint8Array([1]),
      lengths: new Int32Array([length]),
    });
    expect(chanceScore("exact-match", text(2, 1, 1), text(2, 1, 1))).toBe(1);
    expect(chanceScore("exact-match", text(2, 1, 1), text(3, 1, 1, 1))).toBe(0);
  });

  it("is unknown without labels", () => {
    expect(chanceScore("accuracy", labels(undefined), labels(1))).toBeUndefined();
    expect(chanceScore("accuracy", labels(1), labels(undefined))).toBeUndefined();
  });
});

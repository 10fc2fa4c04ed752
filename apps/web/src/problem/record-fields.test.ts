import type { ProblemField, ProblemSchema } from "@seams/core";
import { describe, expect, it } from "vitest";
import { boxesOf, namedFields, unbalancedTargets } from "./record-fields";

const label: ProblemField = { type: { is: "label", classes: ["0", "1"] }, price: 1 };
const schema: ProblemSchema = {
  format: 1,
  name: "p",
  title: "P",
  fields: { between: label, y: label, x: { type: { is: "vector", size: 2 }, price: 0 } },
  input: ["x"],
  target: ["y"],
  metrics: [{ target: "y", metric: "accuracy" }],
  split: { column: "split" },
};

describe("a record's fields", () => {
  it("come by their part: inputs, targets, and what lies between", () => {
    expect(namedFields(schema).map(({ name, part }) => [name, part])).toEqual([
      ["x", "input"],
      ["y", "target"],
      ["between", "intermediate"],
    ]);
  });

  it("keep a box that nobody has drawn apart from one at the corner", () => {
    const fields = [{ name: "b", part: "target" as const, type: { is: "box" as const }, price: 1 }];
    expect(boxesOf(fields, { b: { is: "missing" } })).toEqual([{ name: "b" }]);
    expect(boxesOf(fields, { b: { is: "box", values: [0, 0, 1, 1] } })).toEqual([
      { name: "b", box: [0, 0, 1, 1] },
    ]);
  });

  it("are called unbalanced beyond ten to one", () => {
    const counts = (a: number, b: number) => [
      { name: "a", count: a },
      { name: "b", count: b },
    ];
    expect(unbalancedTargets(counts(100, 10))).toBeUndefined();
    expect(unbalancedTargets(counts(5, 101))).toMatchObject({ most: "b", least: "a" });
    expect(unbalancedTargets(counts(100, 0))).toMatchObject({ ratio: 100 });
    expect(unbalancedTargets(counts(100, 0).slice(0, 1))).toBeUndefined();
  });
});

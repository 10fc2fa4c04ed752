import { describe, expect, it } from "vitest";
import {
  checkDraft,
  type Draft,
  metricOf,
  partOf,
  plainType,
  readDraft,
  splitOf,
  typeOf,
  withPart,
  withSplit,
  withType,
} from "./draft";

const guessed = {
  format: 1,
  name: "animals",
  title: "Animals",
  fields: {
    width: { is: "scalar" },
    colour: { is: "label", classes: ["black", "white"] },
    animal: { is: "label", classes: ["cat", "dog"], price: 1 },
  },
  input: ["width", "colour"],
  target: ["animal"],
  metric: "accuracy",
  split: { fractions: [0.8, 0, 0.2], seed: 1 },
};
const first = readDraft(guessed)!;
const codes = (draft: Draft): readonly string[] => checkDraft(draft).map(({ code }) => code);

describe("a draft of problem.json", () => {
  it("is read from an object or its text, and right as it was guessed", () => {
    expect(readDraft(JSON.stringify(guessed))).toEqual(first);
    expect(codes(first)).toEqual([]);
    expect(readDraft("not json")).toBeUndefined();
    expect(readDraft(null)).toBeUndefined();
    expect(readDraft({ ...guessed, fields: [] })).toBeUndefined();
  });

  it("leaves a field out, and takes it back as it was", () => {
    const without = withPart(first, "colour", "left out", first);
    expect(partOf(without, "colour")).toBe("left out");
    expect(without.input).toEqual(["width"]);
    const back = withPart(without, "colour", "input", first);
    expect(back.fields).toEqual(first.fields);
    expect(Object.keys(back.fields)).toEqual(["width", "colour", "animal"]);
    expect(back.input).toEqual(["width", "colour"]);
  });

  it("gives labels a price and takes it from inputs", () => {
    const between = withPart(first, "colour", "intermediate", first);
    expect(between.fields["colour"]).toHaveProperty("price", 1);
    expect(partOf(between, "colour")).toBe("intermediate");
    expect(withPart(between, "colour", "input", first).fields["colour"]).not.toHaveProperty("price");
    expect(codes(between)).toEqual([]);
  });

  it("chooses a metric that fits where target or type change", () => {
    const both = withPart(first, "width", "target", first);
    expect(metricOf(both, "animal")).toBe("accuracy");
    expect(metricOf(both, "width")).toBe("rmse");
    expect(codes(both)).toEqual([]);
    const number = withType(first, "animal", { is: "scalar" });
    expect(metricOf(number, "animal")).toBe("rmse");
    expect(typeOf(number, "animal")).toEqual({ is: "scalar" });
    expect(number.fields["animal"]).toHaveProperty("price", 1);
  });

  it("splits by a seed or by a column, and keeps groups together", () => {
    expect(splitOf(first)).toEqual({ by: "seed", test: 20, seed: 1 });
    const grouped = withSplit(first, { by: "seed", test: 30, seed: 2, group: "patient" });
    expect(grouped.split).toEqual({ fractions: [0.7, 0, 0.3], seed: 2, group: "patient" });
    expect(splitOf(grouped)).toEqual({ by: "seed", test: 30, seed: 2, group: "patient" });
    expect(codes(grouped)).toEqual([]);
    const named = withSplit(first, { by: "column", column: "part" });
    expect(named.split).toEqual({ column: "part" });
    expect(splitOf(named)).toEqual({ by: "column", column: "part" });
  });

  it("never splits so that nothing is left to train on or to test", () => {
    expect(withSplit(first, { by: "seed", test: 100, seed: 0 }).split).toMatchObject({
      fractions: [0.01, 0, 0.99],
    });
    expect(withSplit(first, { by: "seed", test: 0, seed: 0 }).split).toMatchObject({
      fractions: [0.99, 0, 0.01],
    });
  });

  it("finds what is wrong before anything is sent", () => {
    expect(codes(withPart(first, "animal", "left out", first))).not.toEqual([]);
  });

  it("makes a type from the values that were seen", () => {
    expect(plainType("label", ["10", "9", "9"])).toEqual({ is: "label", classes: ["9", "10"] });
    expect(plainType("text", ["ab", "b"])).toEqual({ is: "text", alphabet: ["a", "b"], maxLength: 2 });
    expect(plainType("scalar", ["x"])).toEqual({ is: "scalar" });
  });
});

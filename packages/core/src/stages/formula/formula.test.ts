import { describe, expect, it } from "vitest";
import { everyType, kitchenSink } from "../../../test/support/problems";
import type { Column } from "../../data/column";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { formula } from "./formula";

describeStageKind(formula, {
  params: { expression: "sum(digits) mod 4", label: "y" },
  problem: kitchenSink,
  types: everyType,
});

const id = stageId("f");
const problem = kitchenSink;
const question = (expression: string, label?: string) => ({
  id,
  problem,
  params: { expression, ...(label === undefined ? {} : { label }) },
});
/** The output's type, or the codes of what is wrong. */
function infer(expression: string, label?: string) {
  const { value, diagnostics } = formula.infer({ ...question(expression, label), inputs: everyType });
  return diagnostics.length > 0 ? diagnostics.map(({ code }) => code) : value?.["output"];
}

describe("a formula", () => {
  it("has the names that it uses as ports", () => {
    expect(formula.inputs({ expression: "a + sum(b) + a" }, problem)).toEqual([{ name: "a" }, { name: "b" }]);
    expect(formula.inputs({ expression: "a +" }, problem)).toEqual([]);
  });

  it("is checked before anything is linked", () => {
    const codes = (expression: string, label?: string) =>
      formula.check?.(question(expression, label)).map(({ code }) => code);
    expect(codes("a + 1", "digit")).toEqual([]);
    expect(codes("a +")).toEqual(["formula-syntax"]);
    expect(codes("1 + 1")).toEqual(["formula-constant"]);
    expect(codes("`a b` + 1")).toEqual(["formula-syntax"]);
    expect(codes("a", "digt")).toEqual(["unknown-field"]);
    expect(codes("a", "photo")).toEqual(["label-wrong-type"]);
  });

  it("gives a number, a label of its texts, or the label that it names", () => {
    expect(infer("sum(digits) mod 4")).toEqual({ is: "scalar" });
    expect(infer("extra > 1")).toEqual({ is: "scalar" });
    expect(infer('if(extra > 1, "many", "few")')).toEqual({ is: "label", classes: ["many", "few"] });
    expect(infer("grade")).toEqual(everyType["grade"]);
    expect(infer("sum(digits) mod 4", "y")).toEqual(everyType["y"]);
    expect(infer('if(extra > 1, "cat", "dog")', "animal")).toEqual(everyType["animal"]);
    expect(infer("digits[0]", "digits")).toEqual(everyType["digit"]);
  });

  it("says where a type doesn't fit", () => {
    expect(infer("photo + 1")).toEqual(["formula-type"]);
    expect(infer("digits")).toEqual(["formula-type"]);
    expect(infer("word")).toEqual(["formula-type"]);
    expect(infer('if(extra > 1, "cat", "cow")', "animal")).toEqual(["outcome-not-a-class"]);
    expect(infer("extra", "animal")).toEqual(["formula-type"]);
    const { diagnostics } = formula.infer({ ...question("extra + animal"), inputs: everyType });
    expect(diagnostics[0]).toMatchObject({ place: { at: "param", stage: "f", path: ["expression"] } });
    expect(diagnostics[0]?.message).toBe("The formula at character 9: expected a number, seen a text.");
  });

  it("infers what it can while inputs are not linked yet", () => {
    const half = formula.infer({ ...question("a + b"), inputs: {} });
    expect(half).toEqual({ value: { output: { is: "scalar" } }, diagnostics: [] });
    expect(formula.infer({ ...question("a"), inputs: {} })).toEqual({ value: {}, diagnostics: [] });
  });

  it("computes every row; missing in, missing out", () => {
    const digits: Column = {
      type: everyType["digits"] as never,
      rows: 4,
      data: Float32Array.of(3, 2, 1, 0, 2, 0, 0, 0),
      present: Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0),
      lengths: Int32Array.of(2, 2, 1, -1),
    };
    const run = (expression: string, type: NonNullable<(typeof everyType)[string]>) =>
      formula.run({ params: { expression }, inputs: { digits }, outputs: { output: type } })["output"];
    const y = run("sum(digits) mod 4", everyType["y"] as never);
    // 3+2 mod 4; one digit missing; a sequence of one; no sequence
    expect([...(y?.data ?? [])]).toEqual([1, 0, 2, 0]);
    expect([...(y?.present ?? [])]).toEqual([1, 0, 1, 0]);
    expect(run("sum(digits)", everyType["y"] as never)?.data[0]).toBe(-1);
    expect(run("digits[0] / 2", { is: "scalar" })?.data[0]).toBe(1.5);
    expect(run('if(count(digits) > 1, "dog", "cat")', everyType["animal"] as never)?.data[0]).toBe(1);
  });
});

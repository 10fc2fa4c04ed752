import { describe, expect, it } from "vitest";
import { everyType, kitchenSink } from "../../../test/support/problems";
import type { FieldType } from "../../graph/field-type";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { lookup } from "./lookup";

describeStageKind(lookup, {
  params: { table: { cat: 1, dog: 2 } },
  problem: kitchenSink,
  types: { key: { is: "label", classes: ["cat", "dog"] } },
});

type Table = Record<string, number | string>;
const question = (table: Table, label?: string) => ({
  id: stageId("l"),
  problem: kitchenSink,
  params: { table, ...(label === undefined ? {} : { label }) },
});
const infer = (table: Table, key: FieldType | undefined) =>
  lookup.infer({ ...question(table), inputs: key === undefined ? {} : { key } });

describe("a lookup", () => {
  it("gives numbers as a scalar and texts as a label, in whatever order they are written", () => {
    expect(infer({ cat: 1, dog: 2 }, everyType["animal"])).toEqual({
      value: { output: { is: "scalar" } },
      diagnostics: [],
    });
    expect(infer({ dog: "b", cat: "a" }, undefined).value).toEqual({
      output: { is: "label", classes: ["a", "b"] },
    });
  });

  it("finds keys that never come and classes without an entry", () => {
    const { diagnostics } = infer({ cat: 1, dgo: 2 }, everyType["animal"]);
    expect(diagnostics.map(({ code, severity, fix }) => [code, severity, fix])).toEqual([
      ["lookup-key-unknown", "error", 'Did you mean "dog"?'],
      ["lookup-incomplete", "warning", expect.anything()],
    ]);
    expect(infer({ a: 1 }, everyType["digits"]).diagnostics).toMatchObject([{ code: "sequence-needs-each" }]);
    expect(infer({ a: 1 }, everyType["photo"]).diagnostics).toMatchObject([{ code: "type-mismatch" }]);
  });

  it("checks outcomes against the label that it names", () => {
    const codes = (table: Table, label?: string) =>
      lookup.check?.(question(table, label)).map(({ code }) => code);
    expect(codes({ a: "cat", b: "dog" }, "animal")).toEqual([]);
    expect(codes({ a: 1, b: "2" }, "digit")).toEqual([]);
    expect(codes({ a: "cow" }, "animal")).toEqual(["outcome-not-a-class"]);
    expect(codes({ a: 1, b: "x" })).toEqual(["outcomes-mixed"]);
    expect(lookup.params.safeParse({ table: {} }).success).toBe(false);
  });

  it("looks up every row; a key without an entry is missing", () => {
    const key = {
      type: everyType["digit"] as FieldType,
      rows: 4,
      data: Float32Array.of(1, 3, 2, 0),
      present: Uint8Array.of(1, 1, 1, 0),
    };
    const params = { table: { "1": "dog", "3": "cat" } };
    const { output } = lookup.run({
      params,
      inputs: { key },
      outputs: { output: everyType["animal"] as FieldType },
    });
    expect([...(output?.data ?? [])]).toEqual([1, 0, 0, 0]);
    expect([...(output?.present ?? [])]).toEqual([1, 1, 0, 0]);
  });
});

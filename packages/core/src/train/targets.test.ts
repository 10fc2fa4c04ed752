import { describe, expect, it } from "vitest";
import { lossTerm } from "../../test/support/phase";
import { type Column, type ProblemData, slotsPerRecord } from "../data/column";
import type { FieldType } from "../graph/field-type";
import { parseExpression } from "../expression/parse";
import type { ProblemSchema } from "../problem/document";
import { rowSet } from "./row-set";
import { headTargets, scaleHead } from "./targets";

const abc: FieldType = { is: "label", classes: ["a", "b", "c"] };
const scalar: FieldType = { is: "scalar" };

function column(type: FieldType, values: readonly (number | null)[]): Column {
  return {
    type,
    rows: values.length / slotsPerRecord(type),
    data: Float32Array.from(values, (value) => value ?? 0),
    present: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
  };
}

function rowsOf(columns: Readonly<Record<string, Column>>, limits: Readonly<Record<string, number>> = {}) {
  const rows = Object.values(columns)[0]?.rows ?? 0;
  const data: ProblemData = {
    rows,
    columns,
    split: Array.from({ length: rows }, () => "train" as const),
    hash: "",
  };
  const problem: ProblemSchema = {
    format: 1,
    name: "p",
    title: "",
    fields: Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, { type, price: 0 }])),
    input: [],
    target: ["y"],
    metrics: [],
    split: { column: "split" },
  };
  return rowSet(data, problem, {
    name: "rows",
    rows: Int32Array.from({ length: rows }, (_, k) => k),
    limits,
  });
}

const everything = (slots: number) => ({ present: new Uint8Array(slots).fill(1) });
const all = (rows: number) => Int32Array.from({ length: rows }, (_, k) => k);

describe("headTargets", () => {
  it("counts labels that are there, are classes, and whose inputs are there", () => {
    const rows = rowsOf({ y: column(abc, [0, null, -1, 2, 1]) });
    const { mask } = headTargets(lossTerm(), rows, { present: Uint8Array.of(1, 1, 1, 1, 0) });
    expect([...mask]).toEqual([1, 0, 0, 1, 0]);
  });

  it("counts what the mask expression lets through", () => {
    const { expression } = parseExpression("e == 1");
    if (expression === undefined) throw new Error("no mask");
    const rows = rowsOf({ y: column(abc, [0, 1, 2]), e: column(scalar, [1, 0, null]) });
    expect([...headTargets(lossTerm({ mask: expression }), rows, everything(3)).mask]).toEqual([1, 0, 0]);
  });

  it("leaves out labels that are not numbers, and labels beyond the field's own budget", () => {
    const rows = rowsOf({ y: column(abc, [0, Number.NaN, 2, 1]) }, { y: 3 });
    expect([...headTargets(lossTerm(), rows, everything(4)).mask]).toEqual([1, 0, 1, 0]);
  });
});

describe("scaleHead", () => {
  const numeric = lossTerm({ type: scalar, loss: "squared-error", width: 1 });

  it("learns numbers in units of their spread, from training rows alone", () => {
    const rows = rowsOf({ y: column(scalar, [10, 14, null, 1000]) });
    const head = scaleHead(headTargets(numeric, rows, everything(4)), Int32Array.of(0, 1, 2));
    expect(head.scale).toEqual({ mean: [12], spread: [2] });
    expect([...head.target.slice(0, 2)]).toEqual([-1, 1]);
    expect(head.loss.unit).toBeCloseTo(1);
    expect(head.loss.share).toBeCloseTo(2 / 3);
  });

  it("learns numbers as they are where unit scale is off", () => {
    const rows = rowsOf({ y: column(scalar, [10, 14]) });
    const head = scaleHead(headTargets({ ...numeric, unitScale: false }, rows, everything(2)), all(2));
    expect(head.scale).toBeUndefined();
    expect([...head.target]).toEqual([10, 14]);
    expect(head.loss.unit).toBe(1);
  });

  it("gives a constant a spread of 1, and a head without labels a share and unit of 1", () => {
    const constant = scaleHead(
      headTargets(numeric, rowsOf({ y: column(scalar, [3, 3]) }), everything(2)),
      all(2),
    );
    expect(constant.scale).toEqual({ mean: [3], spread: [1] });
    const empty = scaleHead(
      headTargets(lossTerm(), rowsOf({ y: column(abc, [null, null]) }), everything(2)),
      all(2),
    );
    expect([empty.loss.share, empty.loss.unit]).toEqual([1, 1]);
  });

  it("measures a classification head by the entropy of its classes", () => {
    const rows = rowsOf({ y: column(abc, [0, 1, 0, 1]) });
    expect(scaleHead(headTargets(lossTerm(), rows, everything(4)), all(4)).loss.unit).toBeCloseTo(
      Math.log(2),
    );
  });
});

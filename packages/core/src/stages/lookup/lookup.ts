import * as z from "zod";
import {
  lookupIncomplete,
  lookupKeyUnknown,
  outcomeNotAClass,
  outcomesMixed,
} from "../../diagnostics/catalog/params";
import { sequenceNeedsEach, typeMismatch } from "../../diagnostics/catalog/types";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { nearest } from "../../diagnostics/nearest";
import { valueReader } from "../../expression/values";
import { describeType } from "../../graph/assignable";
import { classValue } from "../../graph/class-value";
import type { FieldType, FieldTypeOf } from "../../graph/field-type";
import type { StageId } from "../../ids";
import { FieldName } from "../../problem/document";
import { defineAlgorithm, OUTPUT } from "../define";
import { namedLabel, outcomeColumn } from "../outcome";

type Table = Readonly<Record<string, number | string>>;

/** Gives for each key the value that a table has for it. */
export const lookup = defineAlgorithm({
  kind: "lookup",
  version: 1,
  title: "Lookup",
  doc: {
    summary: "Replaces each key by the number or class that a table has for it.",
    when: "The rule is a list of cases: a code to its meaning, a class to its group. A key without an entry gives a missing value.",
    example: { table: { cat: "animal", dog: "animal", car: "thing" } },
  },
  params: z.strictObject({
    table: z
      .record(z.string().max(200), z.union([z.number(), z.string().min(1).max(200)]))
      .refine((table) => Object.keys(table).length > 0, "a table with at least one entry")
      .refine((table) => Object.keys(table).length <= 10_000, "a table of at most 10,000 entries")
      .meta({
        title: "Table",
        help: "Key → value. The keys are the input's classes; all values are numbers, or all are texts.",
      }),
    label: FieldName.optional().meta({
      title: "Gives the label",
      help: "A label field: the values are its classes.",
    }),
  }),
  inputs: () => [{ name: "key", accepts: "a label, a scalar or a text" }],
  outputs: () => [{ name: OUTPUT }],
  check: ({ id, params, problem }) => {
    const tablePlace = { at: "param", stage: id, path: ["table"] } as const;
    const place = { at: "param", stage: id, path: ["label"] } as const;
    if (params.label === undefined) {
      const kinds = new Set(Object.values(params.table).map((value) => typeof value));
      return kinds.size > 1 ? [outcomesMixed({ place: tablePlace, where: "The table" })] : [];
    }
    const label = namedLabel(params.label, { place, problem });
    return [
      ...label.diagnostics,
      ...(label.value === undefined ? [] : badOutcomes(id, params, label.value.classes)),
    ];
  },
  infer: ({ id, params, problem, inputs }) => {
    const keys = inputs["key"] === undefined ? [] : checkKeys(id, params.table, inputs["key"]);
    return { value: { [OUTPUT]: outputType(params, problem.fields) }, diagnostics: keys };
  },
  run: ({ params, inputs, outputs }) => {
    const key = inputs["key"];
    const type = outputs[OUTPUT];
    if (key === undefined || type === undefined)
      throw new Error("lookup: run before its input and output were checked");
    const table = new Map(Object.entries(params.table).map(([name, value]) => [classValue(name), value]));
    const read = valueReader(key);
    return {
      [OUTPUT]: outcomeColumn(type, key.rows, (row) => {
        const value = read(row);
        const found = typeof value === "number" || typeof value === "string" ? table.get(value) : undefined;
        return typeof found === "string" ? classValue(found) : found;
      }),
    };
  },
  flops: () => 1,
  gradient: () => "blocked",
});

/** Classes stand in the order of their names, so that the order of the table's entries means nothing. */
function outputType(
  { table, label }: { readonly table: Table; readonly label?: string | undefined },
  fields: Readonly<Record<string, { readonly type: FieldType }>>,
): FieldType {
  const field = label !== undefined && Object.hasOwn(fields, label) ? fields[label]?.type : undefined;
  const named = field?.is === "sequence" ? field.of : field;
  if (named?.is === "label") return named;
  const texts = Object.values(table).filter((value) => typeof value === "string");
  return texts.length === 0 ? { is: "scalar" } : { is: "label", classes: [...new Set(texts)].sort() };
}

function badOutcomes(
  stage: StageId,
  { table, label }: { readonly table: Table; readonly label?: string | undefined },
  classes: FieldTypeOf<"label">["classes"],
): Diagnostic[] {
  const values = new Set(classes.map(classValue));
  return Object.entries(table)
    .filter(([, value]) => !values.has(typeof value === "string" ? classValue(value) : value))
    .map(([key, value]) => {
      const place = { at: "param", stage, path: ["table", key] } as const;
      const outcome = String(value);
      return outcomeNotAClass({ place, outcome, field: label ?? "", near: nearest(outcome, classes) });
    });
}

/** Keys that never come, and classes that have no entry. */
function checkKeys(stage: StageId, table: Table, type: FieldType): Diagnostic[] {
  const place = { at: "port", stage, port: "key" } as const;
  const seen = describeType(type);
  if (type.is === "scalar" || type.is === "text") return [];
  if (type.is === "sequence") return [sequenceNeedsEach({ place, stage, port: "key", seen })];
  if (type.is !== "label") return [typeMismatch({ place, expected: "a label, a scalar or a text", seen })];
  const keys = Object.keys(table);
  const have = new Set(keys.map(classValue));
  const classes = new Set(type.classes.map(classValue));
  const never = keys.filter((key) => !classes.has(classValue(key)));
  const missing = type.classes.filter((name) => !have.has(classValue(name)));
  const unknown = never.map((key) => {
    const at = { at: "param", stage, path: ["table", key] } as const;
    return lookupKeyUnknown({ place: at, key, near: nearest(key, type.classes), known: type.classes });
  });
  return missing.length === 0 ? unknown : [...unknown, lookupIncomplete({ place, missing })];
}

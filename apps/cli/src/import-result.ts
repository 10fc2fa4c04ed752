import { describeType, type Diagnostic } from "@seams/core";
import type { ImportPreview } from "@seams/problems/import";
import { writeCount, writeTable } from "./numbers";

/** What `seams import --json` prints, format 1. */
export interface ImportResult {
  readonly format: 1;
  readonly problem: { readonly name: string; readonly title: string; readonly hash: string };
  readonly folder: string;
  readonly fields: readonly { readonly name: string; readonly part: string; readonly type: string }[];
  readonly rows: Readonly<Record<"train" | "validation" | "test", number>>;
  readonly groups: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says what was made of a source. */
export function importResult(
  { schema, data }: ImportPreview,
  { folder, diagnostics }: { readonly folder: string; readonly diagnostics: readonly Diagnostic[] },
): ImportResult {
  const { name, title, input, target, fields } = schema;
  const partOf = (field: string): string =>
    input.includes(field) ? "input" : target.includes(field) ? "target" : "between";
  const rows = { train: 0, validation: 0, test: 0 };
  for (const part of data.split) rows[part]++;
  return {
    format: 1,
    problem: { name, title, hash: data.hash },
    folder,
    fields: Object.entries(fields).map(([field, { type }]) => ({
      name: field,
      part: partOf(field),
      type: describeType(type),
    })),
    rows,
    groups: data.groups === undefined ? null : new Set(data.groups).size,
    diagnostics,
  };
}

/** The same for people. */
export function describeImport({ problem, fields, rows, groups }: ImportResult, folder: string): string {
  const grouped = groups === null ? "" : `, split by ${writeCount(groups)} groups`;
  return [
    `${problem.title}: made ${folder}\n\n`,
    writeTable(fields.map(({ name, part, type }) => [part, name, type])),
    `\n${writeCount(rows.train)} training, ${writeCount(rows.validation)} validation, ${writeCount(rows.test)} test rows${grouped}\n`,
    `Look through ${folder}/problem.json, then draw a pipeline for "${problem.name}".\n`,
  ].join("");
}

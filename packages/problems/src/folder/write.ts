import {
  type Column,
  type FieldType,
  type ProblemData,
  type ProblemSchema,
  slotsPerRecord,
  valuesPerRecord,
} from "@seams/core";
import { writeNpy } from "../arrays/npy";
import { innerShape } from "../arrays/cells";

/**
 * Writes a problem as a folder, so that reading it back gives the same records bit for bit: small values in
 * records.jsonl, images, signals and vectors as arrays. The split is written out as a column.
 * @returns file contents by path
 */
export function writeProblemFolder(
  schema: ProblemSchema,
  data: ProblemData,
): Readonly<Record<string, Uint8Array>> {
  const { groups } = data;
  const columns = { column: freeName("split", schema), group: freeName("group", schema) };
  const split = groups === undefined ? { column: columns.column } : columns;
  const files: [string, Uint8Array][] = [["problem.json", json(problemDocument({ ...schema, split }), 2)]];
  const inTable: [string, (row: number) => unknown][] = [];
  for (const [field, column] of Object.entries(data.columns)) {
    if (isLarge(column.type)) files.push(...arrayFiles(field, column));
    else inTable.push([field, cellWriter(column)]);
  }
  const lines = Array.from({ length: data.rows }, (_, row) => {
    const cells = inTable.flatMap(([field, cell]) => {
      const value = cell(row);
      return value === undefined ? [] : [[field, value] as const];
    });
    const group = groups === undefined ? [] : [[columns.group, groups[row]] as const];
    return JSON.stringify(Object.fromEntries([...cells, [columns.column, data.split[row]], ...group]));
  });
  files.push(["records.jsonl", new TextEncoder().encode(lines.join("\n") + "\n")]);
  return Object.fromEntries(files);
}

/** problem.json as a person would write it. */
function problemDocument(schema: ProblemSchema): Readonly<Record<string, unknown>> {
  const { name, title, input, target, metrics, split } = schema;
  const fields = Object.entries(schema.fields).map(([field, { type, price }]) => [
    field,
    price === 0 ? type : { ...type, price },
  ]);
  const byTarget = target.map((field) => [
    field,
    metrics.filter((metric) => metric.target === field).map(({ metric }) => metric),
  ]);
  return {
    format: 1,
    name,
    title,
    fields: Object.fromEntries(fields),
    input,
    target,
    metric: Object.fromEntries(byTarget),
    split,
  };
}

const json = (value: unknown, indent: number): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value, null, indent) + "\n");

/** A column name that no field has. */
function freeName(wanted: string, { fields }: ProblemSchema): string {
  let name = wanted;
  while (Object.hasOwn(fields, name)) name = `${name}_`;
  return name;
}

function isLarge(type: FieldType): boolean {
  if (type.is === "sequence") return isLarge(type.of);
  return type.is === "image" || type.is === "signal" || type.is === "vector";
}

function arrayFiles(field: string, { type, rows, data, present, lengths }: Column): [string, Uint8Array][] {
  const inner = innerShape(type).map((size) =>
    typeof size === "number" ? size : type.is === "sequence" ? type.maxLength : 0,
  );
  const element = type.is === "sequence" ? type.of : type;
  const bytes = element.is === "image" ? asBytes(data) : undefined;
  const files: [string, Uint8Array][] = [[`arrays/${field}.npy`, writeNpy(bytes ?? data, [rows, ...inner])]];
  if (present.includes(0))
    files.push([`arrays/${field}.present.npy`, writeNpy(present, [rows, slotsPerRecord(type)])]);
  if (lengths !== undefined) files.push([`arrays/${field}.lengths.npy`, writeNpy(lengths, [rows])]);
  return files;
}

/** Pixels as bytes, where every one is exactly a byte's. */
function asBytes(data: Float32Array): Uint8Array | undefined {
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255));
  return data.every((value, k) => value === Math.fround((bytes[k] ?? 0) / 255)) ? bytes : undefined;
}

/** Gives each record's value as JSON; undefined where the record lacks it. */
function cellWriter(column: Column): (row: number) => unknown {
  const { type, lengths } = column;
  if (type.is !== "sequence")
    return (row) =>
      element(type, column, {
        value: row * valuesPerRecord(type),
        slot: row * slotsPerRecord(type),
        length: lengths?.[row],
      });
  const [values, slots] = [valuesPerRecord(type.of), slotsPerRecord(type.of)];
  return (row) => {
    const length = lengths?.[row] ?? -1;
    if (length < 0) return undefined;
    return Array.from({ length }, (_, k) => {
      const at = row * type.maxLength + k;
      return element(type.of, column, { value: at * values, slot: at * slots, length: undefined }) ?? null;
    });
  };
}

interface Start {
  readonly value: number;
  readonly slot: number;
  readonly length: number | undefined;
}

function element(type: FieldType, { data, present }: Column, { value, slot, length }: Start): unknown {
  if (type.is === "flags") {
    const entries = type.names.flatMap((name, k) =>
      present[slot + k] === 1 ? [[name, data[value + k]] as const] : [],
    );
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (present[slot] !== 1) return undefined;
  const values = Array.from(data.subarray(value, value + valuesPerRecord(type)));
  if (type.is === "label") return type.classes[values[0] ?? -1];
  if (type.is === "scalar") return values[0];
  if (type.is === "text")
    return values
      .slice(0, length ?? type.maxLength)
      .map((letter) => type.alphabet[letter])
      .join("");
  return values;
}

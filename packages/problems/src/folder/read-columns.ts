import { type Column, diagnose, type FieldType, type Place, slotsPerRecord } from "@seams/core";
import { arrayCells, innerShape, presenceReader } from "../arrays/cells";
import type { NpyArray } from "../arrays/npy";
import type { TableColumn } from "../table/table";
import { namesFile, readFileSequence, readFileValue } from "../values/read-media";
import { readValue } from "../values/read-value";
import { ColumnBuilder, type Value } from "../values/value";
import type { FileSource } from "./file-source";
import type { Findings } from "./findings";

/** A field to be filled, and where what is found wrong goes. */
export interface FieldTask {
  readonly field: string;
  readonly type: FieldType;
  readonly rows: number;
  readonly findings: Findings;
}

/** Reads a field from its cells in the table, and from the files that they name. */
export async function columnFromCells(
  task: FieldTask,
  { cells }: TableColumn,
  table: { readonly file: string; readonly texts: boolean; readonly files: FileSource },
): Promise<Column> {
  const { type, rows, findings } = task;
  const { texts, files, file } = table;
  const builder = new ColumnBuilder(type, rows);
  for (let row = 0; row < rows; row++) {
    const cell = cells[row];
    let value: Value;
    if (namesFile(cell, type)) value = await readFileValue(type, cell, files);
    else if (type.is === "sequence" && namesFiles(cell, type.of, texts)) {
      value = await readFileSequence(type, listOfPaths(cell), files);
    } else value = readValue(type, cell, { texts });
    put(builder, value, { row, place: { at: "cell", file, row: row + 1, column: task.field }, findings });
  }
  return builder.column;
}

/** True for a list of paths, or in a CSV a text of them between `;` or as JSON. */
function namesFiles(cell: unknown, of: FieldType, texts: boolean): boolean {
  if (of.is !== "image" && of.is !== "signal" && of.is !== "vector") return false;
  if (Array.isArray(cell)) return cell.some((element) => namesFile(element, of));
  return texts && typeof cell === "string" && listOfPaths(cell).some((path) => namesFile(path, of));
}

function listOfPaths(cell: unknown): readonly unknown[] {
  if (Array.isArray(cell)) return cell;
  const text = typeof cell === "string" ? cell.trim() : "";
  return text
    .replace(/^\[|\]$/g, "")
    .split(/[;,]/)
    .map((path) => path.trim().replace(/^"|"$/g, ""));
}

/** The files of one field's array. */
export interface FieldArrays {
  readonly file: string;
  readonly array: NpyArray;
  /** Which records or slots are there. */
  readonly present?: NpyArray | undefined;
  /** Of text and sequences: each record's length; −1 where it lacks the field. */
  readonly lengths?: NpyArray | undefined;
}

/** Reads a field from its array. */
export function columnFromArray(
  task: FieldTask,
  { file, array, present, lengths }: FieldArrays,
): Column | undefined {
  const { field, type, rows, findings } = task;
  const place: Place = { at: "cell", file, column: field };
  const misfit = (expected: readonly (number | string)[], seen: readonly number[]): undefined => {
    findings.add(diagnose.data.arrayWrongShape({ place, expected, seen }));
  };
  if (array.shape[0] !== rows) return misfit([rows, ...innerShape(type)], array.shape);
  const cell = arrayCells(type, array);
  if (cell === undefined) return misfit([rows, ...innerShape(type)], array.shape);
  const isThere = present === undefined ? undefined : presenceReader(type, present);
  if (present !== undefined && (isThere === undefined || present.shape[0] !== rows))
    return misfit([rows], present.shape);
  if (lengths !== undefined && lengths.shape[0] !== rows) return misfit([rows], lengths.shape);
  const builder = new ColumnBuilder(type, rows);
  for (let row = 0; row < rows; row++) {
    const length = lengths === undefined ? undefined : Number(lengths.values[row]);
    const slots = isThere === undefined ? undefined : slotsOf(type, (slot) => isThere(row, slot));
    if (length === -1 || (length === undefined && slots?.includes(1) === false)) continue;
    const value = limited(type, readValue(type, cell(row), { texts: false }), { slots, length });
    put(builder, value, { row, place: { at: "cell", file, row: row + 1, column: field }, findings });
  }
  return builder.column;
}

const slotsOf = (type: FieldType, isThere: (slot: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: slotsPerRecord(type) }, (_, slot) => (isThere(slot) ? 1 : 0));

interface Limits {
  readonly slots: Uint8Array | undefined;
  readonly length: number | undefined;
}

/** The value without the slots that are said to be missing, and as long as it is said to be. */
function limited(type: FieldType, value: Value, { slots, length }: Limits): Value {
  if (value.is === "wrong" || (slots === undefined && length === undefined)) return value;
  // A sequence of which every element is missing is there all the same, if it has a length.
  if (value.is === "missing")
    return length === undefined ? value : { is: "there", values: [], present: [], length };
  const own = value.present;
  const present =
    slots?.map((isThere, slot) => (isThere === 1 && (own === undefined || own[slot] === 1) ? 1 : 0)) ?? own;
  const end =
    type.is === "sequence" && slots !== undefined
      ? Math.ceil((slots.lastIndexOf(1) + 1) / slotsPerRecord(type.of))
      : value.length;
  const total = length ?? end;
  return {
    ...value,
    ...(present === undefined ? {} : { present }),
    ...(total === undefined ? {} : { length: total }),
  };
}

function put(
  builder: ColumnBuilder,
  value: Value,
  { row, place, findings }: { readonly row: number; readonly place: Place; readonly findings: Findings },
): void {
  if (value.is === "wrong") findings.add(value.why(place));
  else builder.set(row, value);
}

import {
  type Checked,
  type Column,
  diagnose,
  nearest,
  type ProblemData,
  type ProblemSchema,
  readProblemDocument,
  valuesPerRecord,
} from "@seams/core";
import { type NpyArray, parseNpy } from "../arrays/npy";
import { dataHash } from "../data-hash";
import { isTable, readTable } from "../table/read-table";
import { decodeText, type Table } from "../table/table";
import { contentKeys } from "./content-key";
import type { FileSource } from "./file-source";
import { Findings } from "./findings";
import { MOST_FILE_BYTES, MOST_ROWS, MOST_VALUES } from "./limits";
import { columnFromArray, columnFromCells, type FieldTask } from "./read-columns";
import { assignSplit } from "./split";

/** A problem folder's contents. */
export interface FolderProblem {
  readonly schema: ProblemSchema;
  readonly data: ProblemData;
}

/** Reads a problem folder: problem.json, its table, its arrays and the files that they name. All diagnostics at once. */
export async function readProblemFolder(files: FileSource): Promise<Checked<FolderProblem>> {
  const findings = new Findings();
  const names = await files.list();
  const schema = await readSchema(files, findings);
  const table = await readRecords(files, names, findings);
  const arrays = await readArrays(files, names, findings);
  const rows = table?.rows ?? [...arrays.values()][0]?.array.shape[0];
  if (rows === undefined || rows === 0) {
    if (!findings.hasErrors)
      findings.add(diagnose.data.noRecords({ place: { at: "cell", file: "records" } }));
    return { value: undefined, diagnostics: findings.all() };
  }
  if (schema === undefined) return { value: undefined, diagnostics: findings.all() };
  const reading: Reading = { schema, files, table, arrays, rows, findings };
  if (!isSmallEnough(reading)) return { value: undefined, diagnostics: findings.all() };
  const columns = await readColumns(reading);
  const assigned = assignSplit({
    split: schema.split,
    rows,
    file: table?.file ?? "arrays",
    cells: (column) => textCells(column, reading),
    contentKeys: () => contentKeys(columnsOf(schema.input, columns), rows),
  });
  findings.add(...assigned.diagnostics);
  if (findings.hasErrors) return { value: undefined, diagnostics: findings.all() };
  const { split, groups } = assigned;
  const records = { rows, columns, split, ...(groups === undefined ? {} : { groups }) };
  warn(reading, records);
  const data = { ...records, hash: await dataHash(schema, records) };
  return { value: { schema, data }, diagnostics: findings.all() };
}

/** Everything that one folder's reading knows. */
interface Reading {
  readonly schema: ProblemSchema;
  readonly files: FileSource;
  readonly table: Table | undefined;
  readonly arrays: ReadonlyMap<string, { readonly file: string; readonly array: NpyArray }>;
  readonly rows: number;
  readonly findings: Findings;
}

async function readSchema(files: FileSource, findings: Findings): Promise<ProblemSchema | undefined> {
  const file = "problem.json";
  const place = { at: "cell", file } as const;
  const bytes = await files.read(file);
  if (bytes === undefined) {
    findings.add(diagnose.data.fileMissing({ place, file }));
    return undefined;
  }
  const text = decodeText(bytes);
  if (text === undefined) {
    findings.add(diagnose.data.fileUnreadable({ place, expected: "JSON", problem: "it is not UTF-8" }));
    return undefined;
  }
  const parsed = readProblemDocument(text);
  findings.add(...parsed.diagnostics);
  return parsed.value;
}

async function readRecords(
  files: FileSource,
  names: readonly string[],
  findings: Findings,
): Promise<Table | undefined> {
  const tables = names.filter((name) => /^records\.[a-z]+$/i.test(name) && isTable(name));
  const file = tables[0];
  if (file === undefined) return undefined;
  if (tables.length > 1)
    findings.add(diagnose.imports.tableTwice({ place: { at: "cell", file }, files: tables }));
  const read = await readTable(file, (await files.read(file)) ?? new Uint8Array());
  findings.add(...read.diagnostics);
  return read.table;
}

/** Arrays by the name of their field; `field.present` and `field.lengths` are names like others. */
async function readArrays(
  files: FileSource,
  names: readonly string[],
  findings: Findings,
): Promise<Reading["arrays"]> {
  const arrays = new Map<string, { readonly file: string; readonly array: NpyArray }>();
  for (const file of names) {
    const name = /^arrays\/([^/]+)\.npy$/.exec(file)?.[1];
    if (name === undefined) continue;
    const place = { at: "cell", file } as const;
    const bytes = (await files.read(file)) ?? new Uint8Array();
    if (bytes.length > MOST_FILE_BYTES) {
      const facts = { what: "The array", seen: `${bytes.length} bytes`, limit: `${MOST_FILE_BYTES} bytes` };
      findings.add(diagnose.data.fileTooLarge({ place, ...facts }));
      continue;
    }
    const parsed = parseNpy(bytes);
    if ("problem" in parsed) {
      findings.add(diagnose.data.fileUnreadable({ place, expected: "an array", problem: parsed.problem }));
    } else arrays.set(name, { file, array: parsed.array });
  }
  return arrays;
}

/** Checked before any column is made. */
function isSmallEnough({ schema, table, rows, findings }: Reading): boolean {
  const place = { at: "cell", file: table?.file ?? "arrays" } as const;
  const values = Object.values(schema.fields).reduce(
    (sum, { type }) => sum + rows * valuesPerRecord(type),
    0,
  );
  const over: readonly [string, number, number][] = [
    ["Records", rows, MOST_ROWS],
    ["Numbers in all fields", values, MOST_VALUES],
  ];
  for (const [what, seen, limit] of over) {
    if (seen > limit)
      findings.add(diagnose.data.fileTooLarge({ place, what, seen: String(seen), limit: String(limit) }));
  }
  return rows <= MOST_ROWS && values <= MOST_VALUES;
}

async function readColumns(reading: Reading): Promise<Readonly<Record<string, Column>>> {
  const { schema, files, table, arrays, rows, findings } = reading;
  const columns: [string, Column][] = [];
  for (const [field, { type }] of Object.entries(schema.fields)) {
    const task: FieldTask = { field, type, rows, findings };
    const found = arrays.get(field);
    const cells = table?.columns.find(({ name }) => name === field);
    if (found !== undefined && cells !== undefined) {
      const place = { at: "cell", file: found.file, column: field } as const;
      findings.add(
        diagnose.imports.columnTwice({ place, column: field, where: `in ${table?.file} and ${found.file}` }),
      );
    }
    if (found !== undefined) {
      const present = arrays.get(`${field}.present`)?.array;
      const lengths = arrays.get(`${field}.lengths`)?.array;
      const column = columnFromArray(task, { ...found, present, lengths });
      if (column !== undefined) columns.push([field, column]);
    } else if (cells !== undefined && table !== undefined) {
      columns.push([
        field,
        await columnFromCells(task, cells, { file: table.file, texts: table.texts, files }),
      ]);
    } else if (table === undefined || table.file.endsWith(".jsonl")) {
      reportMissing(field, reading);
      columns.push([
        field,
        await columnFromCells(task, { name: field, cells: [] }, { file: "", texts: false, files }),
      ]);
    } else reportMissing(field, reading);
  }
  return Object.fromEntries(columns);
}

/** A key that no line of a JSONL file has is a field of which every record lacks a value: that is only warned of. */
function reportMissing(column: string, { table, arrays, findings }: Reading): void {
  if (table !== undefined && !table.texts && table.file.endsWith(".jsonl")) return;
  const known = [...(table?.columns.map(({ name }) => name) ?? []), ...arrays.keys()];
  const place = { at: "cell", file: table?.file ?? "arrays", column } as const;
  findings.add(diagnose.data.columnMissing({ place, column, near: nearest(column, known) }));
}

/** The cells of a split or group column as texts: a table's, or an array's. */
function textCells(column: string, { table, arrays, rows }: Reading): readonly string[] | undefined {
  const cells = table?.columns.find(({ name }) => name === column)?.cells;
  const values = cells ?? arrays.get(column)?.array.values;
  if (values === undefined) return undefined;
  return Array.from({ length: rows }, (_, row) => {
    const cell = values[row];
    return cell === undefined || cell === null ? "" : String(cell).trim();
  });
}

const columnsOf = (fields: readonly string[], columns: Readonly<Record<string, Column>>): readonly Column[] =>
  fields.flatMap((field) => columns[field] ?? []);

type Loaded = Omit<ProblemData, "hash">;

/** Says what is not wrong, but probably not meant. */
function warn(reading: Reading, records: Loaded): void {
  const { schema, table, findings } = reading;
  const { split } = schema;
  const used = new Set([
    ...Object.keys(schema.fields),
    split.group ?? "",
    "column" in split ? split.column : "",
  ]);
  for (const { name } of table?.columns ?? []) {
    const place = { at: "cell", file: table?.file ?? "", column: name } as const;
    if (!used.has(name)) findings.add(diagnose.data.columnIgnored({ place, column: name }));
  }
  for (const [field, column] of Object.entries(records.columns)) {
    if (column.present.includes(1) || column.lengths?.some((length) => length >= 0) === true) continue;
    findings.add(diagnose.data.fieldAllMissing({ place: { at: "field", field }, field }));
  }
  const twins = acrossParts(
    contentKeys(columnsOf(schema.input, records.columns), records.rows),
    records.split,
  );
  const place = { at: "cell", file: table?.file ?? "arrays" } as const;
  if (twins.count > 0) findings.add(diagnose.imports.duplicatesAcrossSplit({ place, ...twins }));
}

/** Records whose inputs another part has too: all but the first of each kind. */
function acrossParts(
  keys: Float64Array,
  split: ProblemData["split"],
): { readonly count: number; readonly parts: readonly string[] } {
  const first = new Map<number, string>();
  const parts = new Set<string>();
  let count = 0;
  keys.forEach((key, row) => {
    const part = split[row] ?? "train";
    const seen = first.get(key) ?? part;
    first.set(key, seen);
    if (seen === part) return;
    count++;
    parts.add(seen).add(part);
  });
  return { count, parts: [...parts].sort() };
}

import { diagnose, type Diagnostic, type FieldType } from "@seams/core";
import Papa from "papaparse";
import type { FileSource } from "../folder/file-source";
import { safePath } from "../folder/file-source";
import { readTable } from "../table/read-table";
import type { Table } from "../table/table";
import { inferField } from "./infer-field";
import { namesFrom, splitWord } from "./names";
import { problemJson } from "./problem-json";
import type { Conversion, ImportOptions } from "./source";
import { type MediaFile, stackPictures, stackRecordings } from "./stacks";

/** A table to import, and the files that its cells may name. */
export interface TableSource {
  readonly name: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly files?: FileSource;
  readonly options: ImportOptions;
}

const GROUP_NAME =
  /^(group|groups|speaker|subject|patient|patient_?id|subject_?id|speaker_?id|user|user_?id|route|person)$/i;
const SPLIT_NAME = /^(split|set|subset|partition|fold)$/i;
/** Row numbers and other names of records: they identify, and say nothing. */
const ID_NAME = /^(id|index|idx|row|row_?id|row_?number|uuid)$/i;

interface NamedColumn {
  readonly name: string;
  readonly written: string;
  readonly cells: readonly unknown[];
}

/** Converts a table: infers each column's type, guesses the target, finds a split and groups by their names. */
export async function convertTable(source: TableSource): Promise<Conversion> {
  const { table, diagnostics } = await readTable(source.file, source.bytes);
  if (table === undefined || diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
  const names = namesFrom(
    table.columns.map(({ name }) => name),
    "column",
  );
  const columns = table.columns.map(
    ({ name, cells }, k): NamedColumn => ({ name: names[k] ?? name, written: name, cells }),
  );
  const split = columns.find(
    ({ name, cells }) =>
      SPLIT_NAME.test(name) &&
      cells.every((cell) => typeof cell === "string" && splitWord(cell) !== undefined),
  );
  const group = columns.find((column) => column !== split && GROUP_NAME.test(column.name));
  const wanted = columns.filter((column) => column !== split && column !== group && !isId(column));
  const found = [...diagnostics];
  const fields: [string, FieldType][] = [];
  const arrays: [string, Uint8Array][] = [];
  for (const column of wanted) {
    const inferred = inferField(column.cells, { name: column.name, isLast: column === wanted.at(-1) });
    if (inferred.is === "field") fields.push([column.name, inferred.type]);
    else if (inferred.is === "files" && source.files !== undefined) {
      const stacked = await stackFiles(column, inferred.medium, source);
      found.push(...stacked.diagnostics);
      if (stacked.type !== undefined) fields.push([column.name, stacked.type]);
      arrays.push(...stacked.arrays);
    }
  }
  if (found.some(({ severity }) => severity === "error")) return { diagnostics: found };
  const target = guessTarget(fields);
  if (target === undefined) {
    const place = { at: "cell", file: source.file } as const;
    return {
      diagnostics: [
        ...found,
        diagnose.imports.noTargetFound({ place, seen: table.columns.map(({ name }) => name) }),
      ],
    };
  }
  // Columns that are no field stay, so that a corrected problem.json can describe them.
  const kept = columns.filter(
    (column) => column !== split && !arrays.some(([path]) => path === `arrays/${column.name}.npy`),
  );
  const { name, options } = source;
  const document = problemJson({
    source: name,
    name: options.name,
    fields,
    target,
    split: split && "split",
    group: group?.name,
  });
  const file = table.texts ? "records.csv" : "records.jsonl";
  return {
    converted: { document, files: { [file]: writeTable(table, kept, split), ...Object.fromEntries(arrays) } },
    diagnostics: found,
  };
}

/** Every record its own name, or the numbers of the rows. */
function isId({ name, cells }: NamedColumn): boolean {
  return ID_NAME.test(name) && new Set(cells).size === cells.length;
}

/** The last label, else the last number; there must be something left to predict it from. */
function guessTarget(fields: readonly (readonly [string, FieldType])[]): string | undefined {
  if (fields.length < 2) return undefined;
  const last = (is: FieldType["is"]): string | undefined =>
    fields.findLast(([, type]) => type.is === is)?.[0];
  return last("label") ?? last("scalar");
}

/** The table again, with names that fields can have, and the words of the split that a problem folder knows. */
function writeTable(
  { texts, rows }: Table,
  columns: readonly NamedColumn[],
  split: NamedColumn | undefined,
): Uint8Array {
  const parts = split?.cells.map((cell) => splitWord(String(cell)));
  const cellsOf = (row: number): unknown[] => [
    ...columns.map(({ cells }) => cells[row]),
    ...(parts === undefined ? [] : [parts[row]]),
  ];
  const header = [...columns.map(({ name }) => name), ...(parts === undefined ? [] : ["split"])];
  const records = Array.from({ length: rows }, (_, row) => cellsOf(row));
  const text = texts
    ? Papa.unparse([header, ...records], { newline: "\n" })
    : records
        .map((cells) =>
          JSON.stringify(Object.fromEntries(header.map((name, k) => [name, jsonable(cells[k])]))),
        )
        .join("\n");
  return new TextEncoder().encode(text + "\n");
}

/** NaN is null in JSON, which means the same here. Infinite numbers stay, as texts, to be complained about. */
const jsonable = (cell: unknown): unknown => (cell === Infinity || cell === -Infinity ? String(cell) : cell);

async function stackFiles(
  { name, written, cells }: NamedColumn,
  medium: "image" | "signal",
  { file, files, options }: TableSource,
): Promise<{
  readonly type?: FieldType;
  readonly arrays: [string, Uint8Array][];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const diagnostics: Diagnostic[] = [];
  const folder = file.includes("/") ? file.replace(/[^/]*$/, "") : "";
  const listed = files === undefined ? [] : await files.list();
  const media: (MediaFile | undefined)[] = [];
  for (const [index, cell] of cells.entries()) {
    const text = cell === undefined || cell === null ? "" : String(cell).trim();
    if (text === "") {
      media.push(undefined);
      continue;
    }
    const place = { at: "cell", file, row: index + 1, column: written } as const;
    const safe = safePath(text);
    const path = safe === undefined ? undefined : findPath(safe, folder, listed);
    const bytes = path === undefined ? undefined : await files?.read(path);
    if (safe === undefined) diagnostics.push(diagnose.data.pathUnsafe({ place, path: text }));
    else if (bytes === undefined) diagnostics.push(diagnose.data.fileMissing({ place, file: text }));
    media.push(bytes === undefined ? undefined : { path: text, bytes });
  }
  if (diagnostics.length > 0) return { arrays: [], diagnostics };
  const { stack, diagnostics: found } =
    medium === "image" ? stackPictures(media, options) : stackRecordings(media, options);
  if (stack === undefined) return { arrays: [], diagnostics: found };
  const arrays: [string, Uint8Array][] = [[`arrays/${name}.npy`, stack.array]];
  if (stack.present !== undefined) arrays.push([`arrays/${name}.present.npy`, stack.present]);
  return { type: stack.type, arrays, diagnostics: found };
}

/** Beside the table, from the source's root, or the one file of that name anywhere. */
function findPath(path: string, folder: string, listed: readonly string[]): string | undefined {
  const exact = [`${folder}${path}`, path].find((candidate) => listed.includes(candidate));
  if (exact !== undefined) return exact;
  const same = listed.filter((candidate) => candidate.endsWith(`/${path}`));
  return same.length === 1 ? same[0] : undefined;
}

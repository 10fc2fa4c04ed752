import { diagnose } from "@seams/core";
import { MOST_FILE_BYTES, MOST_ROWS } from "../folder/limits";
import { readDelimited } from "./delimited";
import { readJsonLines } from "./json-lines";
import { readParquet } from "./parquet";
import type { ReadTable } from "./table";

type Reader = (file: string, bytes: Uint8Array) => ReadTable | Promise<ReadTable>;

const READERS: Readonly<Record<string, Reader>> = {
  csv: readDelimited,
  tsv: readDelimited,
  jsonl: readJsonLines,
  ndjson: readJsonLines,
  parquet: readParquet,
};

const endingOf = (file: string): string => /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? "";

/** True for names of tables that can be read. */
export const isTable = (file: string): boolean => Object.hasOwn(READERS, endingOf(file));

/** Reads a table by the ending of its name. */
export async function readTable(file: string, bytes: Uint8Array): Promise<ReadTable> {
  const place = { at: "cell", file } as const;
  const reader = READERS[endingOf(file)];
  if (reader === undefined || !isTable(file)) {
    return { table: undefined, diagnostics: [diagnose.data.sourceUnknown({ place, seen: file })] };
  }
  if (bytes.length > MOST_FILE_BYTES)
    return tooLarge(file, `${bytes.length} bytes`, `${MOST_FILE_BYTES} bytes`);
  const read = await reader(file, bytes);
  const rows = read.table?.rows ?? 0;
  return rows > MOST_ROWS ? tooLarge(file, `${rows} records`, `${MOST_ROWS} records`) : read;
}

function tooLarge(file: string, seen: string, limit: string): ReadTable {
  const found = diagnose.data.fileTooLarge({ place: { at: "cell", file }, what: "The table", seen, limit });
  return { table: undefined, diagnostics: [found] };
}

import type { Diagnostic } from "@seams/core";

/** A table as it was read: cells are texts (CSV, TSV), or JSON values (JSONL, Parquet). Missing cells are undefined. */
export interface Table {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** True where every cell is a text, and what it means has to be read from it. */
  readonly texts: boolean;
}

/** One column's cells, from the first record on. */
export interface TableColumn {
  readonly name: string;
  readonly cells: readonly unknown[];
}

/** What a reader of one format gives: a table, unless nothing could be made of the file. */
export interface ReadTable {
  readonly table: Table | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of a file in UTF-8, without a byte order mark; undefined where it is not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

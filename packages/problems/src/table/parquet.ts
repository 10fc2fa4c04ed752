import { diagnose } from "@seams/core";
import { gunzipSync } from "fflate";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { MOST_ROWS } from "../folder/limits";
import type { ReadTable } from "./table";

/** Compressions that can be read; hyparquet brings Snappy itself. */
const READABLE: ReadonlySet<string> = new Set(["UNCOMPRESSED", "SNAPPY", "GZIP"]);

/** Reads a Parquet file, uncompressed or with Snappy or gzip. */
export async function readParquet(file: string, bytes: Uint8Array): Promise<ReadTable> {
  const place = { at: "cell", file } as const;
  const unreadable = (problem: string): ReadTable => ({
    table: undefined,
    diagnostics: [diagnose.data.fileUnreadable({ place, expected: "a Parquet file", problem })],
  });
  const buffer = bytes.slice().buffer;
  try {
    const metadata = parquetMetadata(buffer);
    const rows = Number(metadata.num_rows);
    const codecs = metadata.row_groups.flatMap(({ columns }) =>
      columns.map(({ meta_data }) => meta_data?.codec ?? ""),
    );
    const foreign = codecs.find((codec) => codec !== "" && !READABLE.has(codec));
    if (foreign !== undefined)
      return unreadable(`it is compressed with ${foreign}; write it with Snappy or gzip`);
    if (rows === 0) return { table: undefined, diagnostics: [diagnose.data.noRecords({ place })] };
    if (rows > MOST_ROWS) {
      const facts = { what: "Records", seen: String(rows), limit: String(MOST_ROWS) };
      return { table: undefined, diagnostics: [diagnose.data.fileTooLarge({ place, ...facts })] };
    }
    const records = await parquetReadObjects({
      file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
      metadata,
      compressors: { GZIP: (input, length) => gunzipSync(input, { out: new Uint8Array(length) }) },
    });
    const names = metadata.schema.length > 1 ? Object.keys(records[0] ?? {}) : [];
    const columns = names.map((name) => ({ name, cells: records.map((record) => plain(record[name])) }));
    return { table: { file, rows: records.length, columns, texts: false }, diagnostics: [] };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Parquet's values as JSON has them: whole numbers of 64 bits as numbers, times as texts, typed arrays as lists. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as Float64Array, plain);
  return Array.isArray(value) ? value.map(plain) : (value ?? undefined);
}

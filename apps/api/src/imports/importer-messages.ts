import type { Diagnostic } from "@seams/core";
import type { RowCounts } from "@seams/problems";
import * as z from "zod";
import type { ImportPreview } from "../wire";

/** What the importer is told to do: read one file as a problem, and write the problem's folder. */
export const ImportTask = z.strictObject({
  path: z.string(),
  /** As the sender called it; says what the file is, never where it is. */
  fileName: z.string(),
  /** The problem's name as asked for; empty where nothing was. */
  name: z.string(),
  /** problem.json as corrected; absent: guess. */
  schema: z.unknown().optional(),
  /** The folder to write, which isn't there yet. */
  folder: z.string(),
});
export type ImportTask = z.infer<typeof ImportTask>;

/** What reading an upload came to. */
export interface Imported {
  readonly preview: ImportPreview["preview"];
  /** What was written to the folder; absent where the upload has errors, and nothing was written. */
  readonly problem?: {
    readonly name: string;
    readonly title: string;
    readonly hash: string;
    readonly rows: RowCounts;
  };
}

/** An upload of which nothing could be read. */
export const nothingRead = (diagnostics: readonly Diagnostic[], schema: unknown = null): Imported => ({
  preview: { records: [], schema, rows: { train: 0, validation: 0, test: 0 }, diagnostics },
});

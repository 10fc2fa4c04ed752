import type { Diagnostic, ProblemData, ProblemSchema } from "@seams/core";
import type { FileSource } from "../folder/file-source";
import type { RecordValue } from "../record-value";

/** What a person wants to make a problem of: one file's bytes, or a folder's files. */
export interface ImportSource {
  /** The file's or folder's name; its ending says what it is. */
  readonly name: string;
  readonly content: Uint8Array | FileSource;
  readonly options?: ImportOptions;
}

/** What a person says where guessing isn't enough. */
export interface ImportOptions {
  /** A whole problem.json instead of the guessed one; sizes of its image and signal fields are the sizes wanted. */
  readonly schema?: unknown;
  /** How names of files say what is in them, for example `{label}_{group}_{n}.wav`. */
  readonly pattern?: string;
  /** Size to which images of other sizes are resized. */
  readonly heightPx?: number;
  readonly widthPx?: number;
  /** Length to which recordings are padded or cut. */
  readonly samples?: number;
  /** The problem's name; default: from the source's. */
  readonly name?: string;
}

/** A source turned into the files of a problem folder, and a problem.json that describes them. */
export interface Converted {
  readonly document: ProblemJson;
  /** By path, without problem.json. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** problem.json as it is written. */
export interface ProblemJson {
  readonly format: 1;
  readonly name: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly input: readonly string[];
  readonly target: readonly string[];
  readonly metric: unknown;
  readonly split: unknown;
}

/** What a conversion found; `converted` is absent where nothing could be made of the source. */
export interface Conversion {
  readonly converted?: Converted;
  readonly diagnostics: readonly Diagnostic[];
}

/** A source read as a problem, to look at before it is kept. */
export interface ImportPreview {
  /** problem.json, guessed or as the person corrected it. */
  readonly document: unknown;
  readonly schema: ProblemSchema;
  readonly data: ProblemData;
  /** The first records, field by field. */
  readonly records: readonly PreviewRecord[];
}

/** One record of a preview. */
export interface PreviewRecord {
  readonly row: number;
  readonly split: string;
  readonly values: Readonly<Record<string, RecordValue>>;
}

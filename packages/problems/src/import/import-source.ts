import { type Checked, diagnose, type Diagnostic } from "@seams/core";
import { inflateAtMost } from "../arrays/inflate";
import { parseNpy, type ParsedNpy } from "../arrays/npy";
import { type FileSource, memorySource } from "../folder/file-source";
import { readProblemFolder } from "../folder/read";
import { writeProblemFolder } from "../folder/write";
import { recordValue } from "../record-value";
import { isTable } from "../table/read-table";
import { isIdx, parseIdx } from "./idx";
import { convertMediaFiles } from "./media-files";
import { convertArrays, type NamedArrays } from "./named-arrays";
import type { Conversion, ImportOptions, ImportPreview, ImportSource, PreviewRecord } from "./source";
import { convertTable } from "./table";
import { readZip, ZIP_LIMITS } from "./zip-node";

/** Records shown before anything is kept. */
const PREVIEWED = 20;

const MEDIA = /\.(png|jpe?g|wav)$/i;

/**
 * Reads a source as a problem: guesses its fields, target, split and groups, or takes a corrected problem.json. Nothing
 * is written; `finishImport` gives the files to keep.
 */
export async function importSource(source: ImportSource): Promise<Checked<ImportPreview>> {
  const options = { ...sizesOf(source.options?.schema), ...source.options };
  const opened = await open(source);
  if (opened.files === undefined) return { value: undefined, diagnostics: opened.diagnostics };
  const folder = await asFolder(source.name, opened.files, options);
  if (folder.files === undefined) return { value: undefined, diagnostics: folder.diagnostics };
  const document = options.schema ?? folder.document;
  const problemJson = typeof document === "string" ? document : JSON.stringify(document);
  const files = withProblemJson(folder.files, problemJson);
  const read = await readProblemFolder(files);
  const diagnostics = [...folder.diagnostics, ...read.diagnostics];
  if (read.value === undefined) return { value: undefined, diagnostics };
  return { value: { ...read.value, document, records: previewOf(read.value.data) }, diagnostics };
}

/** The problem folder to keep, by path. */
export const finishImport = ({ schema, data }: ImportPreview): Readonly<Record<string, Uint8Array>> =>
  writeProblemFolder(schema, data);

type Opened = { readonly files: FileSource | undefined; readonly diagnostics: readonly Diagnostic[] };

/** A source's files: a folder's, an archive's, or the one file itself. */
async function open({ name, content }: ImportSource): Promise<Opened> {
  if (!(content instanceof Uint8Array)) return { files: content, diagnostics: [] };
  const isZip = content[0] === 0x50 && content[1] === 0x4b;
  if (isZip) return readZip(name, content);
  return { files: memorySource({ [fileName(name)]: content }), diagnostics: [] };
}

const fileName = (name: string): string => name.replaceAll("\\", "/").split("/").at(-1) ?? name;

interface AsFolder extends Opened {
  readonly document: unknown;
}

/** A source's files as those of a problem folder, whatever they are. */
async function asFolder(name: string, files: FileSource, options: ImportOptions): Promise<AsFolder> {
  const listed = await files.list();
  const own = await ownProblem(files, listed);
  if (own !== undefined) return own;
  const { converted, diagnostics } = await convert(name, files, options);
  if (converted === undefined) return { files: undefined, document: undefined, diagnostics };
  return { files: memorySource(converted.files), document: converted.document, diagnostics };
}

/** A problem folder that was packed, with or without a folder around it. */
async function ownProblem(files: FileSource, listed: readonly string[]): Promise<AsFolder | undefined> {
  const path = listed.find((file) => /^([^/]+\/)?problem\.json$/.test(file));
  if (path === undefined) return undefined;
  const root = path.slice(0, -"problem.json".length);
  const text = new TextDecoder().decode(await files.read(path));
  const below = listed.filter((file) => file.startsWith(root)).map((file) => file.slice(root.length));
  return {
    files: { list: () => Promise.resolve(below), read: (file) => files.read(root + file) },
    document: text,
    diagnostics: [],
  };
}

async function convert(name: string, files: FileSource, options: ImportOptions): Promise<Conversion> {
  const listed = await files.list();
  const arrays = listed.filter((file) => /\.npy$/i.test(file));
  if (arrays.length > 0 && arrays.length === listed.length)
    return convertArrayFiles(name, arrays, { files, options, parse: parseNpy });
  const idx = await idxFiles(files, listed);
  if (idx.length > 0) return convertArrayFiles(name, idx, { files, options, parse: parseMaybePacked });
  const tables = listed.filter(isTable);
  const table = tables[0];
  if (table !== undefined && (tables.length === 1 || !listed.some((file) => MEDIA.test(file)))) {
    const bytes = (await files.read(table)) ?? new Uint8Array();
    return convertTable({ name: listed.length === 1 ? table : name, file: table, bytes, files, options });
  }
  if (listed.some((file) => MEDIA.test(file))) return convertMediaFiles(name, files, options);
  return { diagnostics: [diagnose.data.sourceUnknown({ place: { at: "cell", file: name }, seen: name })] };
}

interface ArrayFiles {
  readonly files: FileSource;
  readonly options: ImportOptions;
  readonly parse: (bytes: Uint8Array) => ParsedNpy;
}

async function convertArrayFiles(
  name: string,
  paths: readonly string[],
  { files, options, parse }: ArrayFiles,
): Promise<Conversion> {
  const arrays = new Map<string, Extract<ParsedNpy, { array: unknown }>["array"]>();
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const parsed = parse((await files.read(path)) ?? new Uint8Array());
    if ("array" in parsed) arrays.set(arrayName(path), parsed.array);
    else
      diagnostics.push(
        diagnose.data.fileUnreadable({
          place: { at: "cell", file: path },
          expected: "an array",
          problem: parsed.problem,
        }),
      );
  }
  const named: NamedArrays = arrays;
  return diagnostics.length > 0 ? { diagnostics } : convertArrays(name, named, options);
}

/** `train-images-idx3-ubyte.gz` → `train_images`; `train_images.npy` → `train_images`. */
const arrayName = (path: string): string =>
  fileName(path)
    .replace(/\.gz$/i, "")
    .replace(/\.(npy|idx)$/i, "")
    .replace(/[-.]idx\d.*$/i, "")
    .replaceAll("-", "_");

async function idxFiles(files: FileSource, listed: readonly string[]): Promise<readonly string[]> {
  const named = listed.filter((file) => /(idx\d?[-.]?(ubyte)?|ubyte)(\.gz)?$/i.test(file));
  const found: string[] = [];
  for (const file of named) {
    const bytes = await files.read(file);
    if (bytes !== undefined && (isIdx(bytes) || isGzip(bytes))) found.push(file);
  }
  return found;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function parseMaybePacked(bytes: Uint8Array): ParsedNpy {
  if (!isGzip(bytes)) return parseIdx(bytes);
  try {
    const unpacked = inflateAtMost(bytes, "gzip", ZIP_LIMITS.bytes);
    return unpacked === undefined
      ? { problem: `it unpacks to more than ${ZIP_LIMITS.bytes} bytes` }
      : parseIdx(unpacked);
  } catch {
    return { problem: "it cannot be decompressed" };
  }
}

const withProblemJson = (files: FileSource, text: string): FileSource => ({
  list: async () => [...new Set([...(await files.list()), "problem.json"])],
  read: (path) =>
    path === "problem.json" ? Promise.resolve(new TextEncoder().encode(text)) : files.read(path),
});

/** Sizes that a corrected problem.json asks for: of its first image and its first signal. */
function sizesOf(schema: unknown): Pick<ImportOptions, "heightPx" | "widthPx" | "samples"> {
  const fields = own(schema, "fields");
  const types = fields !== null && typeof fields === "object" ? Object.values(fields) : [];
  const image = types.find((type) => own(type, "is") === "image");
  const signal = types.find((type) => own(type, "is") === "signal");
  const [heightPx, widthPx, samples] = [
    own(image, "heightPx"),
    own(image, "widthPx"),
    own(signal, "samples"),
  ];
  return {
    ...(isSize(heightPx) && isSize(widthPx) ? { heightPx, widthPx } : {}),
    ...(isSize(samples) ? { samples } : {}),
  };
}

const isSize = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1_000_000;

const own = (value: unknown, key: string): unknown =>
  value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;

function previewOf({ rows, columns, split }: ImportPreview["data"]): readonly PreviewRecord[] {
  return Array.from({ length: Math.min(rows, PREVIEWED) }, (_, row) => ({
    row,
    split: split[row] ?? "train",
    values: Object.fromEntries(
      Object.entries(columns).map(([field, column]) => [field, recordValue(column, row)]),
    ),
  }));
}

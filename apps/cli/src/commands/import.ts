import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { diagnose, type Diagnostic, isClean } from "@seams/core";
import type { ImportOptions, ImportPreview, ImportSource } from "@seams/problems/import";
import { type AddCommand, examples } from "../command";
import { codeFor, EXIT, UsageError } from "../exit";
import { describeImport, importResult } from "../import-result";
import { imageSize, wholeNumber } from "../options";
import { json, refusal, writeDiagnostics } from "../write-diagnostics";

interface ImportCommandOptions {
  readonly to: string;
  readonly name?: string;
  readonly pattern?: string;
  readonly size?: { readonly heightPx: number; readonly widthPx: number };
  readonly samples?: number;
  readonly schema?: string;
  readonly json?: true;
}

/** `seams import SOURCE --to DIR` */
export const addImport: AddCommand = (program, { terminal, exitWith }) => {
  const command = program
    .command("import")
    .summary("make a problem folder of a table, images, recordings or arrays")
    .description(
      "Makes a problem folder: from a CSV, TSV, JSONL or Parquet table, a folder or zip of images or WAV files, an .npz or .npy, or IDX files. Types, target, split and groups are guessed; correct them in problem.json, or hand a corrected one in with --schema. Where something is wrong nothing is written, and every row that is refused is named.",
    )
    .argument("<source>", "a file or a folder")
    .requiredOption("--to <folder>", "where the problem folder is made; it must not be there yet")
    .option("--name <name>", "the problem's name; default: from the source's")
    .option("--pattern <pattern>", "what file names say, for example {label}_{group}_{n}.wav")
    .option("--size <size>", "resize images to height x width, for example 28x28", imageSize)
    .option("--samples <count>", "cut or pad recordings to this length", wholeNumber)
    .option("--schema <file>", "a problem.json to read the source by, instead of guessing")
    .option("--json", "print what was made, or what is wrong, as JSON");
  examples(
    command,
    "seams import measurements.csv --to ./measurements",
    "seams import recordings.zip --to ./digits --pattern '{label}_{group}_{n}.wav'",
    "seams import scans/ --to ./scans-28 --size 28x28 --name scans",
  ).action(async (named: string, options: ImportCommandOptions) => {
    const target = resolve(options.to);
    await checkTarget(target);
    const source = await openSource(named, await importOptions(options));
    const { importSource } = await import("@seams/problems/import");
    const { value: preview, diagnostics } =
      source.value === undefined
        ? { value: undefined, diagnostics: source.diagnostics }
        : await importSource(source.value);
    if (preview === undefined || !isClean(diagnostics)) {
      if (options.json) terminal.out(refusal(diagnostics));
      else {
        writeDiagnostics(terminal, diagnostics);
        terminal.err("Nothing was written.\n");
      }
      return exitWith(codeFor(diagnostics));
    }
    await writeWhole(target, preview);
    const result = importResult(preview, { folder: target, diagnostics });
    if (!options.json) writeDiagnostics(terminal, diagnostics);
    terminal.out(options.json ? json(result) : describeImport(result, options.to));
    exitWith(EXIT.ok);
  });
};

async function importOptions({
  name,
  pattern,
  size,
  samples,
  schema,
}: ImportCommandOptions): Promise<ImportOptions> {
  const text = schema === undefined ? undefined : await readFile(schema, "utf8").catch(() => undefined);
  if (schema !== undefined && text === undefined) throw new UsageError(`--schema ${schema} cannot be read.`);
  return {
    ...(name === undefined ? {} : { name }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(size === undefined ? {} : size),
    ...(samples === undefined ? {} : { samples }),
    ...(text === undefined ? {} : { schema: parsed(text) }),
  };
}

/** A text that is no JSON stays one: reading it as problem.json says what is wrong, and where. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The source's bytes, or its folder; a diagnostic where there is neither. */
async function openSource(
  named: string,
  options: ImportOptions,
): Promise<{ readonly value?: ImportSource; readonly diagnostics: readonly Diagnostic[] }> {
  const { folderSource } = await import("@seams/problems/node");
  const path = resolve(named);
  const found = await stat(path).catch(() => undefined);
  const place = { at: "cell", file: named } as const;
  if (found === undefined) return { diagnostics: [diagnose.data.fileMissing({ place, file: named })] };
  const name = basename(path);
  if (found.isDirectory()) return { value: { name, content: folderSource(path), options }, diagnostics: [] };
  const content = await readFile(path).catch((error: unknown) => String(error));
  if (typeof content !== "string") return { value: { name, content, options }, diagnostics: [] };
  return { diagnostics: [diagnose.data.fileUnreadable({ place, expected: "a file", problem: content })] };
}

/** @throws UsageError where the folder has something in it already */
async function checkTarget(target: string): Promise<void> {
  const inside = await readdir(target).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new UsageError(`--to ${target} is no folder that can be written to.`);
  });
  if (inside.length > 0) throw new UsageError(`--to ${target} is not empty: choose a new folder.`);
}

/** All files into a folder beside the target, then one rename: there is a whole problem, or none. */
async function writeWhole(target: string, preview: ImportPreview): Promise<void> {
  const { finishImport } = await import("@seams/problems/import");
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const temporary = await mkdtemp(join(parent, `.${basename(target)}-`));
  try {
    for (const [path, bytes] of Object.entries(finishImport(preview))) {
      const file = join(temporary, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { flush: true });
    }
    await rmdir(target).catch(() => undefined); // an empty folder of that name makes way
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  const folder = await open(parent, "r");
  await folder.sync().catch(() => undefined); // not every system can
  await folder.close();
}

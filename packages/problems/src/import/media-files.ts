import { diagnose, type Diagnostic } from "@seams/core";
import type { FileSource } from "../folder/file-source";
import { sortedClasses, splitWord } from "./names";
import { guessPattern, matchName, type NamePattern, parsePattern } from "./pattern";
import { problemJson } from "./problem-json";
import type { Conversion, ImportOptions } from "./source";
import { type MediaFile, stackPictures, stackRecordings } from "./stacks";

/** What the path of a media file says about it. */
interface FileFacts {
  readonly path: string;
  /** By the name of the part: label, group, split, and others of a pattern. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Parts of a pattern that are no field: they number, group or split. */
const NO_FIELD: ReadonlySet<string> = new Set(["n", "group", "split"]);

/** Converts images or recordings whose folders or names say what is in them. */
export async function convertMediaFiles(
  name: string,
  files: FileSource,
  options: ImportOptions,
): Promise<Conversion> {
  const listed = await files.list();
  const sounds = listed.filter((path) => /\.wav$/i.test(path));
  const images = listed.filter((path) => /\.(png|jpe?g)$/i.test(path));
  const medium = sounds.length > images.length ? "sound" : "image";
  const paths = medium === "sound" ? sounds : images;
  const others = listed.filter((path) => !paths.includes(path));
  const ignored =
    others.length === 0
      ? []
      : [diagnose.imports.filesIgnored({ place: { at: "graph" }, count: others.length, examples: others })];
  const facts = readFacts(paths, options);
  if (facts.diagnostics.length > 0) return { diagnostics: [...facts.diagnostics, ...ignored] };
  const fields = [...new Set(facts.files.flatMap(({ parts }) => Object.keys(parts)))].filter(
    (part) => !NO_FIELD.has(part),
  );
  const target = fields.includes("label") ? "label" : fields.at(-1);
  if (target === undefined) {
    const found = diagnose.imports.noTargetFound({ place: { at: "graph" }, seen: paths });
    return { diagnostics: [found, ...ignored] };
  }
  const media: MediaFile[] = [];
  for (const path of paths) media.push({ path, bytes: (await files.read(path)) ?? new Uint8Array() });
  const { stack, diagnostics } =
    medium === "sound" ? stackRecordings(media, options) : stackPictures(media, options);
  if (stack === undefined) return { diagnostics: [...diagnostics, ...ignored] };
  const has = (part: string): boolean => facts.files.every(({ parts }) => parts[part] !== undefined);
  const lines = facts.files.map(({ parts }) => {
    const split = has("split") ? { split: splitWord(parts["split"] ?? "") } : {};
    return JSON.stringify({ ...parts, ...split });
  });
  const labels = fields.map((field) => {
    const classes = sortedClasses(facts.files.flatMap(({ parts }) => parts[field] ?? []));
    return [field, { is: "label" as const, classes }] as const;
  });
  const document = problemJson({
    source: name,
    name: options.name,
    fields: [[medium, stack.type], ...labels],
    target,
    split: has("split") ? "split" : undefined,
    group: has("group") ? "group" : undefined,
  });
  const present = stack.present === undefined ? {} : { [`arrays/${medium}.present.npy`]: stack.present };
  const table = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return {
    converted: {
      document,
      files: { "records.jsonl": table, [`arrays/${medium}.npy`]: stack.array, ...present },
    },
    diagnostics: [...diagnostics, ...ignored],
  };
}

/** By the pattern that the person states, else by folders, else by a pattern that all names fit. */
function readFacts(
  paths: readonly string[],
  { pattern }: ImportOptions,
): { readonly files: readonly FileFacts[]; readonly diagnostics: readonly Diagnostic[] } {
  if (pattern !== undefined) {
    const parsed = parsePattern(pattern);
    return parsed === undefined
      ? { files: [], diagnostics: [badPattern(pattern, pattern)] }
      : byPattern(paths, parsed);
  }
  const byFolder = fromFolders(paths);
  if (byFolder !== undefined) return { files: byFolder, diagnostics: [] };
  const guessed = guessPattern(paths);
  return guessed === undefined ? { files: [], diagnostics: [] } : byPattern(paths, guessed);
}

const badPattern = (name: string, pattern: string): Diagnostic =>
  diagnose.imports.nameNotMatched({ place: { at: "cell", file: name }, name, pattern });

const MOST_TOLD = 100;

function byPattern(paths: readonly string[], pattern: NamePattern): ReturnType<typeof readFacts> {
  const diagnostics: Diagnostic[] = [];
  const files = paths.flatMap((path): FileFacts[] => {
    const parts = matchName(pattern, path);
    const isWrong =
      parts === undefined || (parts["split"] !== undefined && splitWord(parts["split"]) === undefined);
    if (isWrong && diagnostics.length < MOST_TOLD) diagnostics.push(badPattern(path, pattern.text));
    return parts === undefined ? [] : [{ path, parts }];
  });
  return { files, diagnostics };
}

/**
 * A file's folder is its class, and the folder above it the part of the split where all of those are words for one.
 * Undefined where the folders are no classes: there are none, or only one.
 */
function fromFolders(paths: readonly string[]): readonly FileFacts[] | undefined {
  const steps = paths.map((path) => path.split("/").slice(0, -1));
  if (steps.some((folders) => folders.length === 0)) return undefined;
  const labels = steps.map((folders) => folders.at(-1) ?? "");
  if (new Set(labels).size < 2 || labels.every((label) => splitWord(label) !== undefined)) return undefined;
  const splits = steps.map((folders) => folders.find((folder) => splitWord(folder) !== undefined));
  const isSplit = splits.every((split) => split !== undefined);
  return paths.map((path, k) => ({
    path,
    parts: { label: labels[k] ?? "", ...(isSplit ? { split: splits[k] ?? "" } : {}) },
  }));
}

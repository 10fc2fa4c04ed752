import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "../../src/compile/compile";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { readGraphDocument } from "../../src/graph/read";
import type { ProblemSchema } from "../../src/problem/document";
import { readProblemDocument } from "../../src/problem/parse";
import { type GoldenFiles, goldenFiles } from "./golden";
import { LARGE_DOCUMENTS } from "./large-documents";

const root = fileURLToPath(new URL("../samples/", import.meta.url));

/** One sample: what stands in its folder, and what must come of it. */
export interface Sample {
  /** The folder's name: the code that it shows, or `good-…`. */
  readonly name: string;
  readonly folder: string;
  /** What a person wrote: graph.json or problem.json. Documents too large to keep are made by code. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: GoldenFiles;
}

/** Subjects whose codes come from reading and compiling a document: each has a sample. */
const SUBJECTS: ReadonlySet<string> = new Set([
  "document",
  "graph",
  "types",
  "params",
  "training",
  "problem",
]);
/** Codes of those subjects that name something outside the document: runner and command line give them. */
const NAMES: ReadonlySet<string> = new Set(["problem-unknown", "pipeline-unknown"]);

/** Whether a code of the catalogue is given for what stands in a document. */
export const comesFromDocuments = ({
  subject,
  code,
}: {
  readonly subject: string;
  readonly code: string;
}): boolean => SUBJECTS.has(subject) && !NAMES.has(code);

/** Every graph of the corpus, compiled against the problem that it names. */
export const compileSamples = (): readonly Sample[] =>
  [...folders("compile"), ...Object.keys(LARGE_DOCUMENTS)].sort().map((name) => {
    const folder = `${root}compile/${name}`;
    const made = LARGE_DOCUMENTS[name];
    const text = made === undefined ? readFileSync(`${folder}/graph.json`, "utf8") : made();
    const document = readGraphDocument(text);
    const compiled =
      document.value === undefined
        ? { diagnostics: [] }
        : compile(document.value, { problem: sampleProblem(document.value.problem) });
    const diagnostics = [...document.diagnostics, ...compiled.diagnostics];
    return { name, folder, text, diagnostics, files: goldenFiles({ ...compiled, diagnostics }) };
  });

/** Every problem.json of the corpus. */
export const problemSamples = (): readonly Sample[] =>
  folders("problem").map((name) => {
    const folder = `${root}problem/${name}`;
    const text = readFileSync(`${folder}/problem.json`, "utf8");
    const { diagnostics } = readProblemDocument(text);
    return { name, folder, text, diagnostics, files: goldenFiles({ diagnostics }) };
  });

/**
 * A problem that samples are compiled against: the one of this name, else road signs.
 * @throws Error where it has a mistake
 */
export function sampleProblem(name: string): ProblemSchema {
  const named = `${root}problems/${name}.json`;
  const path = existsSync(named) ? named : `${root}problems/road-signs.json`;
  const { value, diagnostics } = readProblemDocument(readFileSync(path, "utf8"));
  if (value === undefined) throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return value;
}

/** Folders that a person made; those of large documents hold only what is made of them. */
const folders = (kind: string): readonly string[] =>
  readdirSync(`${root}${kind}`)
    .filter((name) => LARGE_DOCUMENTS[name] === undefined)
    .sort();

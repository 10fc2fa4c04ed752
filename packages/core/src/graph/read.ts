import { readWith } from "../diagnostics/complaints";
import type { Checked } from "../diagnostics/diagnostic";
import { documentDiagnostic } from "../diagnostics/documents";
import { GraphDocument } from "./document";
import { inspectJson } from "./inspect";
import { migrateGraph } from "./migrate";
import { readJson, withLines } from "./scan";
import { cleanText } from "./text";

/** Reads a graph document's text: scanned, parsed, brought up to the newest format, checked. */
export function readGraphDocument(text: string): Checked<GraphDocument> {
  const read = readJson(text);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  return withLines(checkMigrated(read.value), text);
}

/** Checks a graph document that came as a value, for example in an API call. */
export function checkGraphDocument(value: unknown): Checked<GraphDocument> {
  const diagnostics = inspectJson(value);
  return diagnostics.length > 0 ? { value: undefined, diagnostics } : checkMigrated(value);
}

function checkMigrated(value: unknown): Checked<GraphDocument> {
  const migrated = migrateGraph(value);
  if (migrated.value === undefined) return { value: undefined, diagnostics: migrated.diagnostics };
  const read = readWith(GraphDocument, migrated.value);
  if (read.value === undefined) {
    return {
      value: undefined,
      diagnostics: read.complaints.map((complaint) => documentDiagnostic(complaint)),
    };
  }
  return { value: cleanTitles(read.value), diagnostics: [] };
}

function cleanTitles(document: GraphDocument): GraphDocument {
  const stages = Object.entries(document.stages).map(
    ([name, stage]) =>
      [name, stage.title === undefined ? stage : { ...stage, title: cleanText(stage.title) }] as const,
  );
  return { ...document, title: cleanText(document.title), stages: Object.fromEntries(stages) };
}

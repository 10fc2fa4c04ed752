import * as aggregation from "./catalog/aggregation";
import * as data from "./catalog/data";
import * as document from "./catalog/document";
import * as graph from "./catalog/graph";
import * as imports from "./catalog/import";
import * as labs from "./catalog/labs";
import * as params from "./catalog/params";
import * as problem from "./catalog/problem";
import * as training from "./catalog/training";
import * as trial from "./catalog/trial";
import * as types from "./catalog/types";
import type { DiagnosticEntry } from "./define";

/**
 * All functions that make diagnostics, by subject: `diagnose.data.cellNotAClass({ place, … })`.
 * Inside core, import the function from its own file.
 */
export const diagnose = {
  document,
  graph,
  types,
  params,
  training,
  problem,
  data,
  imports,
  trial,
  labs,
  aggregation,
} as const;

/** The documentation of every code, by subject: whatever a catalogue file exports is in it. */
export const diagnosticCatalog: readonly (DiagnosticEntry & { readonly subject: string })[] = Object.entries(
  diagnose,
).flatMap(([subject, makers]) =>
  Object.values<DiagnosticEntry>(makers).map(({ code, severity, title, cause, remedy }) => ({
    subject,
    code,
    severity,
    title,
    cause,
    remedy,
  })),
);

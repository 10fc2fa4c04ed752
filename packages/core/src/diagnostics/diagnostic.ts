import type { StageId } from "../ids";

/** Where a problem sits: in a graph, in a problem folder, in a file's text. */
export type Place =
  | { readonly at: "graph" }
  | { readonly at: "stage"; readonly stage: StageId }
  | { readonly at: "port"; readonly stage: StageId; readonly port: string }
  | { readonly at: "param"; readonly stage: StageId; readonly path: readonly (string | number)[] }
  /** `index` counts the document's `links` from 0; `from` and `to` are as written there. */
  | { readonly at: "link"; readonly index: number; readonly from: string; readonly to: string }
  /** A path inside a JSON document, and the 1-based line where it is known. */
  | { readonly at: "document"; readonly path: readonly (string | number)[]; readonly line?: number }
  /** A field of a problem. */
  | { readonly at: "field"; readonly field: string }
  /** A file of a problem folder or import; `row` counts records from 1 (a CSV's header is row 0), `column` is its name. */
  | { readonly at: "cell"; readonly file: string; readonly row?: number; readonly column?: string };

/** `error` stops the compiler or import; `warning` does not; `advice` only informs. */
export type Severity = "error" | "warning" | "advice";

/**
 * A person's mistake as a value: what is wrong, where, and what to do about it.
 * Made by the functions of the catalogue only, so that every code has documentation.
 */
export interface Diagnostic {
  /** Kebab-case, stable for ever, documented at docs/errors/<code>.md. */
  readonly code: string;
  readonly severity: Severity;
  /** One or two sentences for a person: what was expected and what was seen. */
  readonly message: string;
  /** What to do, as an imperative sentence. */
  readonly fix?: string;
  readonly place: Place;
}

/** What a checking step returns: whatever value it could make, and everything it found. */
export interface Checked<T> {
  /** Absent exactly when some diagnostic is an error that leaves nothing to go on with. */
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** True when nothing in the list stops the next step. */
export const isClean = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.every((diagnostic) => diagnostic.severity !== "error");

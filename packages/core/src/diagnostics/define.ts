import type { Diagnostic, Place, Severity } from "./diagnostic";

/** The documentation of one code: the page docs/errors/<code>.md is made from it. */
export interface DiagnosticEntry {
  readonly code: string;
  readonly severity: Severity;
  /** A few words: the page's heading. */
  readonly title: string;
  /** Why this happens, in a sentence or two. */
  readonly cause: string;
  /** What to do, as an imperative sentence. It is the fix where a definition gives none of its own. */
  readonly remedy: string;
}

/** What a definition says beside its documentation: how the facts of one case become words. */
interface DiagnosticWords<F> {
  message(facts: F): string;
  fix?(facts: F): string | undefined;
}

/** Makes the diagnostics of one code, and carries the code's documentation. */
export interface DiagnosticMaker<F> extends DiagnosticEntry {
  (facts: F & { readonly place: Place }): Diagnostic;
}

/**
 * Defines one code of the catalogue. Annotate the parameter of `message`: it is the type of the facts.
 *
 * @example
 * export const cycle = defineDiagnostic({
 *   code: "cycle", severity: "error", title: "…", cause: "…", remedy: "…",
 *   message: (facts: { stages: readonly string[] }) => `…`,
 * });
 * cycle({ place: { at: "graph" }, stages: ["a", "b"] });
 */
export function defineDiagnostic<F>(definition: DiagnosticEntry & DiagnosticWords<F>): DiagnosticMaker<F> {
  const { code, severity, title, cause, remedy } = definition;
  const make = (facts: F & { readonly place: Place }): Diagnostic => ({
    code,
    severity,
    message: definition.message(facts),
    fix: definition.fix?.(facts) ?? remedy,
    place: facts.place,
  });
  return Object.assign(make, { code, severity, title, cause, remedy });
}

import type { Diagnostic } from "@seams/core";

/** What the command's end tells the program that called it. 7 is kept for a server that doesn't answer. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  /** The graph or the data has errors. */
  input: 3,
  /** A trial failed or diverged. */
  failed: 4,
  /** With --fail-if-inconclusive. */
  inconclusive: 5,
  overLimit: 6,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command line that makes no sense: one sentence, no stack. */
export class UsageError extends Error {}

const LIMITS = new Set([
  "activation-too-large",
  "too-many-links",
  "too-many-ports",
  "too-many-stages",
  "too-many-weights",
  "too-much-memory",
  "too-much-time",
]);

/** The code for a graph or data with errors: over a limit where nothing else is wrong. */
export function codeFor(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length > 0 && errors.every(({ code }) => LIMITS.has(code)) ? EXIT.overLimit : EXIT.input;
}

const TRIAL_LIMITS = new Set(["out-of-memory", "trial-over-time"]);

/** The code for trials that failed: over a limit where that is all. */
export const codeForTrials = (failures: readonly Diagnostic[]): ExitCode =>
  failures.every(({ code }) => TRIAL_LIMITS.has(code)) ? EXIT.overLimit : EXIT.failed;

import { type Diagnostic, placeWords } from "@seams/core";
import type { Terminal } from "./terminal";

/** A diagnostic, and the file or name that it was found in. */
export type FoundIn = Diagnostic & { readonly graph?: string };

/** Writes diagnostics for people, to stderr: severity, code, place; then what is wrong; then what to do. */
export function writeDiagnostics(terminal: Terminal, diagnostics: readonly FoundIn[]): void {
  const { bold, cyan, dim, red, yellow } = terminal.colors.err;
  const paint = { error: red, warning: yellow, advice: cyan };
  for (const { severity, code, message, fix, place, graph } of diagnostics) {
    const where = [...(graph === undefined ? [] : [graph]), placeWords(place)].join(": ");
    terminal.err(`${paint[severity](severity)} ${bold(code)} ${dim(where)}\n  ${message}\n`);
    if (fix !== undefined) terminal.err(`  ${dim("→")} ${fix}\n`);
  }
}

/** The same failure of many trials is told once. */
export const distinct = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
  ...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values(),
];

/** Values as `JSON.stringify` writes them, for programs. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One value on one line. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** What a command prints with --json where it has no result to give. */
export const refusal = (diagnostics: readonly FoundIn[]): string => json({ format: 1, diagnostics });

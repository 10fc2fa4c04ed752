import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Compilation } from "../../src/compile/compile";
import { printPlan } from "../../src/compile/print-plan";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";

/** Files that are made, never written by hand: each is right, or not there. */
const MADE = ["plan.json", "plan.txt", "diagnostics.json"] as const;

/** What a golden folder must hold: text by file name. */
export type GoldenFiles = Readonly<Partial<Record<(typeof MADE)[number], string>>>;

/** What a compilation is to be: its plan, for machines and for people, and its diagnostics where there are some. */
export function goldenFiles({
  plan,
  diagnostics,
}: Pick<Compilation, "plan"> & { readonly diagnostics: readonly Diagnostic[] }): GoldenFiles {
  return {
    ...(plan === undefined ? {} : { "plan.json": json(plan), "plan.txt": printPlan(plan) }),
    ...(diagnostics.length === 0 ? {} : { "diagnostics.json": json(diagnostics) }),
  };
}

/** The made files that a folder has now. */
export function readGolden(folder: string): GoldenFiles {
  const present = MADE.filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(present.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/**
 * Writes a folder's made files, and removes those that it should not have.
 * @returns names of the files that were not right before
 */
export function writeGolden(folder: string, files: GoldenFiles): readonly string[] {
  const before = readGolden(folder);
  const changed = MADE.filter((name) => before[name] !== files[name]);
  mkdirSync(folder, { recursive: true });
  for (const name of changed) {
    const text = files[name];
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return changed;
}

const json = (value: unknown): string => `${lines(JSON.parse(JSON.stringify(value)), "")}\n`;

const WIDEST = 100;

/** JSON with whatever fits on one line on one line, so that a diff shows what changed and not how it is written. */
function lines(value: unknown, indent: string): string {
  const whole = JSON.stringify(value, null, 1).replace(/\n */g, " ");
  if (value === null || typeof value !== "object" || whole.length + indent.length <= WIDEST) return whole;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => lines(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${lines(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${indent}${close}`;
}

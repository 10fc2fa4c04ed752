import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programAt } from "../packages/runner/src/index";
import { findPipeline } from "../packages/problems/src/index";
import type { Row } from "./rows";

const CLI = new URL("../apps/cli/src/main.ts", import.meta.url);
const BUDGETS = "32,64,128,256,512,1024,2048";
const END_TO_END = "digit-sums/end-to-end";
const EACH_DIGIT = "digit-sums/each-digit";

/**
 * Wall time of `seams compare`: 2 pipelines × 7 budgets × 5 seeds of digit sums; the same once more, all from the
 * cache; and with another formula behind the trained networks.
 */
export const gridBenches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  grid: async () => inOneHome((compare) => [{ bench: "grid", who: "seams", ...compare([EACH_DIGIT]) }]),
  rerun: async () =>
    inOneHome((compare, folder) => {
      const first = compare([EACH_DIGIT]);
      const again = compare([EACH_DIGIT]);
      const changed = compare([withAnotherFormula(folder)]);
      return [
        { bench: "rerun", who: "first", ...first },
        { bench: "rerun", who: "again", ...again },
        { bench: "rerun", who: "formula", ...changed },
      ];
    }),
};

type Compare = (pipelines: readonly string[]) => { readonly seconds: number };

function inOneHome(bench: (compare: Compare, folder: string) => readonly Row[]): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), "seams-bench-"));
  const compare: Compare = (pipelines) => {
    const { path, flags } = programAt(CLI);
    const args = [path, "compare", END_TO_END, ...pipelines, "--budgets", BUDGETS, "--seeds", "5"];
    const started = performance.now();
    const json = join(folder, "result.json");
    const { status, stderr } = spawnSync(process.execPath, [...flags, ...args, "--json", json], {
      env: { ...process.env, SEAMS_HOME: join(folder, "home") },
      encoding: "utf8",
    });
    const seconds = (performance.now() - started) / 1000;
    if (status !== 0) throw new Error(`bench: seams compare ended with ${status}.\n${stderr}`);
    const { paired } = JSON.parse(readFileSync(json, "utf8")) as { paired: readonly unknown[] };
    if (paired.length === 0) throw new Error("bench: a comparison without a verdict.");
    return { seconds };
  };
  try {
    return bench(compare, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pipeline that reads each digit with a formula that is written otherwise: nothing before it has changed. */
function withAnotherFormula(folder: string): string {
  const pipeline = findPipeline(EACH_DIGIT);
  if (pipeline === undefined) throw new Error("bench: the gallery has lost digit sums.");
  const document = structuredClone(pipeline.document);
  const formula = Object.values(document.stages).find(({ kind }) => kind === "formula");
  if (formula === undefined) throw new Error("bench: digit sums without a formula.");
  Object.assign(formula, { params: { expression: "digits[0] + digits[1]" } });
  const file = join(folder, "another-formula.json");
  writeFileSync(file, JSON.stringify(document));
  return file;
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Comparison } from "../packages/core/src/measure/index";
import { programAt } from "../packages/runner/src/index";
import { findPipeline } from "../packages/problems/src/index";
import type { Grid } from "./grid-material";
import { type Accuracies, gridPeers, inWords } from "./grid-peers";
import type { Row } from "./rows";

const CLI = new URL("../apps/cli/src/main.ts", import.meta.url);
const BUDGETS = [32, 64, 128, 256, 512, 1024, 2048];
const END_TO_END = "digit-sums/end-to-end";
const EACH_DIGIT = "digit-sums/each-digit";

/** How large a grid, and beside whom. */
export interface GridOptions {
  readonly seeds: number;
  readonly peers: readonly string[];
}

/**
 * Wall time of `seams compare`: 2 pipelines × 7 budgets × 5 seeds of digit sums, beside plain loops that train the same
 * trials.
 */
export async function gridBench({ seeds, peers }: GridOptions): Promise<readonly Row[]> {
  const grid: Grid = { pipelines: [END_TO_END, EACH_DIGIT], budgets: BUDGETS, seeds };
  const { seconds, comparison } = inOneHome(seeds, (compare) => compare([EACH_DIGIT]));
  const expected = accuraciesOf(grid, comparison);
  const { version, kernels } = comparison.engine;
  const about = `${version}, ${kernels}; ${inWords(grid, expected)}`;
  return [{ bench: "grid", who: "seams", about, seconds }, ...(await gridPeers(grid, peers, expected))];
}

/** The same grid; the same once more, all from the cache; and with another formula behind the trained networks. */
export async function rerunBench({ seeds }: GridOptions): Promise<readonly Row[]> {
  return inOneHome(seeds, (compare, folder) => {
    const row = (who: string, { seconds }: Compared): Row => ({ bench: "rerun", who, seconds });
    return [
      row("first", compare([EACH_DIGIT])),
      row("again", compare([EACH_DIGIT])),
      row("formula", compare([withAnotherFormula(folder)])),
    ];
  });
}

/** What one run of `seams compare` took and found. */
interface Compared {
  readonly seconds: number;
  readonly comparison: Comparison;
}

type Compare = (pipelines: readonly string[]) => Compared;

function inOneHome<T>(seeds: number, bench: (compare: Compare, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "seams-bench-"));
  const compare: Compare = (pipelines) => {
    const { path, flags } = programAt(CLI);
    const grid = ["--budgets", BUDGETS.join(), "--seeds", String(seeds)];
    const args = [path, "compare", END_TO_END, ...pipelines, ...grid];
    const started = performance.now();
    const json = join(folder, "result.json");
    const { status, stderr } = spawnSync(process.execPath, [...flags, ...args, "--json", json], {
      env: { ...process.env, SEAMS_HOME: join(folder, "home") },
      encoding: "utf8",
    });
    const seconds = (performance.now() - started) / 1000;
    if (status !== 0) throw new Error(`bench: seams compare ended with ${status}.\n${stderr}`);
    const comparison = JSON.parse(readFileSync(json, "utf8")) as Comparison; // what --json writes
    if (comparison.paired.length === 0) throw new Error("bench: a comparison without a verdict.");
    return { seconds, comparison };
  };
  try {
    return bench(compare, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What it found with the largest budget. */
function accuraciesOf({ pipelines, budgets, seeds }: Grid, { cells }: Comparison): Accuracies {
  const most = Math.max(...budgets);
  const accuracyOf = (pipeline: string, seed: number): number =>
    cells.find((cell) => cell.pipeline === pipeline && cell.budget === most && cell.seed === seed)?.test?.[
      "accuracy"
    ] ?? Number.NaN;
  return Object.fromEntries(
    pipelines.map((id) => [id, Array.from({ length: seeds }, (_, index) => accuracyOf(id, index + 1))]),
  );
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

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { meanInterval, pairedInterval } from "../packages/core/src/measure/index";
import { type Entry, lastWords } from "./contender";
import { inPython, NO_NATIVE, peerScript } from "./entries";
import { readyNative } from "../packages/engine/src/index";
import { type Grid, writeGrid } from "./grid-material";
import type { Row } from "./rows";

const BENCH = "grid";

/** Mean accuracies of who trains the same may differ by this much. */
const SAME_ACCURACY = 0.05;

/** Test accuracies with the largest budget by pipeline, seed by seed. */
export type Accuracies = Readonly<Record<string, readonly number[]>>;

/** What a plain loop says at its end: for each pipeline and budget, the test accuracy of every seed. */
interface Verdict {
  readonly about: string;
  readonly accuracies: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

/**
 * Lets each peer train the same grid in a plain loop of its own, one after the other, and times it from the start of its
 * process to its verdict.
 */
export async function gridPeers(
  grid: Grid,
  peers: readonly string[],
  expected: Accuracies,
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "seams-bench-"));
  try {
    await writeGrid(grid, folder);
    const rows: Row[] = [];
    for (const entry of peers.flatMap((peer) => loopsOf(peer, folder)))
      rows.push("command" in entry ? await timed(entry, grid, expected) : entry);
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function loopsOf(peer: string, folder: string): readonly (Entry | Row)[] {
  switch (peer) {
    case "tfjs-node": {
      const who = "tfjs-node-fit";
      return readyNative()
        ? [{ who, command: process.execPath, args: [peerScript("grid-tfjs.mjs"), folder] }]
        : [{ bench: BENCH, who, skipped: NO_NATIVE }];
    }
    case "keras":
      return [inPython(BENCH, "keras-fit", ["grid-keras.py", folder])];
    case "torch":
      return [
        inPython(BENCH, "torch", ["grid-torch.py", folder, "default", "1"]),
        inPython(BENCH, "torch-1×2", ["grid-torch.py", folder, "1", "2"]),
      ];
    default:
      return []; // tfjs in wasm has no gradient of convolutions
  }
}

async function timed(entry: Entry, grid: Grid, expected: Accuracies): Promise<Row> {
  const started = performance.now();
  const { status, words, said } = await run(entry);
  const seconds = (performance.now() - started) / 1000;
  const row = { bench: BENCH, who: entry.who };
  const verdict = said.split("\n").findLast((line) => line.startsWith("{"));
  if (status !== 0 || verdict === undefined) return { ...row, skipped: lastWords(words) };
  const { about, accuracies } = JSON.parse(verdict) as Verdict; // our own protocol
  const found = largest(grid, accuracies);
  const wrong = disagreement(found, expected);
  return { ...row, about: `${about}; ${inWords(grid, found)}`, seconds, ...(wrong && { wrong }) };
}

function run({ command, args }: Entry): Promise<{ status: number | null; words: string; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let words = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, words, said }));
  });
}

/** Accuracies of the largest budget, where seeds decide least. */
function largest({ budgets }: Grid, accuracies: Verdict["accuracies"]): Accuracies {
  const most = String(Math.max(...budgets));
  return Object.fromEntries(
    Object.entries(accuracies).map(([pipeline, byBudget]) => [pipeline, byBudget[most] ?? []]),
  );
}

/** Mean accuracies of the largest budget, for a row. */
export function inWords({ budgets, seeds }: Grid, found: Accuracies): string {
  const means = Object.values(found).map((bySeed) => meanInterval(bySeed).mean.toFixed(3));
  return `accuracy ${means.join(" and ")} with ${Math.max(...budgets)} rows, ${seeds} seeds`;
}

/** Who has trained the same has the same accuracies, seed by seed, as far as seeds tell: fewer than three tell nothing. */
function disagreement(found: Accuracies, expected: Accuracies): string | undefined {
  for (const [pipeline, ours] of Object.entries(expected)) {
    const theirs = found[pipeline] ?? [];
    const { mean, low, high } = pairedInterval(theirs, ours);
    const isApart = low !== undefined && high !== undefined && (low > 0 || high < 0);
    if (isApart && Math.abs(mean) > SAME_ACCURACY)
      return `its accuracy of ${pipeline} is ${mean.toFixed(3)} from ours`;
  }
  return undefined;
}

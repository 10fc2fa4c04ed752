import { readFileSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Anchor, Figure, Outcome } from "./anchors/anchor";
import { anchors } from "./anchors/anchors";

/**
 * Measures every anchor in full and writes docs/reproduced.md: figures, seeds, machine, time, and whether each says what
 * it must. Ends with 1 where one doesn't. Names as arguments measure only those, and write nothing.
 */
const SEEDS = [1, 2, 3, 4, 5];
const TARGET = fileURLToPath(new URL("../docs/reproduced.md", import.meta.url));
const VERSION: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

interface Measured {
  readonly anchor: Anchor;
  readonly outcome: Outcome;
  readonly seconds: number;
}

const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? anchors : anchors.filter(({ id }) => asked.includes(id));
const home = process.env["SEAMS_HOME"] ?? join(tmpdir(), "seams-reproduce"); // its cache: a second run only reads
const measured: Measured[] = [];
for (const anchor of chosen) {
  const started = performance.now();
  process.stderr.write(`${anchor.id}: ${anchor.title}\n`);
  const say = (words: string): void => void process.stderr.write(`  ${words}\n`);
  const outcome = await anchor.run({ home, seeds: SEEDS, say }, "full");
  const seconds = (performance.now() - started) / 1000;
  measured.push({ anchor, outcome, seconds });
  for (const { says, holds } of outcome.checks)
    process.stdout.write(`${holds ? "yes" : "NO "}  ${anchor.id}: ${says}\n`);
}
if (asked.length === 0) writeFileSync(TARGET, page(measured));
process.exit(measured.every(({ outcome }) => outcome.checks.every(({ holds }) => holds)) ? 0 : 1);

function page(all: readonly Measured[]): string {
  const checks = all.flatMap(({ outcome }) => outcome.checks);
  const [processor] = cpus();
  const minutes = all.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return [
    "# Reproduced",
    "<!-- Written by `npm run reproduce`; not to be edited. -->",
    "Problems whose answer is known, measured in full. Differences are of accuracy, paired over seeds, with 95 % intervals (Student's t).",
    `${checks.filter(({ holds }) => holds).length} of ${checks.length} statements hold. Seeds ${SEEDS.join(", ")}; Seams ${VERSION.version}, Node ${process.version}, ${processor?.model.trim() ?? "an unknown processor"} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB; ${minutes.toFixed(1)} minutes, less where the cache already had trials.`,
    ...all.flatMap(section),
    "",
  ].join("\n\n");
}

function section({ anchor, outcome, seconds }: Measured): readonly string[] {
  const figures = outcome.figures.map(
    ({ what, value, low, high, n }) =>
      `| ${what} | ${figure(what, value)} | ${low === undefined || high === undefined ? "–" : `${figure(what, low)} to ${figure(what, high)}`} | ${n} |`,
  );
  return [
    `## ${anchor.id}. ${anchor.title}`,
    outcome.checks.map(({ says, holds }) => `- ${holds ? "✓" : "✗"} ${says}`).join("\n"),
    ["| Measured | Value | 95 % interval | n |", "| --- | ---: | ---: | ---: |", ...figures].join("\n"),
    `${Math.round(seconds)} s.`,
  ];
}

/** Rows as whole numbers, differences of accuracy with their sign. */
function figure(what: string, value: Figure["value"]): string {
  if (what.startsWith("n*")) return Math.round(value).toLocaleString("en-US");
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

import { availableParallelism, cpus } from "node:os";
import { bars, judge } from "./bars";
import type { Row } from "./rows";

/** Circumstances of a measurement. */
export interface Circumstances {
  readonly date: string;
  /** Processes that wanted a core, over a minute, before and after. */
  readonly load: readonly [number, number];
  readonly turns: number;
  readonly seconds: number;
}

/** A load before the bench up to this leaves the cores to it; the load after it is its own. */
const QUIET = 1;

/** All results as a page: what was measured where and when, then which bars are reached. */
export function resultsPage(rows: readonly Row[], circumstances: Circumstances): string {
  const { date, load, turns, seconds } = circumstances;
  const cores = availableParallelism();
  const isQuiet = load[0] <= QUIET;
  const notes = rows.flatMap((row) => (isLong(row) ? `- ${row.bench}, ${row.who}: ${remarks(row)}` : []));
  const judged = bars.flatMap((bar) => judge(bar, rows) ?? []);
  return `# How fast training steps are

Written by \`npm run bench -- --results bench/RESULTS.md\` on ${date}: ${cores} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.version}, medians of ${turns} turns of about ${seconds} CPU s each, all contenders in turns. All of a net train from the same weights on the same records; "loss" is the mean of the second epoch's steps and must be the same for all.

${isQuiet ? "The machine was quiet" : "**The machine may not have been quiet**: something had run on it in the minute before. What goes on beside it takes from each contender another part of its speed: read ratios with care, and measure again where they matter"} (load ${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after).

The wasm program saves work that the peers do: behind a max-pool by 2 the backward pass looks only at the places that won, and convolutions by 3 in front of such a pool go by Winograd's F(2 × 2, 3 × 3) and F(2, 3). The results are the same but for rounding.

| bench | who | samples per CPU s | samples per s | seconds | MB | loss | |
|---|---|---:|---:|---:|---:|---:|---|
${rows.map(line).join("\n")}
${notes.length === 0 ? "" : `\n## Notes\n\n${notes.join("\n")}\n`}
## Bars

${judged.length === 0 ? "None of the benches has one." : judged.map((words) => `- ${words}`).join("\n")}
`;
}

function line(row: Row): string {
  const count = (value: number | undefined): string =>
    value === undefined ? "" : Math.round(value).toLocaleString("en-GB");
  const cells = [
    row.bench,
    row.who,
    count(row.samplesPerCpuSecond),
    count(row.samplesPerSecond),
    row.seconds?.toPrecision(3) ?? "",
    count(row.megabytes),
    row.loss?.toFixed(4) ?? "",
    isLong(row) ? "see the notes" : remarks(row),
  ];
  return `| ${cells.join(" | ")} |`;
}

const remarks = ({ wrong, skipped, about }: Row): string =>
  [wrong, skipped && `skipped: ${skipped}`, about].filter(Boolean).join("; ");

/** Longer remarks would make a table as wide that nobody could read its text. */
const LONG_REMARK = 120;
const isLong = (row: Row): boolean => remarks(row).length > LONG_REMARK;

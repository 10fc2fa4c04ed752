import type { Comparison } from "@seams/core/measure";
import { metricLook, writeGain, writeRange, writeScore } from "../scores";
import type { ResultRow } from "./result-rows";

/** Every trial as a line of a CSV file (RFC 4180): what the numbers on the page are made from. */
export function cellsAsCsv({ cells, pipelines }: Pick<Comparison, "cells" | "pipelines">): string {
  const names = (of: (cell: Comparison["cells"][number]) => object): readonly string[] =>
    [...new Set(cells.flatMap((cell) => Object.keys(of(cell))))].sort();
  const fields = names(({ labels }) => labels);
  const tests = names(({ test }) => test);
  const trains = names(({ train }) => train);
  const header = [
    ...["pipeline", "title", "budget", "seed", "status", "seconds", "cached", "cost"],
    ...fields.map((field) => `labels ${field}`),
    ...tests.map((metric) => `test ${metric}`),
    ...trains.map((metric) => `train ${metric}`),
  ];
  const lines = cells.map((cell) => [
    cell.pipeline,
    pipelines.find(({ id }) => id === cell.pipeline)?.title ?? "",
    cell.budget,
    cell.seed,
    cell.failed === undefined ? "done" : `failed: ${cell.failed.code}`,
    cell.seconds,
    cell.cached,
    cell.cost,
    ...fields.map((field) => cell.labels[field] ?? ""),
    ...tests.map((metric) => cell.test[metric] ?? ""),
    ...trains.map((metric) => cell.train[metric] ?? ""),
  ]);
  return [header, ...lines].map((line) => `${line.map(csvValue).join(",")}\r\n`).join("");
}

/**
 * One value of a CSV line. Text that a spreadsheet would take for a formula gets an apostrophe before it: titles are
 * other people's words.
 */
function csvValue(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table of results as Markdown, for notes and pull requests. */
export function rowsAsMarkdown(
  rows: readonly ResultRow[],
  { metric, baseline }: { readonly metric: string; readonly baseline: string | undefined },
): string {
  const against = rows.find(({ pipeline }) => pipeline === baseline)?.title;
  const header = [
    "Pipeline",
    "Rows",
    `${metricLook(metric).title} (95 % interval)`,
    "n",
    "Labels",
    "Cost",
    "Seconds",
    ...(against === undefined ? [] : [`minus ${markdownText(against)}`]),
  ];
  const lines = rows.map((row) => [
    markdownText(row.title),
    row.budget.toLocaleString("en"),
    scoreText(metric, row),
    String(row.n),
    labelText(row.labels),
    row.cost.toLocaleString("en"),
    row.seconds === undefined ? "from the cache" : row.seconds.toFixed(1),
    ...(against === undefined ? [] : [differenceText(metric, row.difference)]),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [line(header), line(header.map(() => "---")), ...lines.map(line)].join("");
}

const markdownText = (text: string): string => text.replace(/[\\|*_`<>[\]]/g, "\\$&").replace(/\s+/g, " ");

/** `71.3 % (69.0 to 73.4 %)`, or why there is no interval. */
export function scoreText(metric: string, { mean, low, high, n }: ResultRow): string {
  if (mean === undefined) return "no score";
  const score = writeScore(metric, mean);
  return low === undefined || high === undefined
    ? `${score} (no interval from ${n} ${n === 1 ? "seed" : "seeds"})`
    : `${score} (${writeRange(metric, low, high)})`;
}

/** `+6.1 points (+4.0 points to +8.2 points, n = 5)`; an open one says so. */
export function differenceText(metric: string, difference: ResultRow["difference"]): string {
  if (difference === undefined) return "–";
  const { mean, low, high, n, verdict } = difference;
  const ends =
    low === undefined || high === undefined
      ? "no interval"
      : `${writeGain(metric, low)} to ${writeGain(metric, high)}`;
  return `${writeGain(metric, mean)} (${ends}, n = ${n}${verdict === "undecided" ? ", undecided" : ""})`;
}

/** `256 y, 512 digits` */
export const labelText = (labels: ResultRow["labels"]): string =>
  Object.entries(labels)
    .map(([field, count]) => `${Math.round(count).toLocaleString("en")} ${field}`)
    .join(", ") || "none";

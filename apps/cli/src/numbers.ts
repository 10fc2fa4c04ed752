import { scoreLook } from "@seams/core/measure";

/** A score for people: shares as percent. */
export function writeScore(name: string, value: number): string {
  if (!Number.isFinite(value)) return "–";
  return scoreLook(name)?.isShare === true
    ? `${(value * 100).toFixed(1)} %`
    : String(Number(value.toPrecision(4)));
}

/** `[67.1 %, 73.5 %]`; of a share no end lies outside of what a share can be. Nothing where there is no interval. */
export function writeInterval(
  name: string,
  { low, high }: { readonly low?: number; readonly high?: number },
): string {
  if (low === undefined || high === undefined) return "";
  const isShare = scoreLook(name)?.isShare === true;
  const [least, most] = isShare ? [Math.max(0, low), Math.min(1, high)] : [low, high];
  return `[${writeScore(name, least)}, ${writeScore(name, most)}]`;
}

/** Scores as `accuracy 93.1 %, auc 98.0 %`. */
export const writeScores = (scores: Readonly<Record<string, number>>): string =>
  Object.entries(scores)
    .map(([name, value]) => `${name} ${writeScore(name, value)}`)
    .join(", ");

/** `3 s`, `2 min`, `1.5 h` */
export function writeSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** `1,024` */
export const writeCount = (count: number): string => count.toLocaleString("en-US");

/** Rows of cells as columns under one another; the first column to the left, the others as asked. */
export function writeTable(rows: readonly (readonly string[])[], others: "left" | "right" = "left"): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 || others === "left" ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => `${row.map(pad).join("  ").trimEnd()}\n`).join("");
}

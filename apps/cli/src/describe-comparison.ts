import { type Comparison, verdictInWords } from "@seams/core/measure";
import { writeCount, writeScore, writeTable } from "./numbers";

/** A comparison for people: what was measured, a table of means with their intervals, the verdicts. */
export function describeComparison(comparison: Comparison): string {
  const { problem, metric, engine, pipelines, budgets, seeds, summary, paired } = comparison;
  const rows = budgets.map((budget) => [
    writeCount(budget),
    ...pipelines.map(({ id }) => {
      const found = summary.find((one) => one.pipeline === id && one.budget === budget);
      if (found === undefined) return "–";
      const { mean, low, high, n } = found;
      const ends =
        low === undefined || high === undefined ? "" : ` [${bare(metric, low)}, ${bare(metric, high)}]`;
      return `${writeScore(metric, mean)}${ends}${n === seeds.length ? "" : ` (${n} seeds)`}`;
    }),
  ]);
  const table = writeTable([["rows", ...pipelines.map(({ title }) => title)], ...rows], "right");
  const { backend, form, threads } = engine;
  const lines = [
    `${problem.name} · ${metric}, mean over ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"} with 95 % interval · ${backend}, ${form}, ${threads} thread${threads === 1 ? "" : "s"}\n`,
    `\n${table}`,
    `\n${verdictInWords(comparison)}\n`,
  ];
  if (paired.length > 0) lines.push(`\n${paired.map(({ words }) => `- ${words}\n`).join("")}`);
  return lines.join("");
}

/** A bound without the unit that stands at its mean. */
const bare = (metric: string, value: number): string => writeScore(metric, value).replace(" %", "");

"use client";
import type { ClosedLoopComparison, ClosedLoopSummary, Comparison } from "@seams/core/measure";
import { Table } from "@seams/ui";
import { ChartFigure, CurveChart, seriesLook } from "@seams/ui/chart";
import { writeRange, writeScore } from "../scores";

const SLOPE = "closed-loop-compounding";

interface CompoundingParts {
  readonly pipelines: Comparison["pipelines"];
  readonly loop: ClosedLoopComparison;
  readonly condition: ClosedLoopComparison["conditions"][number];
}

/** Mistakes of an episode against the horizon, both logarithmic, at each pipeline's largest budget. */
export function CompoundingFigure({ pipelines, loop, condition }: CompoundingParts) {
  const { mistakes, summary } = loop;
  const here = summary.filter((one) => one.condition === condition.id && one.mistakes !== undefined);
  const lines = pipelines.flatMap(({ id, title }, index) => {
    const own = here.filter(({ pipeline }) => pipeline === id);
    const largest = own.toSorted((a, b) => b.budget - a.budget)[0];
    return largest === undefined ? [] : [{ title, look: seriesLook(index), largest }];
  });
  if (mistakes === undefined || lines.length === 0) return null;
  const verdicts = loop.compounding.filter((pair) => pair.condition === condition.id);
  return (
    <ChartFigure
      title="How mistakes add up"
      words={`Mistakes of an episode up to a horizon, mean over episodes and seeds; a mistake: ${mistakes.words}, or a moment after a bad end. On these axes an even pace is a line of slope 1; where mistakes lead to more of them it is steeper. ${lines.map((line) => inWords(line)).join(" ")}`}
      table={() => <MistakeTable pipelines={pipelines} rows={here} horizons={mistakes.horizons} />}
    >
      <CurveChart
        label={`Mistakes by horizon, logarithmic: ${lines.map((line) => inWords(line)).join(" ")}`}
        xs={mistakes.horizons}
        curves={lines.map(({ title, look, largest }) => ({
          key: largest.pipeline,
          title: `${title}, ${largest.budget.toLocaleString("en")} rows`,
          colour: look.colour,
          values: (largest.mistakes ?? []).map((sum) => (sum > 0 ? sum : undefined)),
        }))}
        xTitle="moments (log)"
        logX
        logY
      />
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        {verdicts.map((verdict) => (
          <li key={`${verdict.a} ${verdict.b} ${verdict.budget}`}>{verdict.words}</li>
        ))}
      </ul>
    </ChartFigure>
  );
}

function inWords({
  title,
  largest,
}: {
  readonly title: string;
  readonly largest: ClosedLoopSummary;
}): string {
  const { compounding: slope } = largest;
  return slope === undefined
    ? `${title}: too few mistakes for a slope.`
    : `${title}: slope ${writeScore(SLOPE, slope.mean)} (${intervalOf(largest)}, n = ${slope.n}).`;
}

function intervalOf({ compounding: slope }: ClosedLoopSummary): string {
  return slope?.low === undefined || slope.high === undefined
    ? "under 3 seeds: no interval"
    : `95 % interval ${writeRange(SLOPE, slope.low, slope.high)}`;
}

interface MistakeTableParts {
  readonly pipelines: Comparison["pipelines"];
  readonly rows: readonly ClosedLoopSummary[];
  readonly horizons: readonly number[];
}

function MistakeTable({ pipelines, rows, horizons }: MistakeTableParts) {
  return (
    <Table
      caption="Mistakes up to each horizon"
      rows={rows}
      keyOf={({ pipeline, budget }) => `${pipeline} ${budget}`}
      columns={[
        {
          key: "pipeline",
          title: "Pipeline",
          cell: ({ pipeline }) => pipelines.find(({ id }) => id === pipeline)?.title ?? pipeline,
        },
        { key: "rows", title: "Rows", align: "number", cell: ({ budget }) => budget.toLocaleString("en") },
        ...horizons.map((horizon, k) => ({
          key: `h${horizon}`,
          title: `${horizon} moments`,
          align: "number" as const,
          cell: ({ mistakes }: ClosedLoopSummary) => writeScore(SLOPE, mistakes?.[k] ?? Number.NaN),
        })),
        {
          key: "slope",
          title: "Slope",
          align: "number",
          cell: ({ compounding: slope }) => (slope === undefined ? "–" : writeScore(SLOPE, slope.mean)),
        },
        { key: "interval", title: "95 % interval", align: "number", cell: intervalOf },
      ]}
    />
  );
}

"use client";
import type { ProblemView } from "@seams/api";
import { type Comparison, FEWEST_SEEDS } from "@seams/core/measure";
import { Card } from "@seams/ui";
import { BudgetChart, ChartFigure } from "@seams/ui/chart";
import { type ReactNode, useMemo } from "react";
import { metricLook, tickScore, writeScore } from "../scores";
import { crossingMarks, rowSeries, rowTicks } from "./chart-data";
import { majorityAnswer } from "./majority";
import { MeansTable } from "./means-table";

interface ScoreFigureParts {
  readonly comparison: Comparison;
  readonly shown: ReadonlySet<string>;
  readonly legend: ReactNode;
  /** Undefined while it is on its way. */
  readonly problem: ProblemView | undefined;
}

/** The score against the rows that a pipeline was given: every seed, means, bands, fitted curves, crossings. */
export function ScoreFigure({ comparison, shown, legend, problem }: ScoreFigureParts) {
  const { metric, seeds, crossover, curves } = comparison;
  const series = useMemo(() => rowSeries(comparison).filter(({ id }) => shown.has(id)), [comparison, shown]);
  const majority = problem === undefined ? undefined : majorityAnswer(problem, metric);
  const { title, isShare } = metricLook(metric);
  const fitted = curves.some(({ status }) => status !== "not-estimable");
  return (
    <Card className="p-5">
      <ChartFigure
        title={`${title} against rows`}
        words={
          <>
            Each small mark is one seed. Lines join the means
            {seeds.length < FEWEST_SEEDS
              ? `; there is no band, because ${seeds.length} ${seeds.length === 1 ? "seed gives" : "seeds give"} no interval.`
              : "; bands are 95 % intervals (Student’s t)."}
            {fitted
              ? " Dotted lines are fitted learning curves; where the ground is hatched, they are extrapolated."
              : ""}
          </>
        }
        legend={legend}
        table={() => <MeansTable comparison={comparison} />}
      >
        <BudgetChart
          label={`${title} against rows, logarithmic: ${series.map((one) => describe(one, metric)).join("; ")}`}
          series={series}
          xTitle="rows (log)"
          yTitle={title}
          xTicks={rowTicks(comparison)}
          bounds={isShare ? [0, 1] : undefined}
          formatX={(rows) => Math.round(rows).toLocaleString("en")}
          formatY={(score) => writeScore(metric, score)}
          formatTick={(score) => tickScore(metric, score)}
          crossings={crossingMarks(comparison, shown)}
          reference={
            majority === undefined
              ? undefined
              : {
                  y: majority.share,
                  title: `always “${majority.value}” (${majority.rows.toLocaleString("en")} training rows)`,
                }
          }
        />
        <Notes>
          {crossover.map(({ a, b, words }) => (
            <li key={`${a} ${b}`}>{words}</li>
          ))}
          {curves.map(({ pipeline, words }) => (
            <li key={pipeline}>{words}</li>
          ))}
        </Notes>
      </ChartFigure>
    </Card>
  );
}

function Notes({ children }: { readonly children: ReactNode[] }) {
  return children.flat().length === 0 ? null : (
    <details className="text-sm">
      <summary className="inline-flex min-h-6 items-center font-medium text-accent">
        Crossings and fitted curves in words
      </summary>
      <ul className="mt-2 flex max-w-[90ch] flex-col gap-1.5 text-quiet">{children}</ul>
    </details>
  );
}

/** One series in words: first and last mean. */
function describe({ title, points }: ReturnType<typeof rowSeries>[number], metric: string): string {
  const ordered = [...points].sort((a, b) => a.x - b.x);
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return `${title}: no result yet`;
  const from = `${writeScore(metric, first.mean)} at ${first.x.toLocaleString("en")} rows (n = ${first.n})`;
  return first === last
    ? `${title}: ${from}`
    : `${title}: from ${from} to ${writeScore(metric, last.mean)} at ${last.x.toLocaleString("en")} (n = ${last.n})`;
}

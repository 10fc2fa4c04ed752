"use client";
import { type Comparison, holmIntervals, marginOf, type PairedDifference } from "@seams/core/measure";
import { Badge, Card, Select, Table } from "@seams/ui";
import { ChartFigure, DifferenceChart, seriesLook } from "@seams/ui/chart";
import { useMemo, useState } from "react";
import { metricLook, writeGain } from "../scores";

/** The paired differences of two pipelines over the budgets; with more than two, of the pair that is chosen. */
export function DifferenceFigures({ comparison }: { readonly comparison: Comparison }) {
  const { pipelines, paired } = comparison;
  const titleOf = (id: string): string => pipelines.find((pipeline) => pipeline.id === id)?.title ?? id;
  const pairs = useMemo(
    () => [...new Map(paired.map(({ a, b }) => [JSON.stringify([a, b]), { a, b }])).entries()],
    [paired],
  );
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [key, pair] = pairs.find(([each]) => each === chosen) ?? pairs[0] ?? [];
  if (key === undefined || pair === undefined) return null;
  return (
    <Card className="flex flex-col gap-4 p-5">
      {pairs.length < 2 ? null : (
        <Select
          label="Which two pipelines"
          className="w-full max-w-xl"
          value={key}
          onValueChange={setChosen}
          choices={pairs.map(([value, { a, b }]) => ({ value, label: `${titleOf(a)} − ${titleOf(b)}` }))}
        />
      )}
      <DifferenceFigure comparison={comparison} a={pair.a} b={pair.b} titleOf={titleOf} />
    </Card>
  );
}

interface DifferenceFigureParts {
  readonly comparison: Comparison;
  readonly a: string;
  readonly b: string;
  readonly titleOf: (id: string) => string;
}

type Judged = PairedDifference & { readonly adjusted: ReturnType<typeof holmIntervals>[number] };

function DifferenceFigure({ comparison, a, b, titleOf }: DifferenceFigureParts) {
  const { paired, metric, pipelines, budgets, higherIsBetter } = comparison;
  const margin = useMemo(() => marginOf(comparison), [comparison]);
  const judged = useMemo((): readonly Judged[] => {
    const adjusted = holmIntervals(paired);
    return paired
      .map((pair, index) => ({ ...pair, adjusted: adjusted[index] }))
      .filter((pair) => pair.a === a && pair.b === b);
  }, [paired, a, b]);
  const [aIsAbove, bIsAbove] = higherIsBetter ? [a, b] : [b, a];
  const all = paired.length;
  return (
    <ChartFigure
      title={`${titleOf(a)} minus ${titleOf(b)}`}
      words={`Differences of ${metricLook(metric).title}, paired by seed. Thick: 95 % interval of this difference alone; thin with ends: adjusted by Holm for all ${all} ${all === 1 ? "difference" : "differences"} of this comparison. The grey band holds differences up to ${writeGain(metric, margin).slice(1)}, which don’t matter. Hollow marks are undecided.`}
      table={() => <DifferenceTable judged={judged} metric={metric} titleOf={titleOf} />}
    >
      <DifferenceChart
        label={`${titleOf(a)} minus ${titleOf(b)} by rows: ${judged.map(({ words }) => words).join(" ")}`}
        look={seriesLook(pipelines.findIndex(({ id }) => id === a))}
        margin={margin}
        points={judged.map(({ budget, mean, low, high, n, verdict, adjusted }) => ({
          x: budget,
          mean,
          low,
          high,
          n,
          adjustedLow: adjusted?.low,
          adjustedHigh: adjusted?.high,
          decided: verdict !== "undecided",
        }))}
        xTitle="rows (log)"
        yTitle="difference"
        xTicks={budgets}
        formatX={(rows) => rows.toLocaleString("en")}
        formatY={(value) => (value === 0 ? "0" : writeGain(metric, value).replace(" points", ""))}
        above={`above 0: ${titleOf(aIsAbove)} does better`}
        below={`below 0: ${titleOf(bIsAbove)} does better`}
      />
    </ChartFigure>
  );
}

function DifferenceTable({
  judged,
  metric,
  titleOf,
}: {
  readonly judged: readonly Judged[];
  readonly metric: string;
  readonly titleOf: (id: string) => string;
}) {
  const ends = (low: number | undefined, high: number | undefined): string =>
    low === undefined || high === undefined
      ? "under 3 seeds: none"
      : `${writeGain(metric, low)} to ${writeGain(metric, high)}`;
  return (
    <Table
      caption="Paired differences by rows"
      rows={judged}
      keyOf={({ budget }) => String(budget)}
      columns={[
        {
          key: "rows",
          title: "Rows",
          align: "number",
          cell: ({ budget }) => budget.toLocaleString("en"),
        },
        {
          key: "mean",
          title: "Mean difference",
          align: "number",
          cell: ({ mean }) => writeGain(metric, mean),
        },
        { key: "alone", title: "95 % interval", align: "number", cell: ({ low, high }) => ends(low, high) },
        {
          key: "holm",
          title: "Adjusted (Holm)",
          align: "number",
          cell: ({ adjusted }) => ends(adjusted?.low, adjusted?.high),
        },
        { key: "n", title: "n", align: "number", cell: ({ n }) => n },
        {
          key: "p",
          title: "p (Holm)",
          align: "number",
          cell: ({ p }) => (p === undefined ? "–" : p < 0.001 ? "< 0.001" : p.toPrecision(2)),
        },
        {
          key: "flip",
          title: "Sign-flip p",
          align: "number",
          cell: ({ signFlip }) => (signFlip === undefined ? "–" : signFlip.toPrecision(2)),
        },
        {
          key: "verdict",
          title: "Verdict",
          cell: ({ verdict, a, b, seedsNeeded }) => {
            if (verdict === "equivalent") return <Badge>equivalent</Badge>;
            if (verdict !== "undecided")
              return <Badge tone="good">{titleOf(verdict === "a" ? a : b)} better</Badge>;
            return (
              <span className="text-quiet">
                undecided{seedsNeeded === undefined ? "" : `: would need about ${seedsNeeded} seeds`}
              </span>
            );
          },
        },
      ]}
    />
  );
}

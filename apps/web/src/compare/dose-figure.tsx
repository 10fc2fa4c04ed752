"use client";
import type { PipelineAttribution, StageDose } from "@seams/core/measure";
import { Button, ErrorState, Select, Table } from "@seams/ui";
import { ChartFigure, type Curve, CurveChart } from "@seams/ui/chart";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { bounded, metricLook, writeRange, writeScore } from "../scores";
import { useTRPC } from "../trpc";

interface DoseFigureParts {
  readonly experiment: string;
  readonly attribution: PipelineAttribution;
}

/** How good one stage has to be before what follows stops caring: measured when one asks, on the trained pipelines. */
export function DoseFigure({ experiment, attribution: { pipeline, budget, between } }: DoseFigureParts) {
  const trpc = useTRPC();
  const ask = useMutation(trpc.experiments.doseResponse.mutationOptions());
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const stage = between.find((one) => one === chosen) ?? between[0];
  if (stage === undefined) return null;
  // The API's own type, through JSON: only `readonly` is lost on the way.
  const dose = ask.data as StageDose | undefined;
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-4" aria-label="How good is good enough">
      <div className="flex flex-col gap-1">
        <h3 className="text-base font-semibold">How good is good enough?</h3>
        <p className="max-w-prose text-sm text-quiet">
          The truth stands in for a stage and is made worse step by step; everything after it stays as it was
          trained.
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label="Stage"
          className="w-full max-w-xs"
          value={stage}
          onValueChange={(value) => {
            setChosen(value);
            ask.reset();
          }}
          choices={between.map((value) => ({ value, label: value }))}
        />
        <Button
          disabled={ask.isPending}
          onClick={() => ask.mutate({ id: experiment, pipeline, budget, stage })}
        >
          {ask.isPending ? "Measuring …" : "Measure"}
        </Button>
      </div>
      {ask.error === null ? null : <ErrorState error={ask.error} />}
      {dose === undefined ? null : <Doses dose={dose} />}
    </section>
  );
}

function Doses({ dose }: { readonly dose: StageDose }) {
  const { stage, metric, points, own, words, n } = dose;
  const line = (
    key: string,
    title: string,
    look: Pick<Curve, "colour" | "dash" | "faint">,
    values: Curve["values"],
  ) => ({
    key,
    title,
    ...look,
    values,
  });
  const colour = "var(--accent)";
  const ends = points.every(({ low, high }) => low !== undefined && high !== undefined)
    ? [
        line(
          "low",
          "lower end",
          { colour, faint: true },
          points.map(({ low }) => (low === undefined ? undefined : bounded(metric, low))),
        ),
        line(
          "high",
          "upper end",
          { colour, faint: true },
          points.map(({ high }) => (high === undefined ? undefined : bounded(metric, high))),
        ),
      ]
    : [];
  const title = metricLook(metric).title;
  return (
    <ChartFigure
      title={`${title} by the quality of ${stage}`}
      words={`${words} Quality: the share of right values, the mean IoU of boxes, the explained variance of amounts. Pale lines: 95 % intervals, n = ${n}.${own === undefined ? "" : " Dashed: the stage as trained."}`}
      table={() => <DoseTable dose={dose} />}
    >
      <CurveChart
        label={`${title} rises from ${writeScore(metric, points[0]?.mean ?? 0)} to ${writeScore(metric, points.at(-1)?.mean ?? 0)} with the quality of ${stage}. ${words}`}
        xs={points.map(({ quality }) => quality)}
        curves={[
          line(
            "mean",
            title,
            { colour },
            points.map(({ mean }) => mean),
          ),
          ...ends,
        ]}
        xTitle="quality"
        logY={false}
        marks={own === undefined ? [] : [own.mean]}
      />
    </ChartFigure>
  );
}

function DoseTable({ dose: { metric, points, stage } }: { readonly dose: StageDose }) {
  return (
    <Table
      caption={`Score by the quality of ${stage}`}
      rows={points}
      keyOf={({ quality }) => String(quality)}
      columns={[
        { key: "quality", title: "Quality", align: "number", cell: ({ quality }) => quality },
        {
          key: "score",
          title: metricLook(metric).title,
          align: "number",
          cell: ({ mean }) => writeScore(metric, mean),
        },
        {
          key: "interval",
          title: "95 % interval",
          align: "number",
          cell: ({ low, high }) =>
            low === undefined || high === undefined
              ? "under 3 seeds: none"
              : writeRange(metric, bounded(metric, low), bounded(metric, high)),
        },
        { key: "n", title: "n", align: "number", cell: ({ n }) => n },
      ]}
    />
  );
}

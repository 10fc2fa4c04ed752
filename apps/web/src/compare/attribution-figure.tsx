"use client";
import type { Comparison, PipelineAttribution } from "@seams/core/measure";
import { Badge, Card, Select, Table } from "@seams/ui";
import { ChartFigure } from "@seams/ui/chart";
import { useMemo, useState } from "react";
import { metricLook, writeGain, writeRange, writeScore } from "../scores";
import { DoseFigure } from "./dose-figure";
import { type WaterfallBar, waterfallBars } from "./attribution-bars";

/** Where a pipeline's errors come from: its stages made perfect one after the other, at a budget that one chooses. */
export function AttributionFigure({
  experiment,
  comparison,
}: {
  /** The experiment's id. */
  readonly experiment: string;
  readonly comparison: Comparison;
}) {
  const { metric, higherIsBetter, closedLoop } = comparison;
  const choices = useMemo(() => choicesOf(comparison), [comparison]);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const shown = choices.find(({ value }) => value === chosen) ?? choices[0];
  if (shown === undefined) return null;
  const bars = waterfallBars(shown.attribution, higherIsBetter);
  return (
    <Card className="flex flex-col gap-4 p-5">
      <Select
        label="Which pipeline, at how many rows"
        className="w-full max-w-xl"
        value={shown.value}
        onValueChange={setChosen}
        choices={choices}
      />
      <ChartFigure
        title="Where errors come from"
        words={`${shown.attribution.words} Each bar: ${metricLook(metric).title} when the truth replaces that stage too, upstream first, with everything after it as it was trained, on the same ${closedLoop === undefined ? "test rows" : "episodes"}. Lines: 95 % intervals over ${shown.attribution.n} seeds.`}
        table={() => <StepTable attribution={shown.attribution} metric={metric} />}
      >
        <ol className="flex flex-col gap-2">
          {bars.map((bar) => (
            <Bar key={bar.key} bar={bar} scale={scaleOf(bars)} metric={metric} />
          ))}
        </ol>
        <Ceilings attribution={shown.attribution} metric={metric} />
        <Fates attribution={shown.attribution} />
      </ChartFigure>
      {shown.isFirst ? (
        <DoseFigure key={shown.value} experiment={experiment} attribution={shown.attribution} />
      ) : null}
    </Card>
  );
}

/** One attribution to look at: under the condition that pipelines are judged by, or under a later one. */
interface Choice {
  readonly value: string;
  readonly label: string;
  readonly attribution: PipelineAttribution;
  readonly isFirst: boolean;
}

function choicesOf({ attribution, pipelines, closedLoop }: Comparison): readonly Choice[] {
  const first = attribution.toReversed().map((one) => ({
    value: JSON.stringify([one.pipeline, one.budget]),
    label: labelOf(one, pipelines),
    attribution: one,
    isFirst: true,
  }));
  const later = (closedLoop?.attribution ?? []).toReversed().map((one) => ({
    value: JSON.stringify([one.pipeline, one.budget, one.condition]),
    label: `${labelOf(one, pipelines)}: ${closedLoop?.conditions.find(({ id }) => id === one.condition)?.title ?? one.condition}`,
    attribution: one,
    isFirst: false,
  }));
  return [...first, ...later];
}

function labelOf({ pipeline, budget }: PipelineAttribution, pipelines: Comparison["pipelines"]): string {
  const title = pipelines.find(({ id }) => id === pipeline)?.title ?? pipeline;
  return `${title}, ${budget.toLocaleString("en")} rows`;
}

/** Percent of the width by score; the longest bar or whisker takes all of it. */
function scaleOf(bars: readonly WaterfallBar[]): (score: number) => number {
  const most = Math.max(...bars.flatMap(({ from, to, high = to }) => [from, to, high]));
  return (score) => (most > 0 ? (100 * Math.max(0, score)) / most : 0);
}

const LOOKS = { total: "bg-edge/60", gain: "bg-accent", loss: "bg-danger" } as const;

function Bar({
  bar,
  scale,
  metric,
}: {
  readonly bar: WaterfallBar;
  readonly scale: (score: number) => number;
  readonly metric: string;
}) {
  const { title, look, from, to, low, high, gain } = bar;
  const [left, right] = [scale(Math.min(from, to)), scale(Math.max(from, to))];
  return (
    <li className="grid items-center gap-x-3 sm:grid-cols-[minmax(8rem,14rem)_1fr_7rem]">
      <span className="text-sm sm:text-right">{title}</span>
      <span aria-hidden className="relative h-6 rounded-sm bg-sunken">
        <span
          className={`absolute inset-y-0 rounded-sm ${LOOKS[look]}`}
          style={{ left: `${left}%`, width: `max(2px, ${right - left}%)` }}
        />
        {low === undefined || high === undefined ? null : (
          <span
            className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-ink"
            style={{ left: `${scale(low)}%`, width: `max(2px, ${scale(high) - scale(low)}%)` }}
          />
        )}
      </span>
      <span className="text-sm tabular-nums">
        {gain === undefined ? writeScore(metric, to) : writeGain(metric, gain)}
      </span>
    </li>
  );
}

/** How far the score could rise with one stage perfect, and what that would take. */
function Ceilings({
  attribution,
  metric,
}: {
  readonly attribution: PipelineAttribution;
  readonly metric: string;
}) {
  const { ceilings } = attribution;
  if (ceilings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {ceilings.map(({ stage, frozen, retrained, mismatch }) => (
        <li key={stage}>
          With <span className="font-mono">{stage}</span> alone perfect: {writeScore(metric, frozen)}
          {retrained === undefined
            ? "; with what follows trained again on its truth: not measured (seams compare --oracles does)"
            : `; with what follows trained on its truth: ${writeScore(metric, retrained)}`}
          . {mismatch === true ? <Badge tone="warning">trained on inputs unlike the truth</Badge> : null}
        </li>
      ))}
    </ul>
  );
}

/** What became of the test rows, over all seeds. */
function Fates({ attribution: { blame } }: { readonly attribution: PipelineAttribution }) {
  if (blame === undefined) return null;
  const count = (rows: number): string => rows.toLocaleString("en");
  return (
    <p className="max-w-prose text-sm text-quiet">
      Of {count(blame.rows)} answers over all seeds {count(blame.right)} are right at every stage and{" "}
      {count(blame.lucky)} by luck.{" "}
      {blame.blamed.map(({ stage, rows }) => `${count(rows)} are first wrong at ${stage}`).join(", ")};{" "}
      {count(blame.unexplained)} are wrong after the last labelled stage.
    </p>
  );
}

function StepTable({
  attribution,
  metric,
}: {
  readonly attribution: PipelineAttribution;
  readonly metric: string;
}) {
  return (
    <Table
      caption="What each stage's errors cost"
      rows={attribution.steps}
      keyOf={({ stage }) => stage}
      columns={[
        { key: "stage", title: "Stage", cell: ({ stage }) => <span className="font-mono">{stage}</span> },
        {
          key: "gain",
          title: "Gain when perfect",
          align: "number",
          cell: ({ gain }) => writeGain(metric, gain),
        },
        {
          key: "interval",
          title: "95 % interval",
          align: "number",
          cell: ({ low, high }) =>
            low === undefined || high === undefined ? "under 3 seeds: none" : writeRange(metric, low, high),
        },
        { key: "n", title: "n", align: "number", cell: () => attribution.n },
      ]}
    />
  );
}

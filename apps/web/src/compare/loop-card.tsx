"use client";
import type { ClosedLoopComparison, ClosedLoopSummary, Comparison } from "@seams/core/measure";
import { Card, Select, Table } from "@seams/ui";
import { Fragment, useState } from "react";
import { metricLook, writeRange, writeScore } from "../scores";
import { CompoundingFigure } from "./compounding-figure";

const SUCCESS = "closed-loop-success";

/** How pipelines fare where their answers decide what they see next, under the condition that is chosen. */
export function LoopCard({ comparison }: { readonly comparison: Comparison }) {
  const { closedLoop } = comparison;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  if (closedLoop === undefined) return null;
  const { conditions, words, paired } = closedLoop;
  const condition = conditions.find(({ id }) => id === chosen) ?? conditions[0];
  if (condition === undefined) return null;
  const verdicts = paired.filter((pair) => pair.condition === condition.id);
  return (
    <Card className="flex flex-col gap-4 p-5">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">In the loop</h2>
        <p className="max-w-3xl text-sm text-quiet">
          Answers decide what is seen next, in the same episodes for every pipeline. Success: {words[SUCCESS]}
          . The score of single answers on test rows stands beside it.
        </p>
        <details className="text-sm">
          <summary className="inline-flex min-h-6 items-center font-medium text-accent">
            What the columns are
          </summary>
          <dl className="mt-2 grid max-w-3xl gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
            {Object.entries(words).map(([metric, meaning]) => (
              <Fragment key={metric}>
                <dt className="font-medium">{shortTitle(metric)}</dt>
                <dd className="text-quiet">{meaning}</dd>
              </Fragment>
            ))}
          </dl>
        </details>
      </div>
      <Select
        label="Condition"
        className="w-full max-w-xl"
        value={condition.id}
        onValueChange={setChosen}
        choices={conditions.map(({ id, title }) => ({ value: id, label: title }))}
      />
      <LoopTable comparison={comparison} loop={closedLoop} condition={condition} />
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        {verdicts.map((verdict) => (
          <li key={`${verdict.a} ${verdict.b} ${verdict.budget}`}>{verdict.words}</li>
        ))}
      </ul>
      <CompoundingFigure pipelines={comparison.pipelines} loop={closedLoop} condition={condition} />
    </Card>
  );
}

/** `Composite score`: that it is in the loop is said above. */
const shortTitle = (metric: string): string => metricLook(metric).title.replace(/ in the loop$/, "");

interface LoopTableParts {
  readonly comparison: Comparison;
  readonly loop: ClosedLoopComparison;
  readonly condition: ClosedLoopComparison["conditions"][number];
}

function LoopTable({ comparison: { pipelines }, loop, condition }: LoopTableParts) {
  const others = Object.entries(loop.words).filter(([metric]) => metric !== SUCCESS);
  return (
    <Table
      caption={`Success in the loop by pipeline and rows: ${condition.title}`}
      rows={loop.summary.filter((one) => one.condition === condition.id)}
      keyOf={({ pipeline, budget }) => `${pipeline} ${budget}`}
      columns={[
        {
          key: "pipeline",
          title: "Pipeline",
          cell: ({ pipeline }) => pipelines.find(({ id }) => id === pipeline)?.title ?? pipeline,
        },
        { key: "rows", title: "Rows", align: "number", cell: ({ budget }) => budget.toLocaleString("en") },
        { key: "success", title: "Success", align: "number", cell: ({ mean }) => writeScore(SUCCESS, mean) },
        {
          key: "interval",
          title: "95 % interval (Wilson)",
          align: "number",
          cell: ({ low, high }) => writeRange(SUCCESS, low, high),
        },
        ...others.map(([metric]) => ({
          key: metric,
          title: shortTitle(metric),
          align: "number" as const,
          cell: ({ scores }: ClosedLoopSummary) => writeScore(metric, scores[metric] ?? Number.NaN),
        })),
        {
          key: "open",
          title: `Single answers, ${loop.openLoop}`,
          align: "number",
          cell: ({ openLoop }) => (openLoop === undefined ? "–" : writeScore(loop.openLoop, openLoop)),
        },
        {
          key: "n",
          title: "n",
          align: "number",
          cell: ({ episodes, n }) => `${episodes} episodes, ${n} ${n === 1 ? "seed" : "seeds"}`,
        },
      ]}
    />
  );
}

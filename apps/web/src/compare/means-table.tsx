"use client";
import type { Comparison } from "@seams/core/measure";
import { Table } from "@seams/ui";
import { metricLook, writeRange, writeScore } from "../scores";

/** The numbers behind the chart of scores: every mean with its interval, its n and its single results. */
export function MeansTable({ comparison }: { readonly comparison: Comparison }) {
  const { summary, pipelines, cells, metric } = comparison;
  return (
    <Table
      caption={`${metricLook(metric).title} by pipeline and rows`}
      rows={summary}
      keyOf={({ pipeline, budget }) => `${pipeline} ${budget}`}
      columns={[
        {
          key: "pipeline",
          title: "Pipeline",
          cell: ({ pipeline }) => pipelines.find(({ id }) => id === pipeline)?.title ?? pipeline,
        },
        {
          key: "rows",
          title: "Rows",
          align: "number",
          cell: ({ budget }) => budget.toLocaleString("en"),
        },
        { key: "mean", title: "Mean", align: "number", cell: ({ mean }) => writeScore(metric, mean) },
        {
          key: "interval",
          title: "95 % interval",
          align: "number",
          cell: ({ low, high }) =>
            low === undefined || high === undefined ? "under 3 seeds: none" : writeRange(metric, low, high),
        },
        { key: "n", title: "n", align: "number", cell: ({ n }) => n },
        {
          key: "seeds",
          title: "Single results",
          cell: ({ pipeline, budget }) =>
            cells
              .filter((cell) => cell.pipeline === pipeline && cell.budget === budget)
              .map(({ failed, test }) =>
                failed === undefined ? writeScore(metric, test[metric] ?? Number.NaN) : "failed",
              )
              .join(", "),
        },
      ]}
    />
  );
}

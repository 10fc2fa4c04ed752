"use client";
import { type Comparison, meanInterval } from "@seams/core/measure";
import { Section, Table } from "@seams/ui";
import { useMemo } from "react";
import { bounded, metricLook, writeRange, writeScore } from "../scores";
import { stageRows } from "./stage-rows";

/** How well each stage does on its own labels, over test rows. */
export function StageScores({ comparison }: { readonly comparison: Comparison }) {
  const rows = useMemo(() => stageRows(comparison), [comparison]);
  if (rows.length === 0) return null;
  return (
    <Section
      title="Stage by stage"
      help="Each supervised stage on its own labels, fed as it is when the pipeline is used. Mean over seeds, 95 % interval, n."
    >
      <Table
        caption="Scores of single stages"
        rows={rows}
        keyOf={({ pipeline, stage, metric }) => `${pipeline} ${stage} ${metric}`}
        columns={[
          { key: "pipeline", title: "Pipeline", cell: ({ title }) => title },
          { key: "stage", title: "Stage", cell: ({ stage }) => <span className="font-mono">{stage}</span> },
          { key: "metric", title: "Score", cell: ({ metric }) => metricLook(metric).title },
          ...comparison.budgets.map((budget) => ({
            key: String(budget),
            title: `${budget.toLocaleString("en")} rows`,
            align: "number" as const,
            cell: ({ metric, values }: (typeof rows)[number]) => (
              <StageScore metric={metric} values={values[budget] ?? []} />
            ),
          })),
        ]}
      />
    </Section>
  );
}

function StageScore({ metric, values }: { readonly metric: string; readonly values: readonly number[] }) {
  if (values.length === 0) return <span className="text-quiet">–</span>;
  const { mean, low, high, n } = meanInterval(values);
  return (
    <>
      {writeScore(metric, mean)}
      <span className="block text-quiet">
        {low === undefined || high === undefined
          ? "no interval"
          : writeRange(metric, bounded(metric, low), bounded(metric, high))}
        , n = {n}
      </span>
    </>
  );
}

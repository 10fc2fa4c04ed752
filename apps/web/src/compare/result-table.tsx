"use client";
import type { ExperimentView } from "@seams/api";
import type { Comparison, Prices } from "@seams/core/measure";
import { Button, Section, Select, shortDuration, Table, useAnnounce } from "@seams/ui";
import { ClipboardCopy, Download } from "lucide-react";
import { useMemo } from "react";
import { toast } from "sonner";
import { saveFile } from "../save-file";
import { metricLook, writeGain, writeScore, writeRange } from "../scores";
import { cellsAsCsv, labelText, rowsAsMarkdown } from "./export";
import { type ResultRow, resultRows } from "./result-rows";

interface ResultTableParts {
  readonly experiment: ExperimentView;
  readonly comparison: Comparison;
  readonly prices: Prices;
  readonly baseline: string | undefined;
  readonly onBaseline: (id: string | undefined) => void;
}

const NONE = "none";

/** Pipelines × budgets in numbers, against a pinned baseline; to take along as CSV, JSON or Markdown. */
export function ResultTable({ experiment, comparison, prices, baseline, onBaseline }: ResultTableParts) {
  const { metric, pipelines } = comparison;
  const rows = useMemo(() => resultRows(comparison, { prices, baseline }), [comparison, prices, baseline]);
  const announce = useAnnounce();
  const name = `${experiment.problem}-${experiment.id.slice(0, 8)}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(rowsAsMarkdown(rows, { metric, baseline }));
      toast.success("The table is on the clipboard, as Markdown.");
      announce("The table is on the clipboard.");
    } catch {
      // Browsers refuse the clipboard outside of secure pages.
      toast.error("The browser doesn't give the clipboard to this page. Download the CSV instead.");
    }
  };
  const against = pipelines.find(({ id }) => id === baseline);
  return (
    <Section
      title="In numbers"
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label="Baseline"
            className="w-56"
            value={against?.id ?? NONE}
            onValueChange={(id) => onBaseline(id === NONE ? undefined : id)}
            choices={[
              { value: NONE, label: "No baseline" },
              ...pipelines.map(({ id, title }) => ({ value: id, label: `Against ${title}` })),
            ]}
          />
          <Button
            icon={<Download aria-hidden size={16} />}
            onClick={() => saveFile(`${name}.csv`, "text/csv", cellsAsCsv(comparison))}
          >
            CSV
          </Button>
          <Button
            icon={<Download aria-hidden size={16} />}
            onClick={() =>
              saveFile(`${name}.json`, "application/json", `${JSON.stringify(comparison, null, 2)}\n`)
            }
          >
            JSON
          </Button>
          <Button icon={<ClipboardCopy aria-hidden size={16} />} onClick={() => void copy()}>
            Copy as Markdown
          </Button>
        </div>
      }
    >
      <Table
        caption={`${metricLook(metric).title} of each pipeline at each number of rows`}
        rows={rows}
        keyOf={({ pipeline, budget }) => `${pipeline} ${budget}`}
        highlight={({ pipeline }) => pipeline === against?.id}
        columns={[
          { key: "pipeline", title: "Pipeline", sortBy: ({ title }) => title, cell: ({ title }) => title },
          {
            key: "rows",
            title: "Rows",
            align: "number",
            sortBy: ({ budget }) => budget,
            cell: ({ budget }) => budget.toLocaleString("en"),
          },
          {
            key: "score",
            title: metricLook(metric).title,
            align: "number",
            sortBy: ({ mean }) => mean ?? Number.NEGATIVE_INFINITY,
            cell: (row) => <Score row={row} metric={metric} />,
          },
          { key: "n", title: "n", align: "number", cell: (row) => <Seeds row={row} /> },
          { key: "labels", title: "Labels", cell: ({ labels }) => labelText(labels) },
          {
            key: "cost",
            title: "Cost",
            align: "number",
            sortBy: ({ cost }) => cost,
            cell: ({ cost }) => Number(cost.toPrecision(6)).toLocaleString("en"),
          },
          {
            key: "seconds",
            title: "Trained in",
            align: "number",
            sortBy: ({ seconds }) => seconds ?? 0,
            cell: ({ seconds, timed }) =>
              seconds === undefined ? (
                <span className="text-quiet">from the cache</span>
              ) : (
                <>
                  {shortDuration(seconds)}
                  <span className="block text-quiet">mean of {timed}</span>
                </>
              ),
          },
          ...(against === undefined
            ? []
            : [
                {
                  key: "difference",
                  title: `minus ${against.title}`,
                  align: "number" as const,
                  sortBy: ({ difference }: ResultRow) => difference?.mean ?? 0,
                  cell: (row: ResultRow) => <Difference row={row} metric={metric} />,
                },
              ]),
        ]}
      />
    </Section>
  );
}

function Score({ row: { mean, low, high }, metric }: { readonly row: ResultRow; readonly metric: string }) {
  if (mean === undefined) return <span className="text-quiet">no score</span>;
  return (
    <>
      <span className="font-medium">{writeScore(metric, mean)}</span>
      <span className="block text-quiet">
        {low === undefined || high === undefined ? "no interval" : writeRange(metric, low, high)}
      </span>
    </>
  );
}

function Seeds({ row: { n, failed } }: { readonly row: ResultRow }) {
  return (
    <>
      {n}
      {failed === 0 ? null : <span className="block text-danger">{failed} failed</span>}
    </>
  );
}

function Difference({ row, metric }: { readonly row: ResultRow; readonly metric: string }) {
  const { difference } = row;
  if (difference === undefined) return <span className="text-quiet">–</span>;
  const { mean, low, high, n, verdict } = difference;
  return (
    <>
      <span className={verdict === "undecided" ? undefined : "font-medium"}>{writeGain(metric, mean)}</span>
      <span className="block text-quiet">
        {low === undefined || high === undefined
          ? "no interval"
          : `${writeGain(metric, low)} to ${writeGain(metric, high)}`}
        , n = {n}
      </span>
      <span className="block text-quiet">
        {verdict === "a" ? "better" : verdict === "b" ? "worse" : verdict}
      </span>
    </>
  );
}

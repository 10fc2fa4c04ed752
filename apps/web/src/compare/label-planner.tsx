"use client";
import { type Comparison, planPipelineLabels, type Prices } from "@seams/core/measure";
import { Field, Section, Table, TextInput } from "@seams/ui";
import { useMemo, useState } from "react";

interface LabelPlannerParts {
  readonly comparison: Comparison;
  readonly prices: Prices;
}

/** Given a total, how many labels of each kind to buy for each pipeline, by its fitted curves and these prices. */
export function LabelPlanner({ comparison, prices }: LabelPlannerParts) {
  const [written, setWritten] = useState("1000");
  const total = Number(written);
  const isAmount = written.trim() !== "" && Number.isFinite(total) && total > 0;
  const rows = useMemo(
    () =>
      isAmount
        ? comparison.pipelines.map(({ id, title }) => planRow(comparison, { id, title, prices, total }))
        : [],
    [comparison, prices, total, isAmount],
  );
  return (
    <Section
      title="Labels to buy"
      help="Where the next label lowers the error most for its price, by each pipeline's fitted curves. No curve is followed beyond four times its last budget."
    >
      <div className="max-w-48">
        <Field label="To be spent" {...(isAmount ? {} : { error: "Write an amount above 0." })}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={written}
              onChange={(event) => setWritten(event.target.value)}
            />
          )}
        </Field>
      </div>
      {rows.length === 0 ? null : (
        <Table
          caption="Label plan by pipeline"
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { key: "title", title: "Pipeline", cell: ({ title }) => title },
            { key: "plan", title: "Buy", cell: ({ words }) => words },
            {
              key: "error",
              title: "Error left that labels can lower",
              align: "number",
              cell: ({ error }) => error,
            },
          ]}
        />
      )}
    </Section>
  );
}

interface PlanRow {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly error: string;
}

const count = (value: number): string => Math.round(value).toLocaleString("en");

function planRow(
  comparison: Comparison,
  {
    id,
    title,
    prices,
    total,
  }: { readonly id: string; readonly title: string; readonly prices: Prices; readonly total: number },
): PlanRow {
  const found = planPipelineLabels(comparison, id, { prices, total });
  if (!found.done) return { id, title, words: found.words, error: "–" };
  const { plan, needs } = found;
  const words = plan.kinds
    .map(({ field, rows, cost }) => {
      const labels = rows * (needs.find((need) => need.field === field)?.labelsPerRow ?? 1);
      return `${count(labels)} labels of ${field} (${count(rows)} rows) for ${count(cost)}`;
    })
    .join("; ");
  return { id, title, words, error: String(Number(plan.error.toPrecision(2))) };
}

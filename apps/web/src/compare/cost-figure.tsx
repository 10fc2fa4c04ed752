"use client";
import { type Comparison, equalCosts, type Prices } from "@seams/core/measure";
import { Button, Card, EmptyState, Slider, Table } from "@seams/ui";
import { BudgetChart, ChartFigure } from "@seams/ui/chart";
import { type ReactNode, useMemo } from "react";
import { metricLook, tickScore, writeRange, writeScore } from "../scores";
import { costSeries } from "./chart-data";

interface CostFigureParts {
  readonly comparison: Comparison;
  readonly shown: ReadonlySet<string>;
  readonly legend: ReactNode;
  readonly fields: readonly string[];
  readonly prices: Prices;
  readonly start: Prices;
  readonly onPrice: (field: string, price: number) => void;
  readonly onReset: () => void;
}

const writeCost = (cost: number): string =>
  cost >= 100 ? Math.round(cost).toLocaleString("en") : String(Number(cost.toPrecision(3)));

/** The same scores against what the labels cost, by prices that one can move; nothing is trained again for it. */
export function CostFigure(parts: CostFigureParts) {
  const { comparison, shown, legend, fields, prices, start, onReset } = parts;
  const { metric } = comparison;
  const series = useMemo(
    () => costSeries(comparison, prices).filter(({ id }) => shown.has(id)),
    [comparison, prices, shown],
  );
  const equal = useMemo(
    () => equalCosts(comparison, prices).filter(({ a, b }) => shown.has(a) && shown.has(b)),
    [comparison, prices, shown],
  );
  const { title, isShare } = metricLook(metric);
  const free = series.filter(({ points }) => points.length === 0);
  const changed = fields.some((field) => (prices[field] ?? 0) !== (start[field] ?? 0));
  return (
    <Card className="p-5">
      <ChartFigure
        title={`${title} against the cost of labels`}
        words="The same results, each placed at what its labels cost. A pipeline that needs labels in between pays for them."
        legend={legend}
        controls={changed ? <Button onClick={onReset}>Prices as they were</Button> : null}
        table={() => <CostTable comparison={comparison} prices={prices} />}
      >
        <div className="flex flex-wrap gap-x-8 gap-y-3">
          {fields.map((field) => (
            <Price key={field} field={field} {...parts} />
          ))}
        </div>
        {series.every(({ points }) => points.length === 0) ? (
          <EmptyState title="Every label is free at these prices">
            A cost of 0 has no place on a logarithmic axis. Give a field a price.
          </EmptyState>
        ) : (
          <>
            <BudgetChart
              label={`${title} against the cost of labels, logarithmic; the table has every number`}
              series={series}
              xTitle="cost of labels (log)"
              yTitle={title}
              bounds={isShare ? [0, 1] : undefined}
              formatX={writeCost}
              formatY={(score) => writeScore(metric, score)}
              formatTick={(score) => tickScore(metric, score)}
            />
            <ul className="flex flex-col gap-1 text-sm">
              {equal.map(({ a, b, words }) => (
                <li key={`${a} ${b}`}>{words}</li>
              ))}
            </ul>
            {free.length === 0 ? null : (
              <p className="text-sm text-quiet">
                Not drawn, because it costs nothing at these prices: {free.map((one) => one.title).join(", ")}
                .
              </p>
            )}
          </>
        )}
      </ChartFigure>
    </Card>
  );
}

/** One field's price by hand: from nothing to ten times what it was. */
function Price({ field, prices, start, onPrice }: CostFigureParts & { readonly field: string }) {
  const price = prices[field] ?? 0;
  const usual = start[field] ?? 0;
  const most = Math.max(10 * usual, price, 10);
  return (
    <div className="flex w-64 flex-col">
      <span className="flex justify-between gap-2 text-sm">
        <span>
          A label of <code>{field}</code>
        </span>
        <span className="font-medium">{writeCost(price)}</span>
      </span>
      <Slider
        label={`Price of a label of ${field}`}
        value={price}
        min={0}
        max={most}
        step={stepOf(most)}
        valueText={`${writeCost(price)} a label`}
        onValueChange={(next) => onPrice(field, Number(next.toPrecision(6)))}
      />
    </div>
  );
}

/** A hundredth of the range, as a power of ten times 1 or 5. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 100));
  return most / 100 / power >= 5 ? 5 * power : power;
}

function CostTable({ comparison, prices }: { readonly comparison: Comparison; readonly prices: Prices }) {
  const { metric } = comparison;
  const rows = costSeries(comparison, prices).flatMap(({ id, title, points }) =>
    points.map((point) => ({ id, title, ...point })),
  );
  return (
    <Table
      caption={`${metricLook(metric).title} by pipeline and cost of labels`}
      rows={rows}
      keyOf={({ id, x }) => `${id} ${x}`}
      columns={[
        { key: "title", title: "Pipeline", cell: ({ title }) => title },
        {
          key: "cost",
          title: "Cost",
          align: "number",
          sortBy: ({ x }) => x,
          cell: ({ x }) => writeCost(x),
        },
        {
          key: "mean",
          title: "Mean",
          align: "number",
          sortBy: ({ mean }) => mean,
          cell: ({ mean }) => writeScore(metric, mean),
        },
        {
          key: "interval",
          title: "95 % interval",
          align: "number",
          cell: ({ low, high }) =>
            low === undefined || high === undefined ? "under 3 seeds: none" : writeRange(metric, low, high),
        },
        { key: "n", title: "n", align: "number", cell: ({ n }) => n },
      ]}
    />
  );
}

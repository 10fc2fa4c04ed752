"use client";
import { Card, DiagnosticItem } from "@seams/ui";
import type { ReactNode } from "react";
import { metricLook, writeScore } from "../scores";
import type { Run } from "./use-run";

/** What the trial came to: scores over the test rows beside those over training rows, and the labels that were paid. */
export function RunResult({ log }: Pick<Run, "trial" | "log">) {
  const result = log.view.result;
  if (result === undefined) return null;
  const { test, train, labels, cost, testRows, budget, notes = [] } = result;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        {Object.entries(test).map(([metric, value]) => (
          <Fact key={metric} name={metricLook(metric).title}>
            <span className="text-lg font-semibold">{writeScore(metric, value)}</span>
            <span className="block text-sm text-quiet">
              one seed, {testRows.toLocaleString("en")} test rows: no interval
            </span>
          </Fact>
        ))}
        {Object.entries(train).map(([metric, value]) => (
          <Fact key={metric} name={`${metricLook(metric).title}, training rows`}>
            <span className="text-base font-semibold">{writeScore(metric, value)}</span>
            <span className="block text-sm text-quiet">
              {Math.min(budget, SCORED_ROWS).toLocaleString("en")} rows it was trained on
            </span>
          </Fact>
        ))}
        <Fact name="Labels used">
          <span className="text-base font-semibold">
            {Object.entries(labels)
              .map(([field, count]) => `${count.toLocaleString("en")} ${field}`)
              .join(", ") || "none"}
          </span>
          <span className="block text-sm text-quiet">
            cost {cost.toLocaleString("en")} at the problem’s prices
          </span>
        </Fact>
      </dl>
      {notes.length === 0 ? null : (
        <ul aria-label="What to know about these numbers">
          {notes.map((note, index) => (
            <li key={`${note.code}-${index}`}>
              <DiagnosticItem diagnostic={note} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Training scores are counted over this many of the budget's rows at most (core/train/execute.ts). */
const SCORED_ROWS = 1000;

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-quiet">{name}</dt>
      <dd className="m-0">{children}</dd>
    </div>
  );
}

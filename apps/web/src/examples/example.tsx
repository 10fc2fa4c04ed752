"use client";
import type { ExamplesView, RecordValue, ValueEdits } from "@seams/api";
import { EmptyState } from "@seams/ui";
import { useState } from "react";
import { PipelineTrace } from "./pipeline-trace";

/** The record's own values are one and the same for all pipelines. */
const isField = (place: string): boolean => place.startsWith("field ");

/** One record through every pipeline, side by side. What is changed of the record itself changes for all of them. */
export function Example({
  examples,
  position,
}: {
  readonly examples: ExamplesView;
  readonly position: number;
}) {
  const [edits, setEdits] = useState<Readonly<Record<string, ValueEdits>>>({});
  const all = examples.pipelines.map(({ trial }) => trial);
  const change = (trial: string, place: string, value: RecordValue | undefined): void =>
    setEdits((before) => {
      const next: Record<string, ValueEdits> = { ...before };
      for (const one of isField(place) ? all : [trial]) {
        const { [place]: _, ...others } = before[one] ?? {};
        next[one] = value === undefined ? others : { ...others, [place]: value };
      }
      return next;
    });
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      {examples.pipelines.map(({ pipeline, title, trial, status }) =>
        status === "done" ? (
          <PipelineTrace
            key={pipeline}
            title={title}
            trial={trial}
            position={position}
            edits={edits[trial] ?? {}}
            onEdit={(place, value) => change(trial, place, value)}
            onReset={() => setEdits((before) => ({ ...before, [trial]: {} }))}
          />
        ) : (
          <EmptyState key={pipeline} title={`${title}: ${status}`}>
            It has no trained pipeline to send a record through.
          </EmptyState>
        ),
      )}
    </div>
  );
}

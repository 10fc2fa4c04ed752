"use client";
import type { RecordValue, TraceView, ValueEdits } from "@seams/api";
import { Async, Badge, Button, Card, Skeleton } from "@seams/ui";
import { RotateCcw } from "lucide-react";
import { paths } from "../paths";
import { FixList } from "./fix-list";
import { outcomeWords } from "./outcome-words";
import { PlaceCard } from "./place-card";
import { useTrace } from "./use-trace";

interface PipelineTraceParts {
  readonly title: string;
  readonly trial: string;
  readonly position: number;
  readonly edits: ValueEdits;
  /** Gives a place a value, or takes it back. */
  readonly onEdit: (place: string, value: RecordValue | undefined) => void;
  readonly onReset: () => void;
}

/** One record on its way through one trained pipeline. */
export function PipelineTrace({ title, trial, position, edits, onEdit, onReset }: PipelineTraceParts) {
  const own = useTrace({ trial, position, edits: {} }, true);
  const changed = Object.keys(edits).length > 0;
  const followed = useTrace({ trial, position, edits }, changed);
  const query = changed ? { ...followed, data: followed.data ?? own.data } : own;
  return (
    <section aria-label={title} className="min-w-0">
      <Card className="flex flex-col gap-4 p-4">
        <header className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-base font-semibold">
            <a className="hover:underline" href={paths.run(trial)}>
              {title}
            </a>
          </h2>
          {changed ? (
            <Button tone="quiet" icon={<RotateCcw aria-hidden size={16} />} onClick={onReset}>
              Undo all changes
            </Button>
          ) : null}
        </header>
        <Async
          query={query}
          skeleton={<Skeleton className="h-96 w-full" />}
          safe="The trained pipeline is kept as it is; a change here is never stored."
        >
          {(trace) => (
            <>
              <Outcome trace={trace} before={changed ? own.data : undefined} />
              <FixList
                trace={trace}
                onFix={(place) => onEdit(place, trace.values.find((one) => one.place === place)?.truth)}
              />
              <ol className="flex flex-col gap-3">
                {trace.values.map((traced) => (
                  <PlaceCard
                    key={traced.place}
                    traced={traced}
                    before={own.data?.values.find(({ place }) => place === traced.place)?.value}
                    picture={pictureOf(trace)}
                    onEdit={(value) => onEdit(traced.place, value)}
                  />
                ))}
              </ol>
            </>
          )}
        </Async>
      </Card>
    </section>
  );
}

/** Whether the answer is right; after a change also what it was before. */
function Outcome({ trace, before }: { readonly trace: TraceView; readonly before: TraceView | undefined }) {
  const { outcome, values, milliseconds } = trace;
  const metric = values.at(-1)?.judgement?.metric;
  const words = outcomeWords(outcome, metric);
  const was = before === undefined ? undefined : outcomeWords(before.outcome, metric);
  return (
    <p aria-live="polite" className="flex flex-wrap items-center gap-2 text-sm">
      <Badge tone={outcome.right === undefined ? "neutral" : outcome.right ? "good" : "danger"}>
        The answer: {words}
      </Badge>
      {was === undefined || was === words ? null : <span>before the change: {was}</span>}
      <span className="text-quiet">in {milliseconds < 1 ? "less than 1" : Math.round(milliseconds)} ms</span>
    </p>
  );
}

/** The first picture of the record: what boxes are drawn on. */
function pictureOf({ values }: TraceView): Extract<RecordValue, { is: "image" }> | undefined {
  for (const { value } of values) if (value.is === "image") return value;
  return undefined;
}

"use client";
import type { TraceView } from "@seams/api";
import { metrics } from "@seams/core/measure";
import { Button } from "@seams/ui";
import { Wrench } from "lucide-react";
import { fixWords, isRepaired, outcomeWords } from "./outcome-words";

/** Which single fix repairs the answer, each one click away. */
export function FixList({
  trace,
  onFix,
}: {
  readonly trace: TraceView;
  readonly onFix: (place: string) => void;
}) {
  const { outcome, fixes, values } = trace;
  const metric = values.at(-1)?.judgement?.metric;
  if (outcome.right === undefined && outcome.score === undefined) return null;
  const higherIsBetter = metric === undefined || metrics[metric].higherIsBetter;
  const repairs = fixes.flatMap(({ place, outcome: after }) =>
    place !== undefined && isRepaired(outcome, after, higherIsBetter) ? [{ place, after }] : [],
  );
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2 text-sm">
      <p>{fixWords(trace, higherIsBetter)}</p>
      {repairs.length === 0 ? null : (
        <ul className="flex flex-wrap gap-2">
          {repairs.map(({ place, after }) => (
            <li key={place}>
              <Button icon={<Wrench aria-hidden size={16} />} onClick={() => onFix(place)}>
                <span>
                  the truth at <span className="font-mono">{place}</span>
                  {outcome.right === undefined ? ` (${outcomeWords(after, metric)})` : ""}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

"use client";
import { Chip, Section } from "@seams/ui";
import { useState } from "react";
import { isMilestone, type RunLog } from "./run-log";
import { eventWords } from "./run-words";

const NEWEST = 100;

/** What happened, newest last; measurements only where they are asked for. */
export function EventLog({ log }: { readonly log: RunLog }) {
  const [measurements, setMeasurements] = useState(false);
  const [all, setAll] = useState(false);
  const entries = measurements ? log.entries : log.entries.filter(isMilestone);
  const shown = all ? entries : entries.slice(-NEWEST);
  return (
    <Section
      title="Log"
      actions={
        <>
          {entries.length > NEWEST ? (
            <Chip pressed={all} onPress={() => setAll(!all)}>
              all {entries.length.toLocaleString("en")} lines
            </Chip>
          ) : null}
          <Chip pressed={measurements} onPress={() => setMeasurements(!measurements)}>
            measurements
          </Chip>
        </>
      }
    >
      {shown.length === 0 ? (
        <p className="text-sm text-quiet">Nothing has happened yet.</p>
      ) : (
        // Regions that scroll must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section
          aria-label="Log of the run"
          tabIndex={0}
          className="max-h-72 overflow-y-auto rounded-lg border border-line bg-surface p-3"
        >
          <ol className="flex flex-col gap-1 text-sm">
            {shown.map((entry) => (
              <li key={entry.seq} className="flex gap-3">
                <span className="w-14 shrink-0 text-right font-mono text-quiet">{entry.seq}</span>
                <span className="min-w-0 break-words">{eventWords(entry)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Section>
  );
}

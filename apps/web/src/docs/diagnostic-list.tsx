"use client";
import type { DiagnosticEntry } from "@seams/core";
import { EmptyState, SeverityIcon, TextInput } from "@seams/ui";
import { parseAsString, useQueryState } from "nuqs";
import { SUBJECTS } from "./subjects";

/** A code's documentation with the subject that it belongs to. */
export type DocumentedCode = DiagnosticEntry & { readonly subject: string };

/** All codes by subject, each with an anchor; a word narrows them down. */
export function DiagnosticList({ entries }: { readonly entries: readonly DocumentedCode[] }) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
  const shown = entries.filter((entry) => matches(entry, q));
  const subjects = [...new Set(shown.map(({ subject }) => subject))];
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <TextInput
          type="search"
          aria-label="Search diagnostics"
          placeholder="A code, or a word"
          className="w-64"
          value={q}
          onChange={(event) => void setQ(event.target.value === "" ? null : event.target.value)}
        />
        <span role="status" className="text-sm text-quiet">
          {shown.length} of {entries.length} codes
        </span>
      </div>
      {shown.length === 0 ? <EmptyState title="No code is like that" /> : null}
      {subjects.map((subject) => (
        <section key={subject} aria-labelledby={`subject-${subject}`} className="flex flex-col gap-3">
          <h2 id={`subject-${subject}`} className="text-base font-semibold">
            {SUBJECTS[subject] ?? subject}
          </h2>
          <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
            {shown
              .filter((entry) => entry.subject === subject)
              .map((entry) => (
                <Entry key={entry.code} entry={entry} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Entry({ entry: { code, severity, title, cause, remedy } }: { readonly entry: DocumentedCode }) {
  return (
    <li
      id={code}
      className="grid scroll-mt-4 gap-x-4 gap-y-1 p-3 text-sm target:bg-accent-soft md:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <div className="flex items-start gap-2">
        <span className="mt-0.5">
          <SeverityIcon severity={severity} />
        </span>
        <span className="min-w-0">
          <h3 className="font-medium">{title}</h3>
          <a href={`#${code}`} className="font-mono break-all text-quiet underline-offset-2 hover:underline">
            {code}
          </a>
        </span>
      </div>
      <div>
        <p>{cause}</p>
        <p className="text-quiet">{remedy}</p>
      </div>
    </li>
  );
}

function matches({ code, title, cause, remedy, subject }: DocumentedCode, q: string): boolean {
  const text = [code, title, cause, remedy, subject].join(" ").toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

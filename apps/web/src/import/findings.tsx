"use client";
import { isClean, type Diagnostic } from "@seams/core";
import { DiagnosticItem, Section } from "@seams/ui";

/** Everything that was found in a file: each with its row, its column, its reason and what to do. */
export function Findings({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  if (diagnostics.length === 0) return null;
  return (
    <Section
      title={isClean(diagnostics) ? "To know" : "What is wrong"}
      help={
        isClean(diagnostics)
          ? undefined
          : "With errors nothing is stored. Correct the description below, or the file."
      }
    >
      <ul className="flex max-h-96 flex-col divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface p-1">
        {diagnostics.map((diagnostic, index) => (
          <li key={`${diagnostic.code}-${index}`}>
            <DiagnosticItem diagnostic={diagnostic} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

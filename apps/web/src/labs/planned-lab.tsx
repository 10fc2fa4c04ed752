"use client";
import type { Checked } from "@seams/core";
import { type LabPlan, labTrials } from "@seams/core/labs";
import { DiagnosticItem } from "@seams/ui";

/** What a lab would be, before it is paid for: its size, or why it can't be. */
export function PlannedLab({ planned }: { readonly planned: Checked<LabPlan> | undefined }) {
  if (planned === undefined) return null;
  const { value: plan, diagnostics } = planned;
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {plan === undefined ? null : (
        <p className="text-sm text-quiet">
          {plan.variants.length} pipelines × {plan.budgets.length}{" "}
          {plan.budgets.length === 1 ? "number of rows" : "numbers of rows"} × {plan.seeds.length} seeds
          {plan.donors.length === 0
            ? ""
            : `, and ${plan.donors.length} ${plan.donors.length === 1 ? "start" : "starts"} to be trained first`}
          : {labTrials(plan).toLocaleString("en")} trials. What they have in common trains once.
        </p>
      )}
      {diagnostics.length === 0 ? null : (
        <ul className="flex flex-col gap-2">
          {diagnostics.map((diagnostic, index) => (
            <li key={`${diagnostic.code}-${index}`}>
              <DiagnosticItem diagnostic={diagnostic} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

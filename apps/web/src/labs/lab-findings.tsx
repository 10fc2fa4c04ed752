"use client";
import type { ExperimentView } from "@seams/api";
import { labPanels, type LabResult } from "@seams/core/labs";
import { Banner, Card, Section } from "@seams/ui";
import { AdviceList } from "../compare/advice-list";
import { metricLook } from "../scores";
import { LabPanelTable } from "./lab-panel-table";

interface LabFindingsParts {
  readonly experiment: ExperimentView;
  readonly lab: LabResult;
  /** Trials are still to come. */
  readonly partial: boolean;
}

/** What a lab found: in words, cell by cell, and what the rules make of it. */
export function LabFindings({ experiment, lab, partial }: LabFindingsParts) {
  const { words, metric, seeds, failures, advice } = lab;
  const panels = labPanels(lab);
  const arms = panels.filter(({ role }) => role !== "control");
  const controls = panels.filter(({ role }) => role === "control");
  const [first, ...rest] = words;
  return (
    <>
      <Card className="border-l-4 border-l-accent p-5">
        <section aria-label="Verdict" className="flex flex-col gap-2">
          <h2 className="text-sm font-medium text-quiet">
            {partial ? "What the trials that ended say so far" : "Verdict"}
          </h2>
          <p className="max-w-[70ch] text-lg font-semibold">{first}</p>
          {rest.map((sentence) => (
            <p key={sentence} className="max-w-[80ch]">
              {sentence}
            </p>
          ))}
        </section>
      </Card>
      <Section
        title="Gains, cell by cell"
        help={`Gain in ${metricLook(metric).title}, mean over ${seeds.length} seeds with its 95 % interval, paired by seed. What a cell says is corrected (Holm) over the cells of the grid, or of a task. Open a cell for its seeds.`}
      >
        <Panels panels={arms} lab={lab} />
      </Section>
      {controls.length === 0 ? null : (
        <Section
          title="Controls"
          help="Arms that must not gain, if what they leave out is what helps: labels of A that were shuffled, frozen features that are random."
        >
          <Panels panels={controls} lab={lab} />
        </Section>
      )}
      {failures.length === 0 ? null : (
        <Banner tone="warning">
          {failures.length} {failures.length === 1 ? "trial" : "trials"} failed and{" "}
          {failures.length === 1 ? "enters" : "enter"} no mean. The first: {failures[0]?.message}
        </Banner>
      )}
      <AdviceList experiment={experiment} advice={advice} metric={metric} />
    </>
  );
}

function Panels({ panels, lab }: { readonly panels: ReturnType<typeof labPanels>; readonly lab: LabResult }) {
  return (
    <ul className="grid grid-cols-1 gap-6 2xl:grid-cols-2">
      {panels.map((panel) => (
        <li key={panel.key} className="min-w-0">
          <LabPanelTable panel={panel} lab={lab} />
        </li>
      ))}
    </ul>
  );
}

"use client";
import type { ExperimentView, TrialStatus, TrialSummary } from "@seams/api";
import { Section } from "@seams/ui";
import clsx from "clsx";
import Link from "next/link";
import { paths } from "../paths";
import { STATUS_LOOK } from "../run/trial-status";
import { writeScore } from "../scores";

const CELLS: Readonly<Record<TrialStatus, string>> = {
  queued: "border-line bg-sunken text-quiet",
  running: "border-accent bg-accent-soft text-accent",
  done: "border-good/50 bg-good-soft text-good",
  failed: "border-danger/60 bg-danger-soft text-danger",
  cancelled: "border-warning/60 bg-warning-soft text-warning",
};

/** Every trial as a small cell that leads to its run. */
export function TrialGrid({ experiment }: { readonly experiment: ExperimentView }) {
  const { pipelines, budgets, trials } = experiment;
  const places = new Map<string, TrialSummary[]>();
  for (const trial of trials) {
    const key = placeKey(trial.pipeline, trial.budget);
    places.set(key, [...(places.get(key) ?? []), trial]);
  }
  return (
    <Section title="Trials" help="One cell a trial, seeds from left to right. Each leads to its run.">
      {/* Regions that scroll must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section
        aria-label="Trials by pipeline and rows"
        tabIndex={0}
        className="overflow-x-auto rounded-lg border border-line bg-surface p-3"
      >
        <table className="border-separate border-spacing-x-4 border-spacing-y-2 text-sm">
          <thead>
            <tr className="text-left text-quiet">
              <th scope="col" className="font-medium">
                Pipeline
              </th>
              {budgets.map((budget) => (
                <th key={budget} scope="col" className="font-medium whitespace-nowrap">
                  {budget.toLocaleString("en")} rows
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pipelines.map(({ id, title }) => (
              <tr key={id}>
                <th scope="row" className="max-w-48 text-left font-normal">
                  {title}
                </th>
                {budgets.map((budget) => (
                  <td key={budget} className="align-top">
                    <span className="flex max-w-48 flex-wrap gap-1">
                      {(places.get(placeKey(id, budget)) ?? []).map((trial) => (
                        <TrialCell key={trial.id} trial={trial} title={title} />
                      ))}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}

const placeKey = (pipeline: string, budget: number): string => JSON.stringify([pipeline, budget]);

function TrialCell({ trial, title }: { readonly trial: TrialSummary; readonly title: string }) {
  const { id, status, seed, budget, test, diagnostic } = trial;
  const [score] = Object.entries(test ?? {});
  const outcome =
    score !== undefined
      ? `, ${score[0]} ${writeScore(...score)}`
      : diagnostic === undefined
        ? ""
        : `, ${diagnostic.message}`;
  const words = `${title}, ${budget.toLocaleString("en")} rows, seed ${seed}: ${status}${outcome}`;
  return (
    <Link
      href={paths.run(id)}
      prefetch={false}
      aria-label={words}
      title={words}
      className={clsx("inline-flex size-6 items-center justify-center rounded-sm border", CELLS[status])}
    >
      {STATUS_LOOK[status].icon}
    </Link>
  );
}

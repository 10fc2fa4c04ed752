"use client";
import type { ExperimentView } from "@seams/api";
import { Async, Banner, EmptyState, Page, Skeleton, useAnnounce } from "@seams/ui";
import dynamic from "next/dynamic";
import { useEffect, useRef } from "react";
import type { LiveState } from "../live";
import { paths } from "../paths";
import { EngineLine } from "../run/engine-line";
import { Crumbs } from "../shell/crumbs";
import { ComparisonHeader } from "./comparison-header";
import { TrialGrid } from "./trial-grid";
import { useComparison } from "./use-comparison";
import { Verdict } from "./verdict";

const LabFindings = dynamic(() => import("../labs/lab-findings").then(({ LabFindings: Parts }) => Parts), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full" />,
});

// Charts and statistics are fetched when there are results.
const Results = dynamic(() => import("./results").then(({ Results: Parts }) => Parts), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full" />,
});

/** One experiment: what it says, and everything it says it from. */
export function ComparisonScreen({ id }: { readonly id: string }) {
  const { query, live } = useComparison(id);
  return (
    <Page wide>
      {query.data === undefined ? <h1 className="sr-only">Comparison</h1> : null}
      <Async
        query={query}
        skeleton={<Skeleton className="h-[70vh] w-full" />}
        safe="Trials that run go on: this page only shows them."
      >
        {(experiment) => <Loaded experiment={experiment} live={live} />}
      </Async>
    </Page>
  );
}

function Loaded({ experiment, live }: { readonly experiment: ExperimentView; readonly live: LiveState }) {
  const { status } = experiment;
  const moving = status === "queued" || status === "running";
  useSpokenEnd(moving);
  return (
    <>
      <Crumbs items={[{ label: "Compare", href: paths.comparisons() }, { label: experiment.title }]} />
      <ComparisonHeader experiment={experiment} />
      {moving && (live === "reconnecting" || live === "polling") ? (
        <Banner tone="warning">
          {live === "reconnecting"
            ? "Reconnecting… The trials themselves continue."
            : "Live events don't get through. This page asks every 3 seconds instead; the trials continue."}
        </Banner>
      ) : null}
      <Conclusions experiment={experiment} moving={moving} />
      <TrialGrid experiment={experiment} />
      <EngineLine engine={(experiment.comparison ?? experiment.lab)?.engine} />
    </>
  );
}

/** What follows from the trials that have ended: a comparison's verdict and figures, or a lab's grid. */
function Conclusions({
  experiment,
  moving,
}: {
  readonly experiment: ExperimentView;
  readonly moving: boolean;
}) {
  const { comparison, lab, trials } = experiment;
  const ended = trials.filter((trial) => trial.status !== "queued" && trial.status !== "running").length;
  const partial = ended < trials.length;
  if (lab !== null) return <LabFindings experiment={experiment} lab={lab} partial={partial} />;
  if (comparison === null)
    return (
      <EmptyState title={moving ? "No trial has ended yet" : "No trial has a result"}>
        {moving
          ? "The first results appear here as soon as they are there; what is missing is left out, never guessed."
          : "Failed trials say why on their own page; resume those that were cancelled."}
      </EmptyState>
    );
  return (
    <>
      <Verdict experiment={experiment} comparison={comparison} partial={partial} />
      <Results experiment={experiment} comparison={comparison} />
    </>
  );
}

/** Says once that all trials have ended. */
function useSpokenEnd(moving: boolean): void {
  const announce = useAnnounce();
  const before = useRef(moving);
  useEffect(() => {
    if (before.current && !moving)
      announce("All trials have ended. The verdict stands at the top of the page.");
    before.current = moving;
  }, [moving, announce]);
}

"use client";
import { Async, Banner, DiagnosticItem, Page, Skeleton, useAnnounce } from "@seams/ui";
import dynamic from "next/dynamic";
import { useEffect, useRef } from "react";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { EngineLine } from "./engine-line";
import { EventLog } from "./event-log";
import { RunHeader } from "./run-header";
import { RunResult } from "./run-result";
import { statusWords } from "./run-words";
import { StageList } from "./stage-list";
import { type Run, useRun } from "./use-run";

// Canvas and charts are fetched when there is something to draw.
const RunGraph = dynamic(() => import("./run-graph").then(({ RunGraph: Graph }) => Graph), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});
const PhaseCards = dynamic(() => import("./phase-cards").then(({ PhaseCards: Cards }) => Cards), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-full" />,
});

/** One trial: its status, its graph, its curves, its log. */
export function RunScreen({ id }: { readonly id: string }) {
  const { query } = useRun(id);
  return (
    <Page wide>
      {query.data === undefined ? <h1 className="sr-only">Run</h1> : null}
      <Async
        query={query}
        skeleton={<Skeleton className="h-[70vh] w-full" />}
        safe="The run itself goes on: this page only shows it."
      >
        {(run) => <Loaded run={run} />}
      </Async>
    </Page>
  );
}

function Loaded({ run }: { readonly run: Run }) {
  const { trial, log, live } = run;
  const { summary } = trial;
  useSpokenStatus(statusWords(log, summary.queuePosition));
  const diagnostic = summary.diagnostic ?? log.view.diagnostic;
  const moving = log.status === "queued" || log.status === "running";
  return (
    <>
      <Crumbs
        items={[{ label: "Runs", href: paths.runs() }, { label: `${trial.title}, seed ${summary.seed}` }]}
      />
      <RunHeader run={run} />
      {moving && (live === "reconnecting" || live === "polling") ? (
        <Banner tone="warning">
          {live === "reconnecting"
            ? "Reconnecting… The run itself continues; what happened meanwhile comes with the connection."
            : "Live events don't get through. This page asks every 3 seconds instead; the run itself continues."}
        </Banner>
      ) : null}
      {log.status === "failed" && diagnostic !== undefined ? (
        <section
          aria-label="Why it failed"
          className="flex flex-col gap-2 rounded-lg border border-danger/50 bg-surface p-3"
        >
          <DiagnosticItem diagnostic={diagnostic} />
          <p className="px-2 text-sm text-quiet">
            What was trained before stays in the cache. Resume goes on from the last checkpoint.
          </p>
        </section>
      ) : null}
      {/* Most pipelines are long and flat: across the page their stages can be read. */}
      <div className="h-64 overflow-hidden rounded-lg border border-line">
        <RunGraph trial={trial} log={log} />
      </div>
      <div className="grid gap-8 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <RunResult trial={trial} log={log} />
          <StageList trial={trial} log={log} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <PhaseCards trial={trial} log={log} />
        </div>
      </div>
      <EventLog log={log} />
      <EngineLine engine={log.view.engine} />
    </>
  );
}

/** Says a new status to those who don't see it; not the one that the page opened with. */
function useSpokenStatus(words: string): void {
  const announce = useAnnounce();
  const before = useRef(words);
  useEffect(() => {
    if (before.current === words) return;
    before.current = words;
    announce(`The run: ${words}.`);
  }, [words, announce]);
}

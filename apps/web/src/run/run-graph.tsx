"use client";
import { checkGraphDocument, compile, standardStages } from "@seams/core";
import { EmptyState, ErrorState, GraphCanvas, Skeleton } from "@seams/ui";
import { viewGraph } from "@seams/ui/graph";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { placesOf } from "../editor/layout";
import { useTRPC } from "../trpc";
import { stageProgress } from "./stage-progress";
import type { Run } from "./use-run";

/** The trial's graph as it was when it started, with the progress of each stage. */
export function RunGraph({ trial, log }: Pick<Run, "trial" | "log">) {
  const trpc = useTRPC();
  const read = useMemo(() => checkGraphDocument(trial.document), [trial.document]);
  const document = read.value;
  const problem = useQuery({
    ...trpc.problems.get.queryOptions({ id: trial.document.problem }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const schema = problem.data?.schema;
  const view = useMemo(() => {
    if (document === undefined || schema === undefined) return undefined;
    const { typed } = compile(document, { problem: schema });
    // The plan is the one that the trial carries out, whatever today's compiler would make.
    return viewGraph(document, { problem: schema, stages: standardStages, typed, plan: trial.plan });
  }, [document, schema, trial.plan]);
  const progress = useMemo(() => stageProgress(log.view, trial.plan), [log.view, trial.plan]);
  const layout = useMemo(
    () => (view === undefined || document === undefined ? {} : placesOf(document, view)),
    [view, document],
  );
  if (document === undefined) {
    return <EmptyState title="This graph was made by another version of Seams and can't be drawn." />;
  }
  if (problem.error !== null && schema === undefined) {
    return <ErrorState error={problem.error} onRetry={() => void problem.refetch()} />;
  }
  if (view === undefined) return <Skeleton className="h-full w-full" />;
  return (
    <GraphCanvas label={`The stages of ${trial.title}`} view={view} layout={layout} progress={progress} />
  );
}

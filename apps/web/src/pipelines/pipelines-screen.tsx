"use client";
import { Async, Button, EmptyState, Page, PageHeader, Section, Select, Skeleton } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { Crumbs } from "../shell/crumbs";
import { type Outputs, useTRPC } from "../trpc";
import { NewPipelineDialog } from "./new-pipeline-dialog";
import { PipelineTable } from "./pipeline-table";

const ALL = "all";

/** The list of pipelines, by problem; the URL keeps which problem. */
export function PipelinesScreen() {
  const trpc = useTRPC();
  const [problem, setProblem] = useQueryState("problem", parseAsString.withDefault(ALL));
  const [creating, setCreating] = useState(false);
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({}));
  const problems = useQuery(trpc.problems.list.queryOptions());
  const isShown = (pipeline: Outputs["pipelines"]["list"][number]): boolean =>
    problem === ALL || pipeline.problem === problem;
  return (
    <Page>
      <Crumbs items={[{ label: "My pipelines" }]} />
      <PageHeader
        title="My pipelines"
        lead="Each pipeline is one way to cut a problem into stages. Every save keeps the version before it."
        actions={
          <>
            <Select
              label="Problem"
              className="w-56"
              value={problem}
              onValueChange={(id) => void setProblem(id === ALL ? null : id)}
              choices={[
                { value: ALL, label: "All problems" },
                ...(problems.data ?? []).map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
            <Button tone="primary" icon={<Plus aria-hidden size={16} />} onClick={() => setCreating(true)}>
              New pipeline
            </Button>
          </>
        }
      />
      <Async
        query={pipelines}
        skeleton={<Skeleton className="h-96 w-full" />}
        safe="Your pipelines are stored by the API and are safe."
      >
        {(all) => {
          const own = all.filter((pipeline) => pipeline.origin === "own" && isShown(pipeline));
          const gallery = all.filter((pipeline) => pipeline.origin === "gallery" && isShown(pipeline));
          return (
            <div className="flex flex-col gap-8">
              {own.length === 0 ? (
                <EmptyState
                  title="No pipeline of your own yet"
                  action={<Button onClick={() => setCreating(true)}>Draw a new one</Button>}
                >
                  Start from an empty canvas, or open a pipeline of the gallery and change it: your first edit
                  makes a copy.
                </EmptyState>
              ) : (
                <PipelineTable caption="My pipelines" pipelines={own} />
              )}
              {gallery.length === 0 ? null : (
                <Section title="From the gallery" help="Read-only. Fork one to change it.">
                  <PipelineTable caption="Pipelines of the gallery" pipelines={gallery} />
                </Section>
              )}
            </div>
          );
        }}
      </Async>
      <NewPipelineDialog
        open={creating}
        onOpenChange={setCreating}
        problem={problem === ALL ? undefined : problem}
      />
    </Page>
  );
}

"use client";
import { checkGraphDocument } from "@seams/core";
import { Async, DiagnosticItem, EmptyState, Page, Skeleton } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { toast } from "sonner";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { type Outputs, useTRPC } from "../trpc";
import { readDraft } from "./draft-keeper";
import { Editor } from "./editor";
import { openPipeline } from "./open-pipeline";

/** Fetches a pipeline and its problem, then opens the editor. What comes later from the API goes through saving. */
export function EditorScreen({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const pipeline = useQuery({
    ...trpc.pipelines.get.queryOptions({ id }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Loaded query={pipeline} skeleton={<EditorSkeleton />}>
      {(view) => <WithProblem key={view.id} view={view} />}
    </Loaded>
  );
}

type PipelineView = Outputs["pipelines"]["get"];

function WithProblem({ view }: { readonly view: PipelineView }) {
  const trpc = useTRPC();
  const problem = useQuery({
    ...trpc.problems.get.queryOptions({ id: view.problem }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const read = useMemo(() => checkGraphDocument(view.document), [view.document]);
  const opened = useMemo(
    () =>
      read.value === undefined
        ? undefined
        : openPipeline({ ...view, document: read.value }, readDraft(localStorage, view.id)),
    [read.value, view],
  );
  const restored = opened?.restored === true;
  useEffect(() => {
    if (restored) toast.info("Changes that were not saved yet are back.");
  }, [restored]);
  if (opened === undefined) {
    return (
      <Page>
        <EmptyState title="This pipeline can't be read">
          It was made by another version of Seams, or it is damaged. It stays as it is.
        </EmptyState>
        <ul>
          {read.diagnostics.map((diagnostic, index) => (
            <li key={`${diagnostic.code}-${index}`}>
              <DiagnosticItem diagnostic={diagnostic} />
            </li>
          ))}
        </ul>
      </Page>
    );
  }
  return (
    <Loaded query={problem} skeleton={<EditorSkeleton />}>
      {({ card, schema }) => (
        <>
          <Crumbs
            items={[
              { label: card.title, href: paths.problem(card.id) },
              { label: "Pipelines", href: paths.pipelines() },
              { label: view.title },
            ]}
          />
          <Editor opened={opened} problem={schema} rows={card.rows.train} />
        </>
      )}
    </Loaded>
  );
}

/** `Async` without its frame for stale data: an editor keeps its own state. */
function Loaded<T>({
  query,
  skeleton,
  children,
}: {
  readonly query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  readonly skeleton: React.ReactNode;
  readonly children: (data: T) => React.ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  return (
    <Page>
      <Async query={query} skeleton={skeleton} safe="Your pipelines are stored by the API and are safe.">
        {() => null}
      </Async>
    </Page>
  );
}

function EditorSkeleton() {
  return <Skeleton className="h-[70vh] w-full" />;
}

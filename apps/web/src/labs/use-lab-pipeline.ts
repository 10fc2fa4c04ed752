"use client";
import { checkGraphDocument } from "@seams/core";
import type { LabPipeline } from "@seams/core/labs";
import type { PipelineView, ProblemView } from "@seams/api";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc";

/** A stored pipeline as labs are planned from it; undefined until it and its problem are known. */
export function useLabPipeline(id: string | undefined): LabPipeline | undefined {
  const trpc = useTRPC();
  const pipeline = useQuery({
    ...trpc.pipelines.get.queryOptions({ id: id ?? "" }),
    enabled: id !== undefined,
  });
  // Plain JSON: tRPC only rewrites its types.
  const found = pipeline.data as PipelineView | undefined;
  const problem = useQuery({
    ...trpc.problems.get.queryOptions({ id: found?.problem ?? "" }),
    enabled: found !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const facts = problem.data as ProblemView | undefined;
  if (id === undefined || found === undefined || facts === undefined) return undefined;
  const { value: document } = checkGraphDocument(found.document);
  if (document === undefined) return undefined;
  return { title: found.title, document, schema: facts.schema, rows: facts.card.rows.train };
}

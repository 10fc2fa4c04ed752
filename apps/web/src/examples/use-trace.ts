"use client";
import type { TraceView, ValueEdits } from "@seams/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "../trpc";

/** Which record goes through which trained pipeline, with which values given by hand. */
export interface TraceQuestion {
  readonly trial: string;
  readonly position: number;
  readonly edits: ValueEdits;
}

/** A record's way through a trained pipeline. While a new one is asked for, the last one stays. */
export function useTrace({ trial, position, edits }: TraceQuestion, enabled: boolean) {
  const client = useTRPCClient();
  const query = useQuery({
    queryKey: ["trace", trial, position, edits],
    queryFn: ({ signal }) => client.trials.trace.mutate({ id: trial, position, edits }, { signal }),
    placeholderData: keepPreviousData,
    // The same record through the same weights: the answer never changes.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled,
  });
  // The API's own type, through JSON: only `readonly` is lost on the way.
  return { ...query, data: query.data as TraceView | undefined };
}

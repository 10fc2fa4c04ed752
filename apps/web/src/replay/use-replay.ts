"use client";
import type { ReplayView } from "@seams/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "../trpc";

/** Which trained pipeline acts in which episode, and where the truth stands in for what a stage gives. */
export interface ReplayOf {
  readonly trial: string;
  readonly condition: string;
  readonly episode: number;
  readonly truthAt: readonly string[];
}

/** An episode of a trained pipeline. While another one is asked for, the last one stays. */
export function useReplay({ trial, condition, episode, truthAt }: ReplayOf) {
  const client = useTRPCClient();
  const query = useQuery({
    queryKey: ["replay", trial, condition, episode, truthAt],
    queryFn: ({ signal }) =>
      client.trials.replay.mutate({ id: trial, condition, episode, truthAt: [...truthAt] }, { signal }),
    placeholderData: keepPreviousData,
    // The same pipeline in the same episode: it never goes otherwise.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // The API's own type, through JSON: only `readonly` is lost on the way.
  return { ...query, data: query.data as ReplayView | undefined };
}

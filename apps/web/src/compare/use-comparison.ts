"use client";
import type { ExperimentView } from "@seams/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLive } from "../live";
import { useTRPC } from "../trpc";

/** Trials may end many times a second; the comparison is asked for at most this often. */
const REST_MS = 1_000;

/** An experiment, asked for anew whenever one of its trials changes its status. */
export function useComparison(id: string) {
  const trpc = useTRPC();
  const query = useQuery(trpc.experiments.get.queryOptions({ id }));
  const { refetch } = query;
  // What the API sends is plain JSON already; tRPC's types only lose what is `readonly` and `unknown` in it.
  const experiment = query.data as ExperimentView | undefined;
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const live = useLive({
    topic: experiment === undefined ? undefined : { experiment: id },
    after: experiment?.lastSeq ?? 0,
    onEvents: (events) => {
      if (waiting.current !== undefined || !events.some(({ event }) => event.type === "status")) return;
      waiting.current = setTimeout(() => {
        waiting.current = undefined;
        void refetch();
      }, REST_MS);
    },
    onPoll: () => void refetch(),
  });
  return { query: { ...query, data: experiment }, live };
}

/** Cancel and resume for all trials of an experiment. */
export function useExperimentActions(id: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = { onSettled: () => queries.invalidateQueries(trpc.experiments.get.queryFilter({ id })) };
  return {
    cancel: useMutation(trpc.experiments.cancel.mutationOptions(refresh)),
    resume: useMutation(trpc.experiments.resume.mutationOptions(refresh)),
  };
}

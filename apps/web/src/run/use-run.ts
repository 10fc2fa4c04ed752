"use client";
import type { TrialView } from "@seams/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type LiveState, useLive } from "../live";
import { useTRPC } from "../trpc";
import { extendLog, openLog, refreshLog, type RunLog } from "./run-log";

const QUEUE_MS = 3_000;

/** A trial, its log as it grows, and what can be asked of it. */
export interface Run {
  readonly trial: TrialView;
  readonly log: RunLog;
  readonly live: LiveState;
}

/** Follows a trial: what the API has, then every event behind it. A page opened in the middle misses nothing. */
export function useRun(id: string) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.trials.get.queryOptions({ id }),
    staleTime: Number.POSITIVE_INFINITY,
    // The place in the queue changes without an event of this trial.
    refetchInterval: ({ state }) => (state.data?.summary.status === "queued" ? QUEUE_MS : false),
  });
  const { refetch } = query;
  // What the API sends is plain JSON already; tRPC's types only lose what is `readonly` and `unknown` in it.
  const trial = query.data as TrialView | undefined;
  const [held, setHeld] = useState<{ readonly of: TrialView; readonly log: RunLog } | undefined>(undefined);
  // What the API answers anew replaces what is held, while rendering, so that no frame shows half of each.
  if (trial !== undefined && held?.of !== trial) {
    const same = held?.of.summary.id === trial.summary.id ? held : undefined;
    setHeld({ of: trial, log: same === undefined ? openLog(trial) : refreshLog(same.log, trial) });
  }
  const live = useLive({
    topic: trial === undefined ? undefined : { trial: id },
    after: trial?.lastSeq ?? 0,
    onEvents: (events) => {
      setHeld((before) => before && { ...before, log: extendLog(before.log, events) });
      // Times, scores and the queue's place stand in the summary.
      if (events.some(({ event }) => event.type === "status")) void refetch();
    },
    onPoll: () => void refetch(),
  });
  const run: Run | undefined = held && { trial: held.of, log: held.log, live };
  return { query: { ...query, data: run }, run };
}

/** Cancel and resume, by trial id. */
export function useTrialActions(id: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = { onSettled: () => queries.invalidateQueries(trpc.trials.get.queryFilter({ id })) };
  return {
    cancel: useMutation(trpc.trials.cancel.mutationOptions(refresh)),
    resume: useMutation(trpc.trials.resume.mutationOptions(refresh)),
  };
}

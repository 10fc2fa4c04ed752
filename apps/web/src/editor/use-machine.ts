"use client";
import type { MachineFacts } from "@seams/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc";

/** By what plans are priced on the machine that trains; undefined until it is known. */
export function useMachine(): MachineFacts | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.system.info.queryOptions()).data?.machine;
}

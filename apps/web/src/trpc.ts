"use client";
import type { AppRouter } from "@seams/api";
import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";

/** `useTRPC()` gives query and mutation options for TanStack Query: `useQuery(trpc.problems.list.queryOptions())`. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** What the API answers, by router and procedure. */
export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;

/** The API takes so many calls in one request. */
const MOST_AT_ONCE = 10;

/** The API on this page's own origin. */
export const createApiClient = (): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: "/api/trpc", maxURLLength: 4_000, maxItems: MOST_AT_ONCE })],
  });

/** The API's error where it answered with one; undefined where there was no answer. */
export function apiError(error: unknown): TRPCClientError<AppRouter> | undefined {
  return error instanceof TRPCClientError && error.data !== null && error.data !== undefined
    ? error
    : undefined;
}

"use client";
import { Announcer, TooltipProvider } from "@seams/ui";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import * as z from "zod";
import { apiError, createApiClient, TRPCProvider } from "../trpc";

// Zod would otherwise try to compile its checks, which the content security policy forbids (and logs).
z.config({ jitless: true });

const RETRIES = 2;
const FRESH_MS = 10_000;

/** What the whole application shares: theme, server state, URL state, tooltips, the live region. */
export function Providers({
  children,
  nonce,
}: {
  readonly children: ReactNode;
  readonly nonce: string | undefined;
}) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: FRESH_MS,
            // An answer that refuses stays a refusal; only silence is worth asking again.
            retry: (count, error) => apiError(error) === undefined && count < RETRIES,
          },
        },
      }),
  );
  const [client] = useState(createApiClient);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={client} queryClient={queries}>
          <NuqsAdapter>
            <TooltipProvider>
              <Announcer>{children}</Announcer>
            </TooltipProvider>
          </NuqsAdapter>
        </TRPCProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}

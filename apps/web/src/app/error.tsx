"use client";
import { ErrorState, Page } from "@seams/ui";

/** A mistake of ours on a page: the shell stays, the page can be tried again. */
export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <Page>
      <ErrorState
        error={Object.assign(new Error(error.message), { data: { httpStatus: 500 } })}
        safe="Your pipelines and runs are stored and safe."
        onRetry={reset}
      />
    </Page>
  );
}

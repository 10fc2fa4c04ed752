"use client";
import { type ReactNode, useSyncExternalStore } from "react";
import { Banner } from "./badge";
import { ErrorState, Skeleton } from "./states";

/** What a view needs to know of a query; TanStack's results fit as they are. */
export interface ViewQuery<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch?: () => unknown;
}

interface AsyncParts<T> {
  readonly query: ViewQuery<T>;
  /** Same size as the content. */
  readonly skeleton?: ReactNode;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
  /** Words for data that is there in part, for example "14 of 24 runs". */
  readonly partial?: (data: T) => ReactNode | undefined;
  /** What is not in danger when this fails. */
  readonly safe?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** The five states of a view in one place: loading, empty, partial, error, stale (the last data, greyed). */
export function Async<T>({ query, skeleton, isEmpty, empty, partial, safe, children }: AsyncParts<T>) {
  const { data, error, isPending, refetch } = query;
  const online = useOnline();
  const retry = refetch === undefined ? undefined : () => void refetch();
  if (data === undefined) {
    if (error !== null && error !== undefined)
      return <ErrorState error={error} safe={safe} onRetry={retry} />;
    if (isPending) {
      return (
        <div role="status" aria-label="Loading" data-state="loading">
          {skeleton ?? <Skeleton className="h-48 w-full" />}
        </div>
      );
    }
    return null;
  }
  const stale = (error !== null && error !== undefined) || !online;
  const note = partial?.(data);
  const content = isEmpty?.(data) === true && empty !== undefined ? empty : children(data);
  if (!stale && note === undefined) return content;
  return (
    <div className="flex flex-col gap-3" data-state={stale ? "stale" : "partial"}>
      {stale ? (
        <Banner tone="warning">Reconnecting… what you see is from the last answer.</Banner>
      ) : (
        <p className="text-sm text-quiet">{note}</p>
      )}
      <div className={stale ? "opacity-70" : undefined}>{content}</div>
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine,
    () => true,
  );
}

"use client";
import { CircleAlert, RotateCw } from "lucide-react";
import clsx from "clsx";
import type { ReactNode } from "react";
import { Button } from "./button";
import { DiagnosticItem } from "./diagnostic-item";
import { readFailure } from "./failure";

/** Stands where something will be: same size as what comes, seen only after 150 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <div
      aria-hidden
      className={clsx(
        "delayed rounded-md bg-sunken [animation:seams-appear_120ms_150ms_both,seams-breathe_1.6s_300ms_infinite]",
        className,
      )}
    />
  );
}

/** Nothing is there yet: says what would be, and offers one action. */
export function EmptyState({
  title,
  children,
  action,
  icon,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-edge/60 px-6 py-12 text-center">
      {icon === undefined ? null : <div className="text-quiet">{icon}</div>}
      <p className="text-base font-semibold">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-sm text-quiet">{children}</div>}
      {action}
    </div>
  );
}

/** What happened, what is safe, what to do. */
export function ErrorState({
  error,
  safe,
  onRetry,
}: {
  readonly error: unknown;
  readonly safe?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
}) {
  const failure = readFailure(error);
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-lg border border-danger/50 bg-surface p-4">
      <div className="flex items-start gap-3">
        <CircleAlert aria-hidden size={20} className="mt-0.5 shrink-0 text-danger" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{failure.title}</p>
          <p className="text-sm text-quiet">{failure.todo}</p>
          {safe === undefined ? null : <p className="text-sm text-quiet">{safe}</p>}
        </div>
        {onRetry === undefined ? null : (
          <Button icon={<RotateCw aria-hidden size={16} />} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
      {failure.diagnostics.length === 0 ? null : (
        <ul className="flex flex-col gap-2">
          {failure.diagnostics.map((diagnostic, index) => (
            <li key={`${diagnostic.code}-${index}`}>
              <DiagnosticItem diagnostic={diagnostic} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

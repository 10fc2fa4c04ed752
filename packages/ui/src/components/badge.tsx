import clsx from "clsx";
import type { ReactNode } from "react";

const TONES = {
  neutral: "bg-sunken text-quiet",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
} as const;

/** What a badge or note feels like. */
export type Tone = keyof typeof TONES;

/** A word about a thing: its state, its origin. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-sm font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A notice in the page: stays until its cause is gone. */
export function Banner({
  tone = "neutral",
  icon,
  children,
  actions,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md px-3 py-2 text-sm",
        TONES[tone],
      )}
    >
      {icon}
      <div className="min-w-0 flex-1 text-ink">{children}</div>
      {actions}
    </div>
  );
}

"use client";
import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Tooltip } from "./tooltip";

interface IconButtonLook {
  /** Its accessible name, shown as a tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown behind the label in the tooltip, for example "Ctrl+Z". */
  readonly keys?: string;
  /** A toggle's state. */
  readonly pressed?: boolean;
}

/** A press with an icon only; 32 × 32 px. */
export function IconButton({
  label,
  icon,
  keys,
  pressed,
  className,
  ...rest
}: IconButtonLook & ComponentProps<"button">) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={clsx(
          "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink transition-colors hover:bg-sunken disabled:opacity-40",
          "aria-pressed:bg-accent-soft aria-pressed:text-accent",
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}

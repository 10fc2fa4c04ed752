"use client";
import clsx from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";

/** A small thing in a list that may be chosen (`onPress` + `pressed`) or taken out (`onRemove`). */
export function Chip({
  children,
  pressed,
  onPress,
  onRemove,
  removeLabel,
}: {
  readonly children: ReactNode;
  readonly pressed?: boolean;
  readonly onPress?: () => void;
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
}) {
  const look = "inline-flex h-7 items-center gap-1.5 rounded-full border px-3 text-sm";
  if (onPress !== undefined) {
    return (
      <button
        type="button"
        aria-pressed={pressed === true}
        onClick={onPress}
        className={clsx(
          look,
          "transition-colors",
          pressed === true
            ? "border-accent bg-accent-soft text-accent"
            : "border-edge/60 bg-raised text-ink hover:bg-sunken",
        )}
      >
        {children}
      </button>
    );
  }
  return (
    <span className={clsx(look, "border-line bg-raised", onRemove !== undefined && "pr-1")}>
      {children}
      {onRemove === undefined ? null : (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove"}
          onClick={onRemove}
          className="inline-flex size-6 items-center justify-center rounded-full hover:bg-sunken"
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </span>
  );
}

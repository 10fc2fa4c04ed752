"use client";
import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

const TONES = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  plain: "bg-raised text-ink border-edge/60 hover:border-edge hover:bg-sunken",
  quiet: "bg-transparent text-ink border-transparent hover:bg-sunken",
  danger: "bg-raised text-danger border-danger/60 hover:bg-danger-soft",
} as const;

/** How much a button asks for attention; one `primary` a view. */
export type ButtonTone = keyof typeof TONES;

interface ButtonLook {
  readonly tone?: ButtonTone;
  /** Shows a spinner and refuses presses; the label stays. */
  readonly busy?: boolean;
  readonly icon?: ReactNode;
  /** Renders the only child (a link) with the button's look. */
  readonly asChild?: boolean;
}

/** A press. While `busy` it stays focusable and says so. */
export function Button({
  tone = "plain",
  busy,
  icon,
  asChild,
  className,
  children,
  onClick,
  ...rest
}: ButtonLook & ComponentProps<"button">) {
  const look = clsx(
    "inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md border px-3 text-sm font-medium whitespace-nowrap select-none transition-colors",
    "disabled:opacity-50 aria-disabled:opacity-50",
    TONES[tone],
    className,
  );
  if (asChild === true)
    return (
      <Slot.Root className={look} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button
      type="button"
      className={look}
      aria-busy={busy === true ? true : undefined}
      onClick={busy === true ? undefined : onClick}
      {...rest}
    >
      {busy === true ? <LoaderCircle aria-hidden size={16} className="animate-spin" /> : icon}
      {children}
    </button>
  );
}

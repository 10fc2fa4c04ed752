"use client";
import clsx from "clsx";
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { CONTROL } from "./control";

/** One choice of a select. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

interface SelectParts {
  readonly id?: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onValueChange: (value: string) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly className?: string;
}

/** One of a few. Values may not be empty texts (Radix keeps those for "nothing chosen"). */
export function Select({
  id,
  label,
  value,
  choices,
  onValueChange,
  placeholder,
  disabled,
  invalid,
  describedBy,
  className,
}: SelectParts) {
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled === true}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid === true}
        aria-describedby={describedBy}
        className={clsx(
          CONTROL,
          "inline-flex items-center justify-between gap-2 text-left",
          className ?? "w-full",
        )}
      >
        <span className="truncate data-placeholder:text-quiet">
          <Radix.Value placeholder={placeholder ?? "Choose…"} />
        </span>
        <Radix.Icon>
          <ChevronDown aria-hidden size={16} className="text-quiet" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-raised shadow-raised"
        >
          <Radix.Viewport className="p-1">
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={choice.value}
                disabled={choice.disabled === true}
                className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-accent-soft"
              >
                {choice.icon}
                <div className="flex-1">
                  <Radix.ItemText>{choice.label}</Radix.ItemText>
                  {choice.help === undefined ? null : (
                    <div className="max-w-72 text-quiet">{choice.help}</div>
                  )}
                </div>
                <Radix.ItemIndicator>
                  <Check aria-hidden size={16} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "./keys";

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly tone?: "danger";
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** Actions behind one button (its only child). A `"line"` separates groups. */
export function Menu({
  label,
  items,
  children,
}: {
  readonly label: string;
  readonly items: readonly (MenuItem | "line")[];
  readonly children: ReactNode;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-md border border-line bg-raised p-1 shadow-raised"
        >
          {items.map((item, index) =>
            item === "line" ? (
              <Radix.Separator key={`line-${index}`} className="my-1 h-px bg-line" />
            ) : (
              <Radix.Item
                key={item.label}
                disabled={item.disabled === true}
                onSelect={item.onSelect}
                className="flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-accent-soft data-[tone=danger]:text-danger"
                data-tone={item.tone}
              >
                {item.icon}
                <span className="flex-1">{item.label}</span>
                {item.keys === undefined ? null : <Keys keys={item.keys} />}
              </Radix.Item>
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** One tab and what is behind it. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  /** A count or mark behind the title. */
  readonly mark?: ReactNode;
  readonly content: ReactNode;
}

/** Views of one thing, one shown at a time. The caller keeps which (in the URL, where it is a page's). */
export function Tabs({
  label,
  tabs,
  value,
  onValueChange,
  actions,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  readonly actions?: ReactNode;
}) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center justify-between gap-4 border-b border-line">
        <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.id}
              value={tab.id}
              className="-mb-px inline-flex h-10 items-center gap-2 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-quiet outline-offset-[-2px] hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {tab.title}
              {tab.mark}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="min-h-0 flex-1 outline-offset-[-2px]">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

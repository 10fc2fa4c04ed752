"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface DrawerParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly description?: ReactNode;
  /** Beside the close button: steps to the next thing. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Details of one thing at the page's right, over a page that stays readable. Escape closes it. */
export function Drawer({ open, onOpenChange, title, description, actions, children }: DrawerParts) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-md flex-col border-l border-line bg-surface shadow-raised outline-none"
        >
          <header className="flex items-start justify-between gap-4 border-b border-line p-4">
            <div className="min-w-0">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="text-sm text-quiet">{description}</Radix.Description>
              )}
            </div>
            <div className="flex shrink-0 items-center gap-1">
              {actions}
              <Radix.Close
                aria-label="Close"
                className="inline-flex size-8 items-center justify-center rounded-md hover:bg-sunken"
              >
                <X aria-hidden size={16} />
              </Radix.Close>
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";
import { Checkbox, Dialog, Keys } from "@seams/ui";
import Link from "next/link";
import { paths } from "../paths";
import { type CommandGroup, useCommandGroups } from "./commands";
import { usePreferences } from "./preferences";

const EVERYWHERE: CommandGroup = {
  title: "Everywhere",
  commands: [
    { id: "palette", title: "Go to a page, or do something", keys: "Ctrl+K" },
    { id: "help", title: "This help", keys: "?" },
    { id: "close", title: "Close what is open", keys: "Esc" },
  ],
};

/** All shortcuts of what is on screen. */
export function HelpDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { groups } = useCommandGroups();
  const { singleKeys, setSingleKeys } = usePreferences();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="medium"
      title="Shortcuts"
      description="On a Mac, ⌘ works as Ctrl. Single keys work while the canvas has the focus."
    >
      <div className="columns-1 gap-8 pb-4 sm:columns-2">
        {[EVERYWHERE, ...groups].map((group) => (
          <section key={group.title} className="mb-4 break-inside-avoid" aria-label={group.title}>
            <h3 className="mb-1 text-sm font-semibold">{group.title}</h3>
            <dl className="flex flex-col gap-1 text-sm">
              {group.commands.map(({ id, title, keys }) =>
                keys === undefined ? null : (
                  <div key={id} className="flex items-baseline justify-between gap-4">
                    <dt>{title}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        label="Single-key shortcuts"
        help="Turn off where keys are pressed by accident, or by voice."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
      <p className="flex gap-4 pt-4 text-sm">
        {[
          { title: "Documentation", href: paths.docs() },
          { title: "Settings", href: paths.settings() },
        ].map(({ title, href }) => (
          <Link
            key={href}
            href={href}
            onClick={() => onOpenChange(false)}
            className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
          >
            {title}
          </Link>
        ))}
      </p>
    </Dialog>
  );
}

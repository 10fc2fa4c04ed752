"use client";
import { IconButton, Keys, Tooltip } from "@seams/ui";
import { CircleQuestionMark, Moon, Search, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { CrumbTrail } from "./crumbs";

/** Where one is, and what is always at hand: search, theme, help. */
export function TopBar({
  onPalette,
  onHelp,
}: {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}) {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <header className="flex h-14 shrink-0 items-center justify-between gap-4 border-b border-line bg-surface px-4">
      <CrumbTrail />
      <div className="flex shrink-0 items-center gap-1">
        <button
          type="button"
          onClick={onPalette}
          aria-keyshortcuts="Control+K"
          className="flex h-8 items-center gap-2 rounded-md border border-edge/60 bg-raised px-2 text-sm text-quiet hover:bg-sunken sm:w-56"
        >
          <Search aria-hidden size={16} />
          <span className="sr-only flex-1 text-left sm:not-sr-only">Go to or do…</span>
          <span className="hidden sm:inline">
            <Keys keys="Ctrl K" />
          </span>
        </button>
        <Tooltip text="Switch between light and dark">
          <button
            type="button"
            aria-label="Switch between light and dark"
            onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
            className="inline-flex size-8 items-center justify-center rounded-md hover:bg-sunken"
          >
            <Sun aria-hidden size={18} className="hidden dark:block" />
            <Moon aria-hidden size={18} className="dark:hidden" />
          </button>
        </Tooltip>
        <IconButton
          label="Help and shortcuts"
          keys="?"
          icon={<CircleQuestionMark aria-hidden size={18} />}
          onClick={onHelp}
        />
      </div>
    </header>
  );
}

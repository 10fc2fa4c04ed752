"use client";
import { Badge, IconButton, Tabs } from "@seams/ui";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { CompilePanel } from "./compile-panel";
import { useEditor } from "./editor-context";
import { JsonPanel } from "./json-panel";
import { ProblemsList } from "./problems-list";

/** Which tab the bottom panel shows. */
export type BottomTab = "compile" | "problems" | "json";

interface BottomPanelParts {
  readonly tab: BottomTab;
  readonly onTab: (tab: BottomTab) => void;
  /** Height in px; 0: folded away. */
  readonly height: number;
  readonly onHeight: (height: number) => void;
}

const TAB_BAR_PX = 41;
const MIN_PX = 96;
const STEP_PX = 24;
export const DEFAULT_BOTTOM_PX = 220;
const isTab = (id: string): id is BottomTab => id === "compile" || id === "problems" || id === "json";

/** Plan, problems and JSON under the canvas; its upper edge moves. */
export function BottomPanel({ tab, onTab, height, onHeight }: BottomPanelParts) {
  const { diagnostics, compilation } = useEditor();
  const grip = useRef<{ readonly y: number; readonly height: number } | undefined>(undefined);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const others = diagnostics.length - errors;
  const limited = (wish: number): number =>
    Math.min(Math.max(wish, MIN_PX), Math.round(window.innerHeight * 0.6));
  const onMove = (event: PointerEvent): void => {
    if (grip.current !== undefined) onHeight(limited(grip.current.height + grip.current.y - event.clientY));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onHeight(limited(height + (event.key === "ArrowUp" ? STEP_PX : -STEP_PX)));
  };
  const isOpen = height > 0;
  return (
    <section
      aria-label="Plan and problems"
      className="relative flex flex-col border-t border-line bg-surface"
      style={{ height: TAB_BAR_PX + height }}
    >
      {isOpen ? (
        <hr
          aria-label="Height of the panel"
          aria-orientation="horizontal"
          aria-valuenow={height}
          aria-valuemin={MIN_PX}
          aria-valuemax={1_000}
          tabIndex={0}
          className="absolute inset-x-0 -top-1 z-10 h-2 cursor-row-resize border-0 hover:bg-accent-soft"
          onPointerDown={(event) => {
            grip.current = { y: event.clientY, height };
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={onMove}
          onPointerUp={() => {
            grip.current = undefined;
          }}
          onKeyDown={onKey}
        />
      ) : null}
      <Tabs
        label="Plan and problems"
        value={tab}
        onValueChange={(id) => {
          if (!isTab(id)) return;
          onTab(id);
          if (!isOpen) onHeight(DEFAULT_BOTTOM_PX);
        }}
        actions={
          <span className="mr-2">
            <IconButton
              label={isOpen ? "Fold the panel away" : "Open the panel"}
              icon={isOpen ? <ChevronDown aria-hidden size={16} /> : <ChevronUp aria-hidden size={16} />}
              onClick={() => onHeight(isOpen ? 0 : DEFAULT_BOTTOM_PX)}
            />
          </span>
        }
        tabs={[
          {
            id: "compile",
            title: "Plan",
            mark:
              compilation?.plan === undefined ? undefined : (
                <Badge>{compilation.plan.phases.length} phases</Badge>
              ),
            content: <Scroll>{isOpen ? <CompilePanel /> : null}</Scroll>,
          },
          {
            id: "problems",
            title: "Problems",
            mark: (
              <>
                {errors > 0 ? <Badge tone="danger">{errors}</Badge> : null}
                {others > 0 ? <Badge tone="warning">{others}</Badge> : null}
              </>
            ),
            content: <Scroll>{isOpen ? <ProblemsList /> : null}</Scroll>,
          },
          { id: "json", title: "JSON", content: <Scroll>{isOpen ? <JsonPanel /> : null}</Scroll> },
        ]}
      />
    </section>
  );
}

function Scroll({ children }: { readonly children: React.ReactNode }) {
  // What scrolls must take the focus, or arrow keys cannot scroll it.
  return (
    <div tabIndex={0} className="h-full overflow-y-auto">
      {children}
    </div>
  );
}

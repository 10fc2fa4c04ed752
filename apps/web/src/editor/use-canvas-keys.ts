"use client";
import { useReactFlow } from "@xyflow/react";
import type { KeyboardEvent } from "react";
import { usePreferences } from "../shell/preferences";
import { disconnect, moveStages, removeStages } from "./commands";
import { useEditor } from "./editor-context";
import { neighbour } from "./order";
import { useDuplicate } from "./use-clipboard";

const STEP_PX = 10;
const LONG_STEPS = 5;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const WAYS = {
  ArrowLeft: "upstream",
  ArrowRight: "downstream",
  ArrowUp: "previous",
  ArrowDown: "next",
} as const;

/** Keys of the canvas; those of the whole editor (undo, outline, problems) are in use-editor-keys. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const {
    editor,
    edit,
    view,
    places,
    document,
    locked,
    focusStage,
    focusCanvas,
    focusInspector,
    arrange,
    openAdd,
    openConnect,
    announce,
  } = useEditor();
  const flow = useReactFlow();
  const duplicate = useDuplicate();

  const chosen = (): readonly string[] => {
    const { selection, active } = editor.store.getState();
    if (selection.stages.length > 0) return selection.stages;
    return active === undefined ? [] : [active];
  };
  const move = ([x, y]: readonly [number, number], steps: number): void => {
    const moved = chosen().map((stage) => {
      const [left, top] = places[stage] ?? [0, 0];
      return [stage, [left + x * STEP_PX * steps, top + y * STEP_PX * steps] as const] as const;
    });
    edit((before) => moveStages(before, Object.fromEntries(moved)), `move ${chosen().join(" ")}`);
  };
  const remove = (): void => {
    const { selection } = editor.store.getState();
    const links = document.links.filter(({ from, to }) => selection.links.includes(`${from}>${to}`));
    const stages = selection.links.length > 0 && selection.stages.length === 0 ? [] : chosen();
    edit((before) => removeStages(disconnect(before, links), stages));
    announce(
      `Removed ${[...stages, ...links.map(({ from, to }) => `the link from ${from} to ${to}`)].join(", ")}.`,
    );
    const next = editor.store.getState().active;
    if (next === undefined) focusCanvas();
    else focusStage(next);
  };
  const walk = (key: keyof typeof WAYS): void => {
    const { active } = editor.store.getState();
    const next = active === undefined ? undefined : neighbour(view, active, WAYS[key]);
    if (next === undefined) return announce(`No stage ${WAYS[key]}.`);
    editor.select({ stages: [next] });
    focusStage(next);
  };

  /** Keys with Ctrl or ⌘. */
  const withControl = (event: KeyboardEvent): boolean => {
    if (event.altKey) return false;
    switch (event.key.toLowerCase()) {
      case "a":
        editor.select({
          stages: Object.keys(document.stages),
          links: document.links.map(({ from, to }) => `${from}>${to}`),
        });
        return true;
      case "d":
        if (!locked) duplicate(chosen());
        return true;
      default:
        return false;
    }
  };
  const editing = (event: KeyboardEvent): boolean => {
    const { active } = editor.store.getState();
    switch (event.key) {
      case "a":
      case "A":
      case "/":
        openAdd({});
        return true;
      case "c":
      case "C":
        if (active !== undefined) openConnect({ stage: active });
        return true;
      case "l":
      case "L":
        arrange();
        return true;
      default:
        return false;
    }
  };
  const single = (event: KeyboardEvent): boolean => {
    if (!usePreferences.getState().singleKeys) return false;
    if (!locked && editing(event)) return true;
    if (event.key === ".") {
      void flow.fitView({ nodes: chosen().map((id) => ({ id })), maxZoom: 1, padding: 0.4 });
      return true;
    }
    if (event.shiftKey && event.code === "Digit1") {
      void flow.fitView({ padding: 0.15, maxZoom: 1 });
      return true;
    }
    return false;
  };
  const named = (event: KeyboardEvent): boolean => {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      if (!locked) move(arrow, event.shiftKey ? LONG_STEPS : 1);
      return true;
    }
    switch (event.key) {
      case "Enter": {
        const { active } = editor.store.getState();
        if (active !== undefined) editor.select({ stages: [active] });
        focusInspector();
        return true;
      }
      case " ": {
        const { active } = editor.store.getState();
        if (active !== undefined) editor.select({ stages: [active] });
        return true;
      }
      case "Delete":
      case "Backspace":
        if (!locked) remove();
        return true;
      case "Escape":
        if (editor.store.getState().wire !== undefined) editor.setWire(undefined);
        else editor.select({});
        return true;
      default:
        return single(event);
    }
  };

  return (event) => {
    if (event.defaultPrevented) return;
    const key = event.key;
    const isWay = key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
    let done = false;
    if (event.ctrlKey || event.metaKey) done = withControl(event);
    else if (event.altKey) {
      if (isWay) walk(key);
      done = isWay;
    } else done = named(event);
    if (done) event.preventDefault();
  };
}

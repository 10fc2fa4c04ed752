"use client";
import { useEffect, useMemo, useRef } from "react";
import { type Command, useCommands } from "../shell/commands";
import type { EditorKeys } from "./use-editor-keys";

type Actions = EditorKeys & {
  readonly compare: () => void;
  readonly add: () => void;
  readonly arrange: () => void;
};

/** Puts the editor's actions into the palette and its keys into the help. */
export function useEditorCommands(actions: Actions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: "train", title: "Train this pipeline", keys: "Ctrl+Enter", run: () => current.current.train() },
      { id: "compare", title: "Compare with other pipelines", run: () => current.current.compare() },
      { id: "undo", title: "Undo", keys: "Ctrl+Z", run: () => current.current.undo() },
      { id: "redo", title: "Redo", keys: "Ctrl+Shift+Z", run: () => current.current.redo() },
      { id: "save", title: "Save now", keys: "Ctrl+S", run: () => current.current.save() },
      { id: "next", title: "Next problem", keys: "F8", run: () => current.current.nextProblem(1) },
      {
        id: "previous",
        title: "Problem before",
        keys: "Shift+F8",
        run: () => current.current.nextProblem(-1),
      },
      { id: "outline", title: "Outline or canvas", keys: "Alt+O", run: () => current.current.outline() },
      { id: "import", title: "Import JSON", keys: "Ctrl+I", run: () => current.current.importFile() },
      { id: "export", title: "Export JSON", keys: "Ctrl+E", run: () => current.current.exportFile() },
    ],
    [],
  );
  const onCanvas = useMemo<readonly Command[]>(
    () => [
      { id: "add", title: "Add a stage", keys: "A or /", run: () => current.current.add() },
      { id: "connect", title: "Connect the stage", keys: "C" },
      { id: "port", title: "To the stage's ports; start or end a link", keys: "Tab, Enter" },
      { id: "settings", title: "Settings of the stage", keys: "Enter" },
      { id: "back", title: "Back to the canvas; cancel a link; choose nothing", keys: "Esc" },
      { id: "arrange", title: "Arrange the stages", keys: "L", run: () => current.current.arrange() },
      { id: "move", title: "Move the stage 10 px (with Shift: 50 px)", keys: "Arrows" },
      { id: "along", title: "Stage before or behind, along a link", keys: "Alt+← →" },
      { id: "beside", title: "Stage above or below in the order", keys: "Alt+↑ ↓" },
      { id: "all", title: "Choose everything", keys: "Ctrl+A" },
      { id: "copy", title: "Copy, cut, paste", keys: "Ctrl+C X V" },
      { id: "incoming", title: "Paste with the links that came in", keys: "Ctrl+Shift+V" },
      { id: "duplicate", title: "Duplicate", keys: "Ctrl+D" },
      { id: "delete", title: "Delete", keys: "Del" },
      { id: "zoom", title: "Show what is chosen", keys: "." },
      { id: "fit", title: "Show everything", keys: "Shift+1" },
    ],
    [],
  );
  useCommands("Pipeline", commands);
  useCommands("Canvas", onCanvas);
}

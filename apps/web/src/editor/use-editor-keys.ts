"use client";
import { useEffect, useRef } from "react";
import { isTyping } from "../shell/preferences";

/** What the editor's own keys do, wherever the focus is on its page. */
export interface EditorKeys {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly save: () => void;
  readonly exportFile: () => void;
  readonly importFile: () => void;
  readonly train: () => void;
  readonly outline: () => void;
  readonly nextProblem: (step: 1 | -1) => void;
}

/** Listens for the editor's keys. Undo in a text being written stays the text's own. */
export function useEditorKeys(keys: EditorKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const done =
        event.ctrlKey || event.metaKey ? withControl(event, current.current) : others(event, current.current);
      if (done) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function withControl(event: KeyboardEvent, keys: EditorKeys): boolean {
  if (event.altKey) return false;
  switch (event.key.toLowerCase()) {
    case "z":
      if (isTyping(event.target)) return false;
      if (event.shiftKey) keys.redo();
      else keys.undo();
      return true;
    case "y":
      if (isTyping(event.target)) return false;
      keys.redo();
      return true;
    case "s":
      keys.save();
      return true;
    case "e":
      keys.exportFile();
      return true;
    case "i":
      if (event.shiftKey) return false;
      keys.importFile();
      return true;
    case "enter":
      keys.train();
      return true;
    default:
      return false;
  }
}

function others(event: KeyboardEvent, keys: EditorKeys): boolean {
  if (event.altKey && event.code === "KeyO") {
    keys.outline();
    return true;
  }
  if (event.key === "F8") {
    keys.nextProblem(event.shiftKey ? -1 : 1);
    return true;
  }
  return false;
}

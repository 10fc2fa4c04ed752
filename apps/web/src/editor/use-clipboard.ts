"use client";
import { checkGraphDocument, readGraphDocument } from "@seams/core";
import { type ClipboardEvent, type KeyboardEvent, useRef } from "react";
import { fragment, paste, removeStages } from "./commands";
import { useEditor } from "./editor-context";

/** Copies stages beside themselves, with the links that come in. */
export function useDuplicate(): (stages: readonly string[]) => void {
  const { editor, edit, announce, focusStage, places } = useEditor();
  return (stages) => {
    if (stages.length === 0) return;
    let pasted: readonly string[] = [];
    edit((before) => {
      const placed = {
        ...before,
        layout: Object.fromEntries(
          Object.entries(places).map(([name, [x, y]]) => [name, [x, y] as [number, number]]),
        ),
      };
      const result = paste(placed, fragment(placed, stages), "keep");
      pasted = result.pasted;
      return result.document;
    });
    editor.select({ stages: pasted });
    if (pasted[0] !== undefined) focusStage(pasted[0]);
    announce(`Duplicated ${pasted.join(", ")}.`);
  };
}

/** Copy, cut and paste of stages as text: a graph document, which other pipelines and editors understand too. */
export function useClipboard() {
  const { editor, edit, locked, places, announce, focusStage } = useEditor();
  const keepsIncoming = useRef(false);

  const copied = (event: ClipboardEvent): readonly string[] => {
    const { document, selection, active } = editor.store.getState();
    const stages = selection.stages.length > 0 ? selection.stages : active === undefined ? [] : [active];
    if (stages.length === 0) return [];
    const placed = {
      ...document,
      layout: Object.fromEntries(
        Object.entries(places).map(([name, [x, y]]) => [name, [x, y] as [number, number]]),
      ),
    };
    event.clipboardData.setData("text/plain", JSON.stringify(fragment(placed, stages), null, 2));
    event.preventDefault();
    return stages;
  };
  return {
    onKeyDownCapture: (event: KeyboardEvent): void => {
      // The paste event itself doesn't say whether Shift was held.
      keepsIncoming.current = event.shiftKey;
    },
    onCopy: (event: ClipboardEvent): void => {
      const stages = copied(event);
      if (stages.length > 0) announce(`Copied ${stages.join(", ")}.`);
    },
    onCut: (event: ClipboardEvent): void => {
      if (locked) return;
      const stages = copied(event);
      edit((before) => removeStages(before, stages));
      if (stages.length > 0) announce(`Cut ${stages.join(", ")}.`);
    },
    onPaste: (event: ClipboardEvent): void => {
      if (locked) return;
      const read = readGraphDocument(event.clipboardData.getData("text/plain"));
      const part = read.value;
      if (part === undefined) return announce("The clipboard holds no stages.");
      event.preventDefault();
      let pasted: readonly string[] = [];
      edit((before) => {
        const result = paste(before, part, keepsIncoming.current ? "keep" : "drop");
        // A document stays a document whatever was pasted: names and sizes are checked as for any other source.
        if (checkGraphDocument(result.document).value === undefined) return before;
        pasted = result.pasted;
        return result.document;
      });
      editor.select({ stages: pasted });
      if (pasted[0] !== undefined) focusStage(pasted[0]);
      announce(`Pasted ${pasted.join(", ")}.`);
    },
  };
}

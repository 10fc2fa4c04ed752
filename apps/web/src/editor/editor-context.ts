"use client";
import type { Compilation, Diagnostic, GraphDocument, Place } from "@seams/core";
import type { PortRef } from "@seams/ui";
import type { GraphView, Layout } from "@seams/ui/graph";
import { createContext, useContext } from "react";
import type { Autosave } from "./autosave";
import type { Point } from "./commands";
import type { CompileContext, Ends } from "./judge-link";
import type { Editor, Selection } from "./store";

/** What is asked for when a stage is to be added: where, and at the end of which wire. */
export interface AddRequest {
  readonly at?: Point;
  readonly wire?: PortRef;
}

/** Everything the parts of an editor share. */
export interface EditorParts {
  readonly editor: Editor;
  readonly document: GraphDocument;
  readonly selection: Selection;
  readonly context: CompileContext;
  readonly view: GraphView;
  readonly places: Layout;
  readonly compilation: Compilation | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly autosave: Autosave;
  /** Nothing can be changed: the document has parts that this version doesn't know. */
  readonly locked: boolean;
  /** Changes the document; a gallery pipeline's first change renames it into a fork. */
  readonly edit: Editor["edit"];
  readonly judge: (ends: Ends) => string | undefined;
  /** Makes a link, or says to everyone why not. */
  readonly link: (ends: Ends) => boolean;
  readonly openAdd: (request: AddRequest) => void;
  readonly openConnect: (from: PortRef | { readonly stage: string }) => void;
  /** Shows a place: selects it, brings it into sight. */
  readonly goTo: (place: Place) => void;
  /** Gives a stage on the canvas the keyboard's focus. */
  readonly focusStage: (stage: string) => void;
  /** Gives the canvas itself the focus, where no stage is left to have it. */
  readonly focusCanvas: () => void;
  readonly focusInspector: () => void;
  /** Lays all stages out anew, from left to right. */
  readonly arrange: () => void;
  readonly announce: (words: string) => void;
}

const Parts = createContext<EditorParts | undefined>(undefined);
export const EditorProvider = Parts.Provider;

/**
 * The editor around a component.
 * @throws Error outside of one
 */
export function useEditor(): EditorParts {
  const parts = useContext(Parts);
  if (parts === undefined) throw new Error("useEditor: there is no editor around this component");
  return parts;
}

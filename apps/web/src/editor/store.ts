import type { GraphDocument } from "@seams/core";
import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { PortRef } from "@seams/ui";

/** What is chosen on the canvas: stages by name, links by their id. */
export interface Selection {
  readonly stages: readonly string[];
  readonly links: readonly string[];
}

/** One editor's state. Only the document is remembered for undo. */
export interface EditorState {
  readonly document: GraphDocument;
  readonly selection: Selection;
  /** The stage that the keyboard is at. */
  readonly active: string | undefined;
  /** The port that a wire in hand starts from. */
  readonly wire: PortRef | undefined;
}

/** Steps that can be taken back. */
const UNDO_STEPS = 200;
/** Changes of one param within this time are one step: a word is typed, not its letters. */
const SAME_STEP_MS = 1_000;

const NOTHING: Selection = { stages: [], links: [] };

/** Makes an editor around a document. */
export function createEditor(document: GraphDocument, now: () => number = () => performance.now()) {
  const store = createStore<EditorState>()(
    temporal(
      (): EditorState => ({
        document,
        selection: NOTHING,
        active: Object.keys(document.stages)[0],
        wire: undefined,
      }),
      {
        partialize: (state): Pick<EditorState, "document"> => ({ document: state.document }),
        equality: (a, b) => a.document === b.document,
        limit: UNDO_STEPS,
      },
    ),
  );
  let last: { readonly step: string; readonly at: number } | undefined;

  /** Changes the document: one undo step, or part of the one before where both carry the same `step` name. */
  function edit(change: (document: GraphDocument) => GraphDocument, step?: string): void {
    const before = store.getState().document;
    const after = change(before);
    if (after === before) return;
    const at = now();
    const goesOn = step !== undefined && last?.step === step && at - last.at < SAME_STEP_MS;
    const { pause, resume } = store.temporal.getState();
    if (goesOn) pause();
    store.setState({ document: after, ...stillThere(store.getState(), after) });
    if (goesOn) resume();
    last = step === undefined ? undefined : { step, at };
  }

  function travel(direction: "undo" | "redo"): boolean {
    const { pastStates, futureStates, undo, redo } = store.temporal.getState();
    if ((direction === "undo" ? pastStates : futureStates).length === 0) return false;
    last = undefined;
    if (direction === "undo") undo();
    else redo();
    store.setState((state) => stillThere(state, state.document));
    return true;
  }

  return {
    store,
    edit,
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    /** Another document in place of this one; nothing of before can be undone into it. */
    replace: (next: GraphDocument): void => {
      store.setState({ document: next, ...stillThere(store.getState(), next), wire: undefined });
      store.temporal.getState().clear();
      last = undefined;
    },
    select: (selection: Partial<Selection>): void => {
      const next = { ...NOTHING, ...selection };
      store.setState({ selection: next, ...(next.stages.length === 1 ? { active: next.stages[0] } : {}) });
    },
    setActive: (active: string | undefined): void => store.setState({ active }),
    setWire: (wire: PortRef | undefined): void => store.setState({ wire }),
  };
}

/** An editor: its state and what can be done to it. */
export type Editor = ReturnType<typeof createEditor>;

/** Selection and keyboard place without what is gone. */
function stillThere(
  { selection, active }: EditorState,
  document: GraphDocument,
): Pick<EditorState, "selection" | "active"> {
  const hasStage = (name: string): boolean => Object.hasOwn(document.stages, name);
  const links = new Set(document.links.map(({ from, to }) => `${from}>${to}`));
  const kept = {
    stages: selection.stages.filter(hasStage),
    links: selection.links.filter((id) => links.has(id)),
  };
  const same = kept.stages.length === selection.stages.length && kept.links.length === selection.links.length;
  return {
    selection: same ? selection : kept,
    active: active !== undefined && hasStage(active) ? active : Object.keys(document.stages)[0],
  };
}

"use client";
import { Button } from "@seams/ui";
import { Plus } from "lucide-react";
import { addStage } from "./commands";
import { useEditor } from "./editor-context";
import { initialName, initialParams } from "./initial-params";

const COLUMN = 640;
const ROW = 136;

/** What an empty canvas offers: the problem's two ends, or a stage of one's choice. */
export function EmptyCanvas() {
  const { edit, context, openAdd, locked, editor, focusStage } = useEditor();
  if (locked) return null;
  const placeEnds = (): void => {
    edit((before) => {
      let next = before;
      for (const kind of context.stages.kinds.values()) {
        if (kind.role !== "source" && kind.role !== "output") continue;
        const fields = kind.role === "source" ? context.problem.input : context.problem.target;
        fields.forEach((_field, row) => {
          const params = initialParams(kind, next, context.problem);
          next = addStage(next, {
            name: initialName(kind, params, next),
            kind: kind.kind,
            params,
            at: [kind.role === "source" ? 0 : COLUMN, row * ROW],
          });
        });
      }
      return next;
    });
    const first = Object.keys(editor.store.getState().document.stages)[0];
    if (first !== undefined) focusStage(first);
  };
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
      <div className="pointer-events-auto flex max-w-sm flex-col items-center gap-3 rounded-lg border border-dashed border-edge bg-surface p-6 text-center">
        <p className="font-semibold">An empty canvas</p>
        <p className="text-sm text-quiet">
          Put down the problem’s inputs and targets, then draw what lies between them.
        </p>
        <Button tone="primary" onClick={placeEnds}>
          Start with {context.problem.input.join(", ")} → ? → {context.problem.target.join(", ")}
        </Button>
        <Button tone="quiet" icon={<Plus aria-hidden size={16} />} onClick={() => openAdd({})}>
          Add a stage
        </Button>
      </div>
    </div>
  );
}

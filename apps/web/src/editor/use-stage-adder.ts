"use client";
import type { StageKind } from "@seams/core";
import type { PortRef } from "@seams/ui";
import { STAGE } from "@seams/ui/graph";
import { addStage, connect, type Point } from "./commands";
import { useEditor } from "./editor-context";
import { initialName, initialParams } from "./initial-params";
import { endsOf } from "./port-candidates";

/** A stage to add: of which kind, where, and at the end of which wire. */
export interface NewStage {
  readonly kind: StageKind;
  readonly at?: Point | undefined;
  readonly wire?: { readonly from: PortRef; readonly port: string } | undefined;
}

const BESIDE = 96;
const DOWN = 48;

/** Adds a stage as one undo step, with its link where there is a wire, and gives it the focus. */
export function useStageAdder(): (stage: NewStage) => void {
  const { editor, edit, context, places, focusStage, announce } = useEditor();
  return ({ kind, at, wire }) => {
    const { document, active } = editor.store.getState();
    const params = initialParams(kind, document, context.problem);
    const name = initialName(kind, params, document);
    const place = at ?? freePlace(active === undefined ? undefined : places[active], Object.values(places));
    edit((before) => {
      const added = addStage(before, {
        name,
        kind: kind.kind,
        params,
        at: [Math.round(place[0]), Math.round(place[1])],
      });
      const ends =
        wire === undefined
          ? undefined
          : endsOf(wire.from, {
              stage: name,
              port: wire.port,
              side: wire.from.side === "output" ? "input" : "output",
            });
      return ends === undefined ? added : connect(added, ends);
    });
    editor.select({ stages: [name] });
    focusStage(name);
    announce(`Added ${name}, ${kind.title}.`);
  };
}

/** Right of a stage, further down where something stands there already. */
function freePlace(beside: Point | undefined, taken: readonly Point[]): Point {
  const x = beside === undefined ? 0 : beside[0] + STAGE.width + BESIDE;
  let y = beside === undefined ? 0 : beside[1];
  const isTaken = (): boolean =>
    taken.some(([left, top]) => Math.abs(left - x) < STAGE.width && Math.abs(top - y) < DOWN * 2);
  while (isTaken()) y += DOWN;
  return [x, y];
}

"use client";
import { STAGE } from "@seams/ui/graph";
import { useReactFlow } from "@xyflow/react";
import { type FocusEvent, type RefObject, useState } from "react";
import { useEditor } from "./editor-context";

/** The element of a stage, while it is in sight. */
export const stageElement = (frame: HTMLElement | null, stage: string): HTMLElement | null =>
  frame?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(stage)}"]`) ?? null;

/**
 * One tab stop for the whole canvas: entering it leads to the stage where the keyboard was last; while inside, Tab goes
 * to that stage's ports and then out.
 */
export function useCanvasFocus(frame: RefObject<HTMLDivElement | null>) {
  const { editor, focusStage } = useEditor();
  const [inside, setInside] = useState(false);
  return {
    inside,
    handlers: {
      onFocus: (event: FocusEvent<HTMLDivElement>): void => {
        setInside(true);
        const { active } = editor.store.getState();
        if (event.target === frame.current) {
          if (active !== undefined && event.relatedTarget !== null) focusStage(active);
          return;
        }
        const stage = event.target.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
        if (stage !== undefined && stage !== active) editor.setActive(stage);
      },
      onBlur: (event: FocusEvent<HTMLDivElement>): void => {
        if (!event.currentTarget.contains(event.relatedTarget)) setInside(false);
      },
    },
  };
}

const EDGE_PX = 24;

/** Focuses a stage; brings it into sight first where it isn't. */
export function useStageFocus(frame: () => HTMLElement | null): (stage: string) => void {
  const flow = useReactFlow();
  return (stage) => {
    let centred = false;
    const attempt = (left: number): void => {
      const node = flow.getNode(stage);
      const box = frame()?.getBoundingClientRect();
      if (node !== undefined && box !== undefined && !centred) {
        centred = true;
        const { x, y } = flow.flowToScreenPosition(node.position);
        const zoom = flow.getZoom();
        const height = node.height ?? 0;
        const isInSight =
          x > box.left + EDGE_PX &&
          y > box.top + EDGE_PX &&
          x + STAGE.width * zoom < box.right - EDGE_PX &&
          y + height * zoom < box.bottom - EDGE_PX;
        if (!isInSight)
          void flow.setCenter(node.position.x + STAGE.width / 2, node.position.y + height / 2, { zoom });
      }
      const element = stageElement(frame(), stage);
      if (element !== null) element.focus({ preventScroll: true });
      else if (left > 0) requestAnimationFrame(() => attempt(left - 1));
    };
    // A stage that was just added, or that is out of sight, gets its element in one of the next frames.
    requestAnimationFrame(() => attempt(20));
  };
}

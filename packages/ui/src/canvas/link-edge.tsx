"use client";
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import clsx from "clsx";
import { X } from "lucide-react";
import { memo } from "react";
import { typeLook } from "../components/type-shape";
import { useCanvas } from "./canvas-context";
import { type LinkView, typeWords } from "./graph-view";

/** A link as React Flow knows it. */
export type LinkFlowEdge = Edge<{ readonly view: LinkView }, "link">;

/** Stitched where the value is supervised or held apart (a seam), solid where it is one piece. */
const isSeam = ({ passing }: LinkView): boolean =>
  passing === "label" || passing === "predicted" || passing === "cross-fitted";

const MARKS = { added: "var(--good)", removed: "var(--danger)", changed: "var(--warning)" } as const;

/** One link: its type's colour, stitched at seams, with shape and mode in words. */
export const LinkEdge = memo(function LinkEdge({
  id,
  data,
  selected,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
}: EdgeProps<LinkFlowEdge>) {
  const { marks } = useCanvas();
  const view = data?.view;
  if (view === undefined) return null;
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
  });
  const broken = view.broken !== undefined;
  const mark = marks?.[id];
  const colour = mark !== undefined ? MARKS[mark] : broken ? "var(--danger)" : typeLook(view.type).colour;
  // A label never reaches under the stages; a link that runs backwards has room above them.
  const room = targetX > sourceX ? Math.min(200, Math.max(48, targetX - sourceX - 24)) : 200;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={24}
        style={{
          stroke: colour,
          strokeWidth: selected === true ? 3.5 : view.passing === "joint" ? 3 : 2,
          ...(isSeam(view) || broken || mark === "removed" ? { strokeDasharray: "7 5" } : {}),
          strokeLinecap: "round",
        }}
      />
      <EdgeLabelRenderer>
        <div
          aria-hidden
          style={{
            transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`,
            maxWidth: room,
          }}
          className={clsx(
            "seams-detail pointer-events-none absolute flex flex-col items-center gap-0.5 text-center text-sm/4",
            selected === true ? "z-10" : "",
          )}
        >
          {broken ? (
            <span className="flex max-w-full items-center gap-1 rounded-sm bg-danger-soft px-1 py-0.5 text-danger">
              <X aria-hidden size={14} className="shrink-0" />
              <span className="truncate">{typeWords(view.type)}</span>
            </span>
          ) : (
            <span className="max-w-full truncate rounded-sm bg-paper/85 px-1 text-quiet">
              {view.type === undefined ? "?" : typeWords(view.type)}
            </span>
          )}
          {view.passing === undefined || view.passing === "data" ? null : (
            <span
              className={clsx(
                "rounded-sm px-1",
                view.chosen ? "bg-accent-soft font-medium text-accent" : "bg-paper/85 text-quiet",
              )}
            >
              {view.passing}
            </span>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

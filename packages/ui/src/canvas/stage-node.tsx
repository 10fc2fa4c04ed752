"use client";
import type { Node, NodeProps } from "@xyflow/react";
import clsx from "clsx";
import { CircleHelp, FileInput, Flag, Sigma, Waypoints } from "lucide-react";
import { memo, type ReactNode } from "react";
import { Badge } from "../components/badge";
import { SeverityIcon } from "../components/diagnostic-item";
import { useCanvas } from "./canvas-context";
import { stageSize } from "./geometry";
import type { StageView } from "./graph-view";
import { Port } from "./port";

/** A stage as React Flow knows it. */
export type StageFlowNode = Node<{ readonly view: StageView }, "stage">;

const ROLE_ICONS: Readonly<Record<NonNullable<StageView["role"]>, ReactNode>> = {
  source: <FileInput aria-hidden size={16} />,
  learned: <Waypoints aria-hidden size={16} />,
  algorithm: <Sigma aria-hidden size={16} />,
  output: <Flag aria-hidden size={16} />,
};

/** The icon of a role; a question mark for kinds that are not known. */
export const roleIcon = (role: StageView["role"]): ReactNode =>
  role === undefined ? <CircleHelp aria-hidden size={16} /> : ROLE_ICONS[role];

const MARKS = {
  added: "outline-2 outline-good",
  removed: "outline-2 outline-dashed outline-danger",
  changed: "outline-2 outline-dotted outline-warning",
} as const;

/** One stage on a canvas: what it is, its ports, its state, and the worst problem it has. */
export const StageNode = memo(function StageNode({ data: { view }, selected }: NodeProps<StageFlowNode>) {
  const { progress, marks } = useCanvas();
  const size = stageSize(view);
  const running = progress?.[view.id];
  const mark = marks?.[view.id];
  return (
    <div
      style={size}
      data-stage={view.id}
      className={clsx(
        "relative rounded-md border bg-raised shadow-card transition-shadow",
        view.role === undefined && "border-dashed bg-sunken opacity-80",
        view.problem?.severity === "error" ? "border-danger" : selected ? "border-accent" : "border-edge/70",
        selected && "shadow-raised ring-2 ring-accent",
        mark !== undefined && MARKS[mark],
      )}
    >
      {view.role === "learned" ? (
        <span
          aria-hidden
          className="absolute inset-x-0 top-0 h-[3px] rounded-t-md bg-[repeating-linear-gradient(90deg,var(--accent)_0_8px,transparent_8px_14px)]"
        />
      ) : null}
      <div className="flex h-12 items-center gap-2 px-3">
        <span className={clsx("shrink-0", view.role === "learned" ? "text-accent" : "text-quiet")}>
          {roleIcon(view.role)}
        </span>
        <span className="min-w-0 flex-1 leading-tight">
          <span className="block truncate text-sm font-semibold">{view.title}</span>
          <span className="seams-detail block truncate text-sm/4 text-quiet">{view.kindTitle}</span>
        </span>
        {view.problem === undefined ? null : <SeverityIcon severity={view.problem.severity} />}
      </div>
      {view.inputs.map((port, index) => (
        <Port key={port.name} stage={view.id} port={port} side="input" index={index} />
      ))}
      {view.outputs.map((port, index) => (
        <Port key={port.name} stage={view.id} port={port} side="output" index={index} />
      ))}
      <div className="seams-detail absolute inset-x-0 bottom-0 flex h-7 items-center gap-1 overflow-hidden border-t border-line px-2">
        {running !== undefined ? (
          <span className="flex w-full items-center gap-2 text-sm text-quiet">
            <progress
              className="h-1.5 w-16 accent-(--accent)"
              value={running.fraction}
              max={1}
              aria-label={`${view.title}: ${running.words}`}
            />
            <span className="truncate">{running.words}</span>
          </span>
        ) : view.problem?.severity === "error" ? (
          <span className="truncate text-sm text-danger" title={view.problem.message}>
            {view.problem.message}
          </span>
        ) : (
          <>
            {view.pills.map(({ text, tone }) => (
              <Badge key={text} tone={tone}>
                {text}
              </Badge>
            ))}
            {view.weights === undefined ? null : (
              <span className="ml-auto truncate text-sm text-quiet">{view.weights}</span>
            )}
          </>
        )}
      </div>
    </div>
  );
});

import { Position } from "@xyflow/react";
import { portTop, STAGE, stageSize } from "./geometry";
import type { GraphView, LinkView, StageView } from "./graph-view";
import type { LinkFlowEdge } from "./link-edge";
import type { StageFlowNode } from "./stage-node";
import { type Layout, linkWords, stageWords } from "./words";

/**
 * React Flow's node for a stage. Size and handles are given, not measured: stages that are out of sight need no element,
 * and their links are drawn all the same.
 */
export function flowNode(view: StageView, layout: Layout): StageFlowNode {
  const size = stageSize(view);
  const [x, y] = layout[view.id] ?? [0, 0];
  const handles = (["input", "output"] as const).flatMap((side) =>
    (side === "input" ? view.inputs : view.outputs).map((port, index) => ({
      id: port.name,
      type: side === "input" ? ("target" as const) : ("source" as const),
      position: side === "input" ? Position.Left : Position.Right,
      x: side === "input" ? -STAGE.hit / 2 : STAGE.width - STAGE.hit / 2,
      y: portTop(index),
      width: STAGE.hit,
      height: STAGE.hit,
    })),
  );
  return {
    id: view.id,
    type: "stage",
    position: { x, y },
    data: { view },
    ...size,
    measured: size,
    handles,
    ariaRole: "group",
    ariaLabel: stageWords(view),
  };
}

/** React Flow's edge for a link. */
export function flowEdge(view: LinkView): LinkFlowEdge {
  const { id, from, to } = view;
  return {
    id,
    type: "link",
    source: from.stage,
    sourceHandle: from.port,
    target: to.stage,
    targetHandle: to.port,
    data: { view },
    ariaLabel: linkWords(view),
  };
}

/** Both lists at once, for a canvas that is only read. */
export const flowElements = (
  view: GraphView,
  layout: Layout,
): { readonly nodes: StageFlowNode[]; readonly edges: LinkFlowEdge[] } => ({
  nodes: view.stages.map((stage) => flowNode(stage, layout)),
  edges: view.links.map(flowEdge),
});

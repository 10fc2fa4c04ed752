import dagre from "@dagrejs/dagre";
import type { GraphDocument } from "@seams/core";
import { type GraphView, type Layout, stageSize } from "@seams/ui/graph";

const BETWEEN_RANKS = 144;
const BETWEEN_STAGES = 40;
const GRID = 8;

/** Places for all stages: from left to right, along the links. */
export function arrange(view: GraphView): Record<string, [number, number]> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", ranksep: BETWEEN_RANKS, nodesep: BETWEEN_STAGES });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stage of view.stages) graph.setNode(stage.id, { ...stageSize(stage) });
  for (const { from, to } of view.links) {
    if (graph.hasNode(from.stage) && graph.hasNode(to.stage)) graph.setEdge(from.stage, to.stage);
  }
  dagre.layout(graph);
  return Object.fromEntries(
    view.stages.map((stage) => {
      const { x, y } = graph.node(stage.id);
      const { width, height } = stageSize(stage);
      return [stage.id, [onGrid(x - width / 2), onGrid(y - height / 2)]];
    }),
  );
}

const onGrid = (value: number): number => Math.round(value / GRID) * GRID;

/** The document's own places; stages that have none get theirs from `arrange`, below those that have. */
export function placesOf(document: GraphDocument, view: GraphView): Layout {
  const written = document.layout ?? {};
  const homeless = view.stages.filter(({ id }) => !Object.hasOwn(written, id));
  if (homeless.length === 0) return written;
  const arranged = arrange(view);
  const below =
    homeless.length === view.stages.length ? 0 : Math.max(...Object.values(written).map(([, y]) => y)) + 240;
  return {
    ...written,
    ...Object.fromEntries(
      homeless.map(({ id }) => [id, [arranged[id]?.[0] ?? 0, (arranged[id]?.[1] ?? 0) + below] as const]),
    ),
  };
}

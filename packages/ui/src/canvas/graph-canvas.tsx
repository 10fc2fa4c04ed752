"use client";
import { Background, BackgroundVariant, Controls, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useMemo } from "react";
import { type CanvasActions, CanvasContext } from "./canvas-context";
import { CANVAS_LABELS, EDGE_TYPES, NODE_TYPES } from "./canvas-parts";
import { flowElements } from "./flow-elements";
import type { GraphView } from "./graph-view";
import type { Layout } from "./words";

interface GraphCanvasParts {
  readonly label: string;
  readonly view: GraphView;
  readonly layout: Layout;
  readonly progress?: CanvasActions["progress"];
  readonly marks?: CanvasActions["marks"];
  /** Stage to highlight. */
  readonly selected?: string | undefined;
  readonly onSelect?: (stage: string | undefined) => void;
}

/** A pipeline to look at: pan, zoom, choose a stage. Fills its parent, which needs a height. */
export function GraphCanvas({ label, view, layout, progress, marks, selected, onSelect }: GraphCanvasParts) {
  const { nodes, edges } = useMemo(() => flowElements(view, layout), [view, layout]);
  const shown = useMemo(
    () => nodes.map((node) => (node.id === selected ? { ...node, selected: true } : node)),
    [nodes, selected],
  );
  const actions = useMemo<CanvasActions>(
    () => ({
      editable: false,
      active: undefined,
      wire: undefined,
      onPort: () => undefined,
      ...(progress === undefined ? {} : { progress }),
      ...(marks === undefined ? {} : { marks }),
    }),
    [progress, marks],
  );
  return (
    <CanvasContext.Provider value={actions}>
      <ReactFlowProvider>
        <ReactFlow
          aria-label={label}
          nodes={shown}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={onSelect !== undefined}
          onNodeClick={(_event, node) => onSelect?.(node.id)}
          onPaneClick={() => onSelect?.(undefined)}
          fitView
          fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
          minZoom={0.1}
          maxZoom={2}
          ariaLabelConfig={CANVAS_LABELS}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--dots)" />
          <Controls showInteractive={false} position="bottom-right" />
        </ReactFlow>
      </ReactFlowProvider>
    </CanvasContext.Provider>
  );
}

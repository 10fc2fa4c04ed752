"use client";
import {
  CANVAS_LABELS,
  CanvasContext,
  type CanvasActions,
  EDGE_TYPES,
  flowEdge,
  flowNode,
  type LinkFlowEdge,
  NODE_TYPES,
  type PortRef,
  type StageFlowNode,
} from "@seams/ui";
import {
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  useStore as useFlow,
} from "@xyflow/react";
import clsx from "clsx";
import {
  type DragEvent,
  type MouseEvent,
  type MouseEvent as ReactMouseEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import { moveStages, type Point } from "./commands";
import { useEditor } from "./editor-context";
import { EmptyCanvas } from "./empty-canvas";
import { STAGE_DRAG_TYPE } from "./palette-panel";
import { endsOf } from "./port-candidates";
import { Refusal, type RefusalWords } from "./refusal";
import { useCanvasFocus } from "./use-canvas-focus";
import { useCanvasKeys } from "./use-canvas-keys";
import { useClipboard } from "./use-clipboard";
import { useStageAdder } from "./use-stage-adder";

const FAR = 0.4;
const GRID: [number, number] = [2, 2];
const REFUSAL_MS = 6_000;
const MANY = 30;

/** The canvas: stages and links by mouse, touch and keyboard. One tab stop. */
export function Canvas() {
  const parts = useEditor();
  const { editor, view, selection, edit, judge, link, openAdd, locked, document } = parts;
  const flow = useReactFlow<StageFlowNode, LinkFlowEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point>([0, 0]);
  const wire = useStore(editor.store, (state) => state.wire);
  const active = useStore(editor.store, (state) => state.active);
  const [dragged, setDragged] = useState<Readonly<Record<string, Point>>>({});
  const [refusal, setRefusal] = useState<RefusalWords | undefined>(undefined);
  const isFar = useFlow((state) => state.transform[2] < FAR);
  const focus = useCanvasFocus(frame);
  const onKeyDown = useCanvasKeys();
  const clipboard = useClipboard();
  const addStageOf = useStageAdder();

  useEffect(() => {
    if (refusal === undefined) return;
    const timer = setTimeout(() => setRefusal(undefined), REFUSAL_MS);
    return () => clearTimeout(timer);
  }, [refusal]);

  const nodes = useNodes(dragged);
  const edges = useMemo(() => {
    const chosen = new Set(selection.links);
    return view.links.map((each) => ({ ...flowEdge(each), selected: chosen.has(each.id) }));
  }, [view.links, selection.links]);

  const refuse = useCallback((reason: string, [x, y]: Point) => setRefusal({ reason, x, y }), []);
  /** Ends a wire at a port; where it can't be, the reason stands at the pointer. */
  const tie = useCallback(
    (one: PortRef, other: PortRef, at: Point): void => {
      const ends = endsOf(one, other);
      if (ends === undefined)
        return refuse(`Both are ${one.side}s. A link goes from an output to an input.`, at);
      const reason = judge(ends);
      if (reason === undefined) setRefusal(undefined);
      else refuse(reason, at);
      link(ends);
    },
    [judge, link, refuse],
  );

  const onPort = useCallback(
    (port: PortRef): void => {
      const from = editor.store.getState().wire;
      const isSame = from?.stage === port.stage && from.port === port.port && from.side === port.side;
      editor.setWire(from === undefined ? port : undefined);
      if (from === undefined) {
        parts.announce(`A link starts at ${port.stage}.${port.port}. Choose the other end, or press Escape.`);
        return;
      }
      if (!isSame) tie(from, port, portPoint(frame.current, port) ?? pointer.current);
    },
    [editor, parts, tie],
  );
  const actions = useMemo<CanvasActions>(
    () => ({ editable: !locked, active: focus.inside ? active : undefined, wire, onPort }),
    [locked, focus.inside, active, wire, onPort],
  );

  const onNodesChange = (changes: NodeChange<StageFlowNode>[]): void => {
    const moves = changes.flatMap((change) =>
      change.type === "position" && change.position !== undefined && change.dragging === true
        ? [[change.id, [Math.round(change.position.x), Math.round(change.position.y)] as const] as const]
        : [],
    );
    if (moves.length > 0) setDragged((before) => ({ ...before, ...Object.fromEntries(moves) }));
    const chosen = new Set(selection.stages);
    const before = chosen.size;
    let changed = false;
    for (const change of changes) {
      if (change.type !== "select" || change.selected === chosen.has(change.id)) continue;
      changed = true;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    if (changed || before !== chosen.size)
      editor.select({ stages: [...chosen], links: editor.store.getState().selection.links });
  };
  const onEdgesChange = (changes: EdgeChange<LinkFlowEdge>[]): void => {
    const chosen = new Set(editor.store.getState().selection.links);
    for (const change of changes) {
      if (change.type !== "select") continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    editor.select({ stages: editor.store.getState().selection.stages, links: [...chosen] });
  };
  const onDragStop = (_event: unknown, _node: StageFlowNode, moved: StageFlowNode[]): void => {
    const places = Object.fromEntries(
      moved.map(({ id, position }) => [id, [Math.round(position.x), Math.round(position.y)] as const]),
    );
    setDragged({});
    edit((before) => moveStages(before, places));
  };
  const onConnectEnd = (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    if (state.fromHandle === null) return;
    const from: PortRef = {
      stage: state.fromHandle.nodeId,
      port: state.fromHandle.id ?? "",
      side: state.fromHandle.type === "source" ? "output" : "input",
    };
    const at = pointOf(event);
    if (state.toHandle !== null) {
      const to: PortRef = {
        stage: state.toHandle.nodeId,
        port: state.toHandle.id ?? "",
        side: state.toHandle.type === "source" ? "output" : "input",
      };
      if (to.stage !== from.stage || to.port !== from.port || to.side !== from.side) tie(from, to, at);
      return;
    }
    if (state.toNode !== null) return;
    const place = flow.screenToFlowPosition({ x: at[0], y: at[1] });
    openAdd({ wire: from, at: [place.x, place.y] });
  };
  const isValid = (connection: Connection | LinkFlowEdge): boolean =>
    judge({
      from: `${connection.source}.${connection.sourceHandle ?? ""}`,
      to: `${connection.target}.${connection.targetHandle ?? ""}`,
    }) === undefined;
  const dropped = (event: DragEvent<HTMLDivElement>): void => {
    const kind = event.dataTransfer.getData(STAGE_DRAG_TYPE);
    if (kind === "") return;
    event.preventDefault();
    const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const known = parts.context.stages.get(kind);
    if (known !== undefined) addStageOf({ kind: known, at: [place.x, place.y] });
  };
  const doubleClicked = (event: MouseEvent<HTMLDivElement>): void => {
    if (locked || !(event.target instanceof Element) || event.target.closest(".react-flow__pane") === null)
      return;
    const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    openAdd({ at: [place.x, place.y] });
  };

  return (
    <CanvasContext.Provider value={actions}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an application that takes the keyboard */}
      <div
        ref={frame}
        role="application"
        aria-label={`Canvas of ${document.title}`}
        aria-description="Arrow keys move the stage. Alt and arrow keys go to its neighbours. A adds a stage, C connects, Enter opens the settings, question mark lists all keys. Alt and O opens the outline, the same pipeline as a list."
        tabIndex={focus.inside ? -1 : 0}
        className={clsx("relative h-full w-full outline-offset-[-2px]", isFar && "seams-far")}
        onKeyDown={onKeyDown}
        onDoubleClick={doubleClicked}
        onPointerMove={(event) => {
          pointer.current = [event.clientX, event.clientY];
        }}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(STAGE_DRAG_TYPE)) event.preventDefault();
        }}
        onDrop={dropped}
        {...focus.handlers}
        {...clipboard}
      >
        <ReactFlow<StageFlowNode, LinkFlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDragStop={onDragStop}
          onSelectionDragStop={(event: ReactMouseEvent, moved) =>
            moved[0] !== undefined && onDragStop(event, moved[0], moved)
          }
          onNodeClick={(_event, node) => parts.focusStage(node.id)}
          onConnect={() => undefined}
          onConnectEnd={onConnectEnd}
          onConnectStart={() => editor.setWire(undefined)}
          onPaneClick={() => {
            editor.setWire(undefined);
            setRefusal(undefined);
          }}
          isValidConnection={isValid}
          connectOnClick={false}
          connectionRadius={24}
          onlyRenderVisibleElements
          nodesDraggable={!locked}
          nodesConnectable={!locked}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          snapToGrid
          snapGrid={GRID}
          fitView
          fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
          minZoom={0.1}
          maxZoom={2}
          ariaLabelConfig={CANVAS_LABELS}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--dots)" />
          <Controls showInteractive={false} position="bottom-right" />
          {nodes.length > MANY ? (
            <MiniMap
              pannable
              zoomable
              position="bottom-left"
              bgColor="var(--surface)"
              maskColor="var(--shade)"
              nodeColor="var(--edge)"
            />
          ) : null}
        </ReactFlow>
        {nodes.length === 0 ? <EmptyCanvas /> : null}
        {wire === undefined ? null : (
          <p className="pointer-events-none absolute top-3 left-1/2 -translate-x-1/2 rounded-md bg-ink px-3 py-1 text-sm text-paper">
            Link from {wire.stage}.{wire.port}: choose an {wire.side === "output" ? "input" : "output"} · Esc
            cancels
          </p>
        )}
        <Refusal words={refusal} />
      </div>
    </CanvasContext.Provider>
  );
}

/** React Flow's nodes; one whose stage, place and state are as before is the same object. */
function useNodes(dragged: Readonly<Record<string, Point>>): StageFlowNode[] {
  const { view, places, selection } = useEditor();
  const before = useRef(new Map<string, StageFlowNode>());
  return useMemo(() => {
    const chosen = new Set(selection.stages);
    const nodes = view.stages.map((stage) => {
      const [x, y] = dragged[stage.id] ?? places[stage.id] ?? [0, 0];
      const was = before.current.get(stage.id);
      const selected = chosen.has(stage.id);
      if (
        was !== undefined &&
        was.data.view === stage &&
        was.position.x === x &&
        was.position.y === y &&
        was.selected === selected
      )
        return was;
      return { ...flowNode(stage, { [stage.id]: [x, y] }), selected, domAttributes: { tabIndex: -1 } };
    });
    before.current = new Map(nodes.map((node) => [node.id, node]));
    return nodes;
  }, [view.stages, places, selection.stages, dragged]);
}

function pointOf(event: globalThis.MouseEvent | TouchEvent): Point {
  if ("clientX" in event) return [event.clientX, event.clientY];
  const touch = event.changedTouches[0];
  return touch === undefined ? [0, 0] : [touch.clientX, touch.clientY];
}

function portPoint(frame: HTMLElement | null, { stage, port, side }: PortRef): Point | undefined {
  const node = frame?.querySelector(`.react-flow__node[data-id="${CSS.escape(stage)}"]`);
  const handle = node?.querySelector(
    `.react-flow__handle.${side === "output" ? "source" : "target"}[data-handleid="${CSS.escape(port)}"]`,
  );
  const box = handle?.getBoundingClientRect();
  return box === undefined ? undefined : [box.right, box.bottom];
}

export { Announcer, useAnnounce } from "./components/announcer";
export { Async, type ViewQuery } from "./components/async";
export { Badge, Banner, type Tone } from "./components/badge";
export { Button, type ButtonTone } from "./components/button";
export { Card, Page, PageHeader, Section } from "./components/card";
export { Chip } from "./components/chip";
export { DiagnosticItem, placeWords, SeverityIcon } from "./components/diagnostic-item";
export { BareDialog, Dialog } from "./components/dialog";
export { readFailure, type Failure } from "./components/failure";
export { Checkbox, Field, Switch, TextArea, TextInput, type ControlIds } from "./components/field";
export { IconButton } from "./components/icon-button";
export { Keys } from "./components/keys";
export { Menu, type MenuItem } from "./components/menu";
export { shortBytes, shortCount, shortDuration } from "./components/numbers";
export { Select, type Choice } from "./components/select";
export { Slider } from "./components/slider";
export { EmptyState, ErrorState, Skeleton } from "./components/states";
export { Table, type TableColumn } from "./components/table";
export { Tabs, type Tab } from "./components/tabs";
export { Tooltip, TooltipProvider } from "./components/tooltip";
export { TypeChip, TypeFlow } from "./components/type-chip";
export { TypeShape, typeLook, type TypeLook } from "./components/type-shape";
export { CanvasContext, type CanvasActions, type PortRef } from "./canvas/canvas-context";
export { CANVAS_LABELS, EDGE_TYPES, NODE_TYPES } from "./canvas/canvas-parts";
export { flowEdge, flowNode, linkWords, stageWords, type Layout } from "./canvas/flow-elements";
export { STAGE, stageSize } from "./canvas/geometry";
export { GraphCanvas } from "./canvas/graph-canvas";
export {
  endOf,
  linkId,
  typeWords,
  viewGraph,
  type GraphFacts,
  type GraphView,
  type LinkView,
  type Passing,
  type Pill,
  type PortView,
  type StageView,
} from "./canvas/graph-view";
export { type LinkFlowEdge } from "./canvas/link-edge";
export { portNames, type PortNames } from "./canvas/port-names";
export { roleIcon, type StageFlowNode } from "./canvas/stage-node";
export { type FieldChoice } from "./form/form-context";
export { type ParamPath, type ParamSchema } from "./form/param-schema";
export { SchemaForm } from "./form/schema-form";

import { LinkEdge } from "./link-edge";
import { StageNode } from "./stage-node";

/** React Flow's registries; constants, or it would mount everything anew. */
export const NODE_TYPES = { stage: StageNode };
export const EDGE_TYPES = { link: LinkEdge };

/** What React Flow says to those who hear it, in our words. */
export const CANVAS_LABELS = {
  "node.a11yDescription.default":
    "Arrow keys move the stage, C connects it, Enter opens its settings, Delete removes it.",
  "node.a11yDescription.keyboardDisabled": "",
  "edge.a11yDescription.default": "Delete removes the link.",
  "controls.ariaLabel": "Zoom",
  "controls.zoomIn.ariaLabel": "Zoom in",
  "controls.zoomOut.ariaLabel": "Zoom out",
  "controls.fitView.ariaLabel": "Show everything",
  "minimap.ariaLabel": "Overview",
};

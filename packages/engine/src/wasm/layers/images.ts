import type { Build, Value } from "../build";
import { type Layout, layoutOf, NO_BORDER } from "../layout";

/** The value with its pixels in rows as its shape says, in panels: a copy where they lie otherwise. */
export const asImage = (build: Build, value: Value): Value =>
  isImage(value.layout) ? value : build.relaid(value, imageLayout(value.layout));

const isImage = ({ grid, shape }: Layout): boolean =>
  grid !== undefined && grid.height === shape[0] && grid.width === shape[1] && grid.pixel % 8 === 0;

const imageLayout = ({ shape }: Layout): Layout =>
  layoutOf(shape, { border: NO_BORDER, asSteps: false, inPanels: true });

import type { Build, Value } from "../build";
import { type Layout, layoutOf, NO_BORDER } from "../layout";

/** The value with its pixels in rows as its shape says, in panels, a sequence as one row: a copy where they lie otherwise. */
export const asImage = (build: Build, value: Value): Value =>
  isImage(value.layout) ? value : build.relaid(value, imageLayout(value.layout));

function isImage({ grid, shape }: Layout): boolean {
  const [height, width] = shape.length === 2 ? [1, shape[0]] : shape;
  return grid !== undefined && grid.height === height && grid.width === width && grid.pixel % 8 === 0;
}

const imageLayout = ({ shape }: Layout): Layout =>
  layoutOf(shape, { border: NO_BORDER, asSteps: false, inPanels: true, asLine: shape.length === 2 });

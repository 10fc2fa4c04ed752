import type { Shape } from "@seams/core/train";
import { at, type Build, type Value } from "../build";
import { type Layout, layoutOf, type LayoutWish, rowLayout, stepsLayout, upTo } from "../layout";
import type { Operand } from "../tape";

/** Places of a record in equal distances, each with its channels side by side and room up to a multiple of 4; floats. */
export interface Column {
  readonly places: number;
  /** From a place to the next. */
  readonly place: number;
  readonly channels: number;
  /** Offset of the first place. */
  readonly first: number;
}

/** A layout's places as a column, or undefined where they don't lie so. */
export function columnIn({ grid, shape }: Layout): Column | undefined {
  if (grid === undefined || grid.channels !== shape.at(-1)) return undefined;
  const { height, width, channels, first, row, pixel } = grid;
  if (width > 1 && height > 1 && row !== width * pixel) return undefined;
  const place = width === 1 ? row : pixel;
  return place < upTo(4, channels) ? undefined : { places: height * width, place, channels, first };
}

/** A column that is there. @throws Error when the layout was not made to have one */
export function columnOf(layout: Layout): Column {
  const column = columnIn(layout);
  if (column === undefined) throw new Error("programs: places that are no column.");
  return column;
}

/** The layout that readers wish for where its places are a column, else the plain one of that shape. */
export function columnLayout(shape: Shape, wish?: LayoutWish): Layout {
  const wished = wish === undefined ? undefined : layoutOf(shape, { ...wish, inPanels: true });
  if (wished !== undefined && columnIn(wished) !== undefined) return wished;
  const channels = shape.at(-1) ?? 0;
  if (shape.length === 1) return rowLayout(channels);
  const places = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const { element, ...layout } = stepsLayout(rowLayout(channels), places);
  return { ...layout, shape, ...(shape.length === 2 && element !== undefined ? { element } : {}) };
}

/** The value with its places as a column: a copy where they lie otherwise. */
export const asColumn = (build: Build, value: Value): Value =>
  columnIn(value.layout) === undefined ? build.relaid(value, columnLayout(value.layout.shape)) : value;

/** A value's column under a kernel's names: its first place and its distances. */
export const end = (name: string, value: Value): Record<string, Operand> => ({
  [name]: at(value, columnOf(value.layout).first),
  ...distances(name, value),
});

/** The same for a gradient that lies as its value does. */
export const distances = (name: string, { layout }: Value): Record<string, Operand> => ({
  [`${name}Record`]: 4 * layout.stride,
  [`${name}Place`]: 4 * columnOf(layout).place,
});

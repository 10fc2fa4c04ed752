import type { Shape } from "@seams/core/train";

/** Zeros around an image, in pixels. */
export interface Border {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const NO_BORDER: Border = { top: 0, bottom: 0, left: 0, right: 0 };

/** The smallest border that holds both. */
export const widest = (a: Border, b: Border): Border => ({
  top: Math.max(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
  left: Math.max(a.left, b.left),
  right: Math.max(a.right, b.right),
});

/** Where the pixels of a record lie; distances in floats. A row of numbers is one pixel. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  /** Values of a pixel, side by side. */
  readonly channels: number;
  /** The first pixel's offset in the record. */
  readonly first: number;
  readonly row: number;
  readonly pixel: number;
}

/** How the values of one record lie in program memory; distances in floats. */
export interface Layout {
  readonly shape: Shape;
  /** From a record to the next. */
  readonly stride: number;
  /**
   * Floats of a record that count, a multiple of 8. Those among them that hold no value are 0, and so are the weights
   * that belong to them.
   */
  readonly span: number;
  /** Offset in the record of each value, in the order of the shape. */
  readonly places: Int32Array;
  /** Absent where the values of the shape's last side don't lie side by side in equal distances. */
  readonly grid?: Grid;
  /** Of records that are sequences laid element behind element: one element's layout. */
  readonly element?: Layout;
  /** Whether the span has floats that no kernel writes: then they must be 0 from the start. */
  readonly hasGaps: boolean;
}

export const upTo = (multiple: number, value: number): number => Math.ceil(value / multiple) * multiple;

/** A cache line in floats. */
const LINE = 16;

/**
 * A row of numbers in panels of 8. Strides are odd numbers of cache lines: the same columns of many rows then spread
 * over the whole cache.
 */
export function rowLayout(size: number): Layout {
  const span = upTo(8, size);
  const lines = Math.ceil(span / LINE);
  const stride = span <= LINE ? span : (lines + ((lines + 1) % 2)) * LINE;
  const grid = { height: 1, width: 1, channels: size, first: 0, row: stride, pixel: stride };
  return { shape: [size], stride, span, places: counting(size), grid, hasGaps: false };
}

/** How a value is to lie. */
export interface LayoutWish {
  readonly border: Border;
  /** True: sequences lie element behind element, each as it would lie by itself. */
  readonly asSteps: boolean;
  /** True: pixels are padded to multiples of 8 channels, as kernels that work in panels write them. */
  readonly inPanels: boolean;
  /** True: sequences of rows lie as images of one row, with a border. */
  readonly asLine: boolean;
}

/** The usual layout of a shape. */
export function layoutOf(shape: Shape, wish: LayoutWish): Layout {
  const [first = 1, ...rest] = shape;
  if (shape.length <= 1) return rowLayout(first);
  if (shape.length === 2 && wish.asLine && !wish.asSteps)
    return { ...imageLayout([1, ...shape], wish), shape };
  if (shape.length === 2 || shape.length > 3 || wish.asSteps)
    return stepsLayout(layoutOf(rest, { ...wish, asSteps: false }), first);
  return imageLayout(shape, wish);
}

function imageLayout(shape: Shape, { border, inPanels }: LayoutWish): Layout {
  const [height = 1, width = 1, channels = 1] = shape;
  const pixel = inPanels ? upTo(8, channels) : channels;
  const row = (border.left + width + border.right) * pixel;
  const size = (border.top + height + border.bottom) * row;
  const first = border.top * row + border.left * pixel;
  const places = new Int32Array(height * width * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) places[at++] = first + y * row + x * pixel + c;
    }
  }
  const span = upTo(8, size);
  const hasGaps = span !== height * width * pixel;
  return { shape, stride: span, span, places, grid: { height, width, channels, first, row, pixel }, hasGaps };
}

/** Elements one behind the other. */
export function stepsLayout(element: Layout, steps: number): Layout {
  const { stride, places: inner, grid } = element;
  const places = new Int32Array(steps * inner.length);
  for (let step = 0; step < steps; step++) {
    for (const [index, place] of inner.entries()) places[step * inner.length + index] = step * stride + place;
  }
  const isEven = grid !== undefined && (grid.height === 1 || stride === grid.height * grid.row);
  const isColumn = grid !== undefined && grid.height === 1 && grid.width === 1;
  return {
    shape: [steps, ...element.shape],
    stride: steps * stride,
    span: steps * stride,
    places,
    element,
    hasGaps: element.hasGaps || stride !== element.span,
    ...(isEven
      ? {
          grid: {
            ...grid,
            height: steps * grid.height,
            row: grid.height === 1 ? stride : grid.row,
            ...(isColumn ? { pixel: stride } : {}),
          },
        }
      : {}),
  };
}

/** The same values as one row. */
export function flatLayout(source: Layout): Layout {
  const { places, stride, span, hasGaps } = source;
  const start = places[0] ?? 0;
  const isRow = places.every((place, index) => place === start + index);
  const grid = {
    height: 1,
    width: 1,
    channels: places.length,
    first: start,
    row: stride,
    pixel: stride,
  };
  return { shape: [places.length], stride, span, places, hasGaps, ...(isRow ? { grid } : {}) };
}

const counting = (size: number): Int32Array => Int32Array.from({ length: size }, (_, index) => index);

/** A piece of a record that lies together in two layouts; floats. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** The fewest pieces that bring values from one list of offsets to another. */
export function piecesBetween(from: ArrayLike<number>, to: ArrayLike<number>): readonly Piece[] {
  const pieces: { from: number; to: number; length: number }[] = [];
  for (let index = 0; index < to.length; index++) {
    const source = from[index] ?? 0;
    const target = to[index] ?? 0;
    const last = pieces.at(-1);
    if (last !== undefined && last.from + last.length === source && last.to + last.length === target)
      last.length++;
    else pieces.push({ from: source, to: target, length: 1 });
  }
  return pieces;
}

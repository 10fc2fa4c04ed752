import { type Build, times } from "../build";
import { upTo } from "../layout";
import type { Buffer, Place } from "../tape";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Where the gradient by a convolution's places lies; distances in floats. */
export interface Slopes {
  readonly buffer: Buffer;
  readonly stride: number;
  /** Offset of the first place. */
  readonly first: number;
  /** From a place to the one below, and to the one beside it. */
  readonly row: number;
  readonly pixel: number;
  /** From a pixel to the one below: less than `row` where places are spread out. */
  readonly line: number;
}

/**
 * Room for the gradient by a convolution's places, in the form in which the gradient by its input is a convolution
 * again: places `stride` pixels apart, and zeros around them so that a window fits over every pixel of the input.
 */
export function slopesFor(build: Build, { x, y, geometry }: Ends): Slopes {
  const { kernelRows, kernelColumns, stride, inHeight, inWidth, height, border } = geometry;
  const size = upTo(8, geometry.filters);
  const images = Math.ceil(build.capacity * y.rows);
  if (!build.learns(x)) {
    const grid = gridOf(x.layout);
    const line = (stride === 1 ? grid.row / grid.pixel : geometry.width) * size;
    const buffer = build.tape.kept(images * height * line);
    return { buffer, stride: height * line, first: 0, row: line, pixel: size, line };
  }
  const line = (inWidth + kernelColumns - 1) * size;
  const image = (inHeight + kernelRows - 1) * line;
  return {
    buffer: build.tape.kept(images * image),
    stride: image,
    first: (kernelRows - 1 - border.top) * line + (kernelColumns - 1 - border.left) * size,
    row: stride * line,
    pixel: stride * size,
    line,
  };
}

/** dx is the convolution of the spread-out gradient with the kernel turned round, in and out exchanged. */
export function emitInputGradient(
  build: Build,
  { x, y, geometry }: Ends,
  { slopes, kernel }: { readonly slopes: Slopes; readonly kernel: number },
): void {
  const { tape } = build;
  const grid = gridOf(x.layout);
  const size = upTo(8, geometry.filters);
  const order = turned(geometry, grid.pixel);
  const flipped = { buffer: tape.passing(order.length), offset: 0 };
  tape.call("reorder", { from: kernel, to: flipped, order: tape.table(order), count: order.length });
  const { place, add } = build.gradientInto(x);
  // The kernel stores; what others wrote before is added to it afterwards.
  const target: Place = add === 0 ? place : { buffer: tape.kept(place.buffer.floats), offset: 0 };
  const pixels = {
    height: geometry.inHeight,
    width: geometry.inWidth,
  };
  tape.call("convolution", {
    images: times(y.rows),
    ...pixels,
    kernelRows: geometry.kernelRows,
    run: geometry.kernelColumns * size,
    panels: grid.pixel / 8,
    x: { buffer: slopes.buffer, offset: 0 },
    xImage: 4 * slopes.stride,
    xRow: 4 * slopes.line,
    xDown: 4 * slopes.line,
    xAcross: 4 * size,
    kernel: flipped,
    bias: 0,
    y: { ...target, offset: grid.first },
    yImage: 4 * x.layout.stride,
    yRow: 4 * grid.row,
    yPixel: 4 * grid.pixel,
    relu: 0,
  });
  if (add === 0) return;
  tape.call("passGradient", {
    records: times(x.rows),
    ...pixels,
    channels: grid.pixel,
    from: { ...target, offset: grid.first },
    above: 0,
    record: 4 * x.layout.stride,
    row: 4 * grid.row,
    pixel: 4 * grid.pixel,
    to: { ...place, offset: grid.first },
    toRecord: 4 * x.layout.stride,
    toRow: 4 * grid.row,
    toPixel: 4 * grid.pixel,
    add: 1,
  });
}

/**
 * Order of the turned kernel, panels of 8 input channels [pixel / 8][rows][columns · filters][8], in the kernel's panels.
 */
function turned({ kernelRows, kernelColumns, filters, channels }: Geometry, pixel: number): Int32Array {
  const size = upTo(8, filters);
  const run = kernelColumns * pixel;
  const order = new Int32Array(pixel * kernelRows * kernelColumns * size).fill(-1);
  for (let u = 0; u < kernelRows; u++) {
    for (let v = 0; v < kernelColumns; v++) {
      for (let f = 0; f < filters; f++) {
        for (let c = 0; c < channels; c++) {
          const row = (kernelColumns - 1 - v) * size + f;
          const panel = (c >> 3) * kernelRows + (kernelRows - 1 - u);
          const to = (panel * (kernelColumns * size) + row) * 8 + (c & 7);
          order[to] = (((f >> 3) * kernelRows + u) * run + v * pixel + c) * 8 + (f & 7);
        }
      }
    }
  }
  return order;
}

import { times } from "../build";
import { upTo } from "../layout";
import type { Emission } from "../lowering";
import type { Operand, Place } from "../tape";
import { isSingleChannel } from "./conv2d-single";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Bytes of the images, x and dx, that are looked at together: half of a first cache of 32 KiB. */
const BAND_BYTES = 16 * 2 ** 10;

/**
 * The backward pass of a convolution behind a ReLU and a 2 × 2 max-pool, from which places won: of four at most one
 * has a gradient, and nothing is done for the others.
 */
export function emitSparseBackward(
  { build, group, weight }: Emission,
  { x, y, geometry }: Ends,
  { choice, windows }: { readonly choice: Place; readonly windows: Readonly<Record<string, Operand>> },
): void {
  const { tape } = build;
  const { kernelRows, kernelColumns, filters } = geometry;
  const { pixel, row, first } = gridOf(x.layout);
  const grid = gridOf(y.layout);
  const run = kernelColumns * pixel;
  const wide = upTo(4, run);
  const kernel = weight("kernel");
  const bias = weight("bias");
  const passing = (floats: number): Place => ({ buffer: tape.passing(floats), offset: 0 });
  const sums = group.isTrained ? passing(upTo(4, filters) * kernelRows * wide) : 0;
  const dBias = group.isTrained ? passing(bias.floats) : 0;
  const byFilter = build.learns(x) ? passing(filters * kernelRows * run) : 0;
  if (byFilter !== 0) {
    const order = filterOrder(geometry, pixel);
    tape.call("reorder", {
      from: kernel.address,
      to: byFilter,
      order: tape.table(order),
      count: order.length,
    });
  }
  const slopes = {
    images: times(y.rows),
    filters,
    dy: { ...build.gradient(y), offset: grid.first },
    dyImage: 4 * y.layout.stride,
    dyPixel: 4 * grid.pixel,
    choice,
    channels: grid.pixel,
  };
  if (isSingleChannel(x, geometry) && byFilter === 0 && dBias !== 0) {
    const { kernelRows: _rows, run: _run, ...places } = windows;
    const tiles = { height: grid.height, width: grid.width, dyRow: 4 * grid.row };
    tape.call("singleGradient", { ...places, ...slopes, ...tiles, dKernel: sums, dBias, list: passing(12) });
  } else {
    const dx = build.learns(x) ? build.clearedGradientInto(x).place : undefined;
    const corner = first - geometry.border.top * row - geometry.border.left * pixel;
    const images = dx === undefined ? 1 : 2;
    const ends = { x, y, geometry };
    const tiles = group.shape.length === 2 ? piecesOf(ends, images) : bandsOf(ends, images);
    if (dBias !== 0) tape.call("clear", { to: dBias, bytes: 4 * bias.floats });
    tape.call("sparseGradient", {
      ...windows,
      ...slopes,
      ...tiles,
      dx: dx === undefined ? 0 : { ...dx, offset: corner },
      kernel: byFilter,
      dKernel: sums,
      dBias,
      list: passing(2 * (1 + tiles.band * tiles.width)),
    });
  }
  if (sums === 0 || dBias === 0) return;
  const dKernel = passing(kernel.floats);
  const order = panelOrder(geometry, { pixel, floats: kernel.floats });
  tape.call("reorder", { from: sums, to: dKernel, order: tape.table(order), count: order.length });
  build.update(kernel, dKernel);
  build.update(bias, dBias);
}

/** How tiles are taken in bands; strides in bytes. */
interface Bands {
  readonly height: number;
  readonly width: number;
  /** Rows of tiles that are done together. */
  readonly band: number;
  readonly dyRow: number;
  /** As the windows', unless it is said. */
  readonly xDown?: number;
}

/**
 * A line's tiles as rows of equally many, so that they are done in bands too: what lies a row below is what lies behind
 * the row.
 */
function piecesOf({ x, y, geometry }: Ends, images: number): Bands {
  const { width: tiles, pixel } = gridOf(y.layout);
  const across = geometry.stride * gridOf(x.layout).pixel;
  const most = Math.max(1, Math.floor(BAND_BYTES / (images * 2 * 4 * across)));
  const width = greatestPart(tiles, most);
  return {
    height: tiles / width,
    width,
    band: Math.max(1, Math.floor(most / width)),
    dyRow: 4 * width * pixel,
    xDown: 4 * width * across,
  };
}

/** The greatest divisor that is at most so large. */
function greatestPart(whole: number, most: number): number {
  let part = Math.min(whole, most);
  while (whole % part !== 0) part--;
  return part;
}

/** Rows of tiles, as many at once as have windows that fit into the first cache. */
function bandsOf({ x, y, geometry: { kernelRows, stride } }: Ends, images: number): Bands {
  const rows = Math.floor(BAND_BYTES / (images * 4 * gridOf(x.layout).row));
  const { height, width, row } = gridOf(y.layout);
  const band = Math.max(1, Math.floor((rows - kernelRows + stride) / (2 * stride)));
  return { height, width, band, dyRow: 4 * row };
}

/** Where in the panels [filters / 8][kernel][run][8] each value of [filters][kernel][run] lies. */
function filterOrder({ kernelRows, kernelColumns, filters }: Geometry, pixel: number): Int32Array {
  const run = kernelColumns * pixel;
  const order = new Int32Array(filters * kernelRows * run);
  for (let f = 0; f < filters; f++) {
    for (let at = 0; at < kernelRows * run; at++) {
      order[f * kernelRows * run + at] = ((f >> 3) * kernelRows * run + at) * 8 + (f & 7);
    }
  }
  return order;
}

/** Where in [filters][kernel][wide] each value of the panels lies; −1: nowhere, it is 0. */
function panelOrder(
  { kernelRows, kernelColumns, filters, channels }: Geometry,
  { pixel, floats }: { readonly pixel: number; readonly floats: number },
): Int32Array {
  const run = kernelColumns * pixel;
  const wide = upTo(4, run);
  const order = new Int32Array(floats).fill(-1);
  for (let f = 0; f < filters; f++) {
    for (let u = 0; u < kernelRows; u++) {
      for (let t = 0; t < run; t++) {
        if (t % pixel >= channels) continue;
        order[(((f >> 3) * kernelRows + u) * run + t) * 8 + (f & 7)] = (f * kernelRows + u) * wide + t;
      }
    }
  }
  return order;
}

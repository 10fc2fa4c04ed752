import { at, type Build, times, type Value } from "../build";
import { type Grid, type Layout, layoutOf, upTo } from "../layout";
import type { Emission, Lowering, WeightLayout } from "../lowering";
import type { Operand, Place } from "../tape";
import { biasLayout } from "./dense";
import { emitInputGradient, slopesFor, type Slopes } from "./conv2d-gradient";
import { emitSparseBackward } from "./conv2d-sparse";
import { type Ends, geometryOf, type Geometry, gridOf, imageOperands, windowOperands } from "./geometry";
import { emitWinograd, suitsWinograd } from "./conv2d-winograd";
import { emitPooledSingle, isSingleChannel } from "./conv2d-single";
import { only, pairPool, readerOfKind } from "./sources";

/**
 * A convolution as a product over overlapping windows of a zero-bordered image, with the ReLU and the 2 × 2 max-pool
 * behind it where they are there: then nothing but the pooled image is ever written.
 */
export const conv2d: Lowering = convolution({ asLine: false });

/** The same along sequences, which are images of one row; pools take pairs. */
export const conv1d: Lowering = convolution({ asLine: true });

/** @param asLine whether images have one row */
function convolution({ asLine }: { readonly asLine: boolean }): Lowering {
  return {
    fuses: ({ layer }, next) => {
      const relu = readerOfKind(next(layer.id), "relu");
      const pool = relu === undefined ? undefined : pairPool(next(relu.layer.id));
      return [relu, pool].filter((facts) => facts !== undefined);
    },
    wishes: (facts) => ({ border: geometryOf(facts).border, asLine }),
    layout: ({ group, wish }) =>
      layoutOf(group.shape, { ...wish, inPanels: true, asLine, asSteps: !asLine && wish.asSteps }),
    weights: (facts, source) => ({
      kernel: kernelLayout(geometryOf(facts), pixelOf(source)),
      bias: biasLayout(geometryOf(facts).filters),
    }),
    emit: (emission) => {
      const { build, group } = emission;
      const geometry = geometryOf(group.facts);
      const x = bordered(build, only(emission.sources), geometry);
      const y = build.value({ ...group, isFilled: true });
      const choice = emitForward(emission, { x, y, geometry });
      if (build.learns(y)) build.backward(() => emitBackward(emission, { x, y, geometry, choice }));
      return y;
    },
  };
}

/** Which place of each tile won: bytes. */
type Choice = Place | undefined;

function emitForward({ build, group, weight }: Emission, { x, y, geometry }: Ends): Choice {
  const { tape } = build;
  const [, pool] = group.fused;
  const grid = gridOf(y.layout);
  const call = {
    images: times(y.rows),
    height: grid.height,
    width: grid.width,
    panels: upTo(8, geometry.filters) / 8,
    ...windows(x, geometry),
    kernel: weight("kernel").address,
    bias: weight("bias").address,
    ...imageOperands("y", y),
  };
  if (pool === undefined) {
    tape.call("convolution", { ...call, relu: group.fused.length });
    return undefined;
  }
  const bytes = Math.ceil(build.capacity * y.rows) * grid.height * grid.width * grid.pixel;
  const choice = build.learns(y) ? { buffer: tape.passing(bytes / 4), offset: 0 } : undefined;
  const asLine = group.shape.length === 2;
  const pooled = { ...call, asLine: Number(asLine), choice: choice ?? 0 };
  if (isSingleChannel(x, geometry)) emitPooledSingle(build, { x, y, geometry }, pooled);
  else if (suitsWinograd(x, geometry)) emitWinograd(build, { x, y, geometry }, pooled);
  else tape.call("pooledConvolution", pooled);
  return choice;
}

function emitBackward(emission: Emission, { choice, ...ends }: Ends & { choice: Choice }): void {
  if (choice === undefined) emitDenseBackward(emission, ends);
  else emitSparseBackward(emission, ends, { choice, windows: windows(ends.x, ends.geometry) });
}

function emitDenseBackward({ build, group, weight }: Emission, ends: Ends): void {
  const { tape } = build;
  const slopes = slopesFor(build, ends);
  passBack(build, ends, { slopes, isRectified: group.fused.length > 0 });
  const kernel = weight("kernel");
  if (build.learns(ends.x)) emitInputGradient(build, ends, { slopes, kernel: kernel.address });
  if (!group.isTrained) return;
  const bias = weight("bias");
  const dKernel = { buffer: tape.passing(kernel.floats), offset: 0 };
  const dBias = { buffer: tape.passing(bias.floats), offset: 0 };
  tape.call("convolutionGradient", {
    images: times(ends.y.rows),
    panels: upTo(8, ends.geometry.filters) / 8,
    ...windows(ends.x, ends.geometry),
    ...places(ends, slopes),
    dz: { buffer: slopes.buffer, offset: slopes.first },
    dzImage: 4 * slopes.stride,
    dzRow: 4 * slopes.row,
    dzPixel: 4 * slopes.pixel,
    dKernel,
    dBias,
    packed: packedWindows(build, ends.geometry.kernelColumns * gridOf(ends.x.layout).pixel),
  });
  build.update(kernel, dKernel);
  build.update(bias, dBias);
}

/** Windows that a kernel's gradient is made from at once, and slopes that are kept of each. */
const BLOCK = 64;
const SLOPES = 8;

/** Room in which a block of windows of so many floats is laid one behind the other. */
const packedWindows = (build: Build, width: number): Place => ({
  buffer: build.tape.passing(BLOCK * (width + SLOPES)),
  offset: 0,
});

/**
 * Places of the window, row by row; where image and gradient have rows of equally many pixels, as one long row: what
 * lies between two rows of the gradient is 0.
 */
function places({ x, geometry }: Ends, { row, pixel }: Slopes): { height: number; width: number } {
  const grid = gridOf(x.layout);
  const { height, width, stride } = geometry;
  if (stride !== 1 || grid.row / grid.pixel !== row / pixel) return { height, width };
  return { height: 1, width: (height - 1) * (row / pixel) + width };
}

/** Brings the output's gradient to where it is wanted, without what a ReLU let not through. */
function passBack(
  build: Build,
  { y }: Ends,
  { slopes, isRectified }: { readonly slopes: Slopes; readonly isRectified: boolean },
): void {
  const grid = gridOf(y.layout);
  const gradient = build.gradient(y);
  build.tape.call("passGradient", {
    records: times(y.rows),
    height: grid.height,
    width: grid.width,
    channels: grid.pixel,
    from: { ...gradient, offset: grid.first },
    above: isRectified ? at(y, grid.first) : 0,
    record: 4 * y.layout.stride,
    row: 4 * grid.row,
    pixel: 4 * grid.pixel,
    to: { buffer: slopes.buffer, offset: slopes.first },
    toRecord: 4 * slopes.stride,
    toRow: 4 * slopes.row,
    toPixel: 4 * slopes.pixel,
    add: 0,
  });
}

/** A kernel's arguments for the windows of x. */
function windows(x: Value, geometry: Geometry): Record<string, Operand> {
  const { kernelRows, kernelColumns } = geometry;
  return { kernelRows, run: kernelColumns * gridOf(x.layout).pixel, ...windowOperands(x, geometry) };
}

/** The image with enough zeros around it; a copy where it has too few. */
function bordered(build: Build, x: Value, geometry: Geometry): Value {
  const { grid, shape } = x.layout;
  if (grid !== undefined && hasRoom(x.layout, grid, geometry)) return x;
  const inPanels = pixelOf(x.layout) !== (shape.at(-1) ?? 0);
  const { border } = geometry;
  return build.relaid(x, layoutOf(shape, { border, asSteps: false, inPanels, asLine: shape.length === 2 }));
}

/** Whether an image has the zeros around it that a convolution sees. */
export function hasRoom(
  { stride }: Layout,
  grid: Grid,
  { inHeight, inWidth, channels, border }: Geometry,
): boolean {
  const top = Math.floor(grid.first / grid.row);
  const left = (grid.first % grid.row) / grid.pixel;
  const right = grid.row / grid.pixel - left - grid.width;
  const bottom = Math.floor(stride / grid.row) - top - grid.height;
  const isImage = grid.height === inHeight && grid.width === inWidth && grid.channels === channels;
  return (
    isImage && top >= border.top && left >= border.left && right >= border.right && bottom >= border.bottom
  );
}

/** Floats from a pixel to the one beside it. */
function pixelOf({ grid, shape }: Layout): number {
  return grid?.pixel ?? upTo(8, shape.at(-1) ?? 0);
}

/** Panels of 8 filters, [filters / 8][rows][columns · pixel][8]. */
function kernelLayout(
  { kernelRows, kernelColumns, channels, filters }: Geometry,
  pixel: number,
): WeightLayout {
  const run = kernelColumns * pixel;
  const from = new Int32Array(upTo(8, filters) * kernelRows * run).fill(-1);
  for (let u = 0; u < kernelRows; u++) {
    for (let v = 0; v < kernelColumns; v++) {
      for (let c = 0; c < channels; c++) {
        for (let f = 0; f < filters; f++) {
          const at = (((f >> 3) * kernelRows + u) * run + v * pixel + c) * 8 + (f & 7);
          from[at] = ((u * kernelColumns + v) * channels + c) * filters + f;
        }
      }
    }
  }
  return { from };
}

import type { LayerFacts } from "@seams/core";
import type { Shape } from "@seams/core/train";
import { at, type Value } from "../build";
import type { Border, Grid, Layout } from "../layout";
import type { Operand } from "../tape";
import { wholeParam } from "./params";

/** How a convolution's window moves; in pixels. */
export interface Geometry {
  readonly kernelRows: number;
  readonly kernelColumns: number;
  readonly stride: number;
  readonly channels: number;
  readonly filters: number;
  /** Of the input. */
  readonly inHeight: number;
  readonly inWidth: number;
  /** Places of the window. */
  readonly height: number;
  readonly width: number;
  /** Zeros that the window sees around the input. */
  readonly border: Border;
}

/** A convolution's ends, and how it lies between them. */
export interface Ends {
  readonly x: Value;
  readonly y: Value;
  readonly geometry: Geometry;
}

/**
 * A convolution's geometry, with padding as TensorFlow's: what is odd goes to the bottom and the right. A sequence is an
 * image of one row.
 */
export function geometryOf({ layer, inputs: [input = []], shape }: LayerFacts): Geometry {
  const [inHeight, inWidth, channels] = asThree(input);
  const [height, width, filters] = asThree(shape);
  const kernelColumns = wholeParam(layer, "kernel");
  const kernelRows = input.length === 2 ? 1 : kernelColumns;
  const stride = wholeParam(layer, "stride");
  const isPadded = layer.params["padding"] === "same";
  const zeros = (side: number, kernel: number, places: number): number =>
    isPadded ? Math.max(0, (places - 1) * stride + kernel - side) : 0;
  const vertical = zeros(inHeight, kernelRows, height);
  const horizontal = zeros(inWidth, kernelColumns, width);
  const top = Math.floor(vertical / 2);
  const left = Math.floor(horizontal / 2);
  const border = { top, bottom: vertical - top, left, right: horizontal - left };
  return {
    kernelRows,
    kernelColumns,
    stride,
    channels,
    filters,
    inHeight,
    inWidth,
    height,
    width,
    border,
  };
}

function asThree(shape: Shape): readonly [number, number, number] {
  const [first = 0, second = 0, third = 0] = shape;
  return shape.length === 2 ? [1, first, second] : [first, second, third];
}

/** @throws Error when there is none: images that convolutions read and write have one */
export function gridOf({ grid }: Layout): Grid {
  if (grid === undefined) throw new Error("programs: an image without a grid.");
  return grid;
}

/** A value's first pixel and its distances, under a kernel's names. */
export function imageOperands(name: string, value: Value): Record<string, Operand> {
  const { first, row, pixel } = gridOf(value.layout);
  return {
    [name]: at(value, first),
    [`${name}Image`]: 4 * value.layout.stride,
    [`${name}Row`]: 4 * row,
    [`${name}Pixel`]: 4 * pixel,
  };
}

/** Where the windows of x lie. */
export function windowOperands(x: Value, { stride, border }: Geometry): Record<string, Operand> {
  const { first, row, pixel } = gridOf(x.layout);
  return {
    x: at(x, first - border.top * row - border.left * pixel),
    xImage: 4 * x.layout.stride,
    xRow: 4 * row,
    xDown: 4 * stride * row,
    xAcross: 4 * stride * pixel,
  };
}

import type { LayerFacts } from "@seams/core";
import type { Value } from "../build";
import type { Border, Grid, Layout } from "../layout";
import { wholeParam } from "./params";

/** How a convolution's window moves; in pixels. */
export interface Geometry {
  readonly kernel: number;
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

/** A convolution's geometry, with padding as TensorFlow's: what is odd goes to the bottom and the right. */
export function geometryOf({ layer, inputs: [input = []], shape }: LayerFacts): Geometry {
  const [inHeight = 0, inWidth = 0, channels = 0] = input;
  const [height = 0, width = 0, filters = 0] = shape;
  const kernel = wholeParam(layer, "kernel");
  const stride = wholeParam(layer, "stride");
  const isPadded = layer.params["padding"] === "same";
  const zeros = (side: number, places: number): number =>
    isPadded ? Math.max(0, (places - 1) * stride + kernel - side) : 0;
  const vertical = zeros(inHeight, height);
  const horizontal = zeros(inWidth, width);
  const top = Math.floor(vertical / 2);
  const left = Math.floor(horizontal / 2);
  const border = { top, bottom: vertical - top, left, right: horizontal - left };
  return { kernel, stride, channels, filters, inHeight, inWidth, height, width, border };
}

/** @throws Error when there is none: images that convolutions read and write have one */
export function gridOf({ grid }: Layout): Grid {
  if (grid === undefined) throw new Error("programs: an image without a grid.");
  return grid;
}

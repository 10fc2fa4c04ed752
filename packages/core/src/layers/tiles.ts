import type { Layer, Shape } from "./layer";
import { checkCount, checkOne, onlyInput, shapeWords, wholeParam } from "./params";

/** Reason why an image cannot be cut into tiles of the param `size`. */
export function checkTiles(params: Layer["params"], inputs: readonly Shape[]): string | undefined {
  const reason = checkCount(params, "size") ?? checkOne(inputs, 3);
  if (reason !== undefined) return reason;
  const size = wholeParam(params, "size");
  const [height = 0, width = 0] = onlyInput(inputs);
  if (height >= size && width >= size) return undefined;
  return `tiles of ${size} × ${size} don't fit into ${shapeWords(onlyInput(inputs))}`;
}

/** A value a tile and channel; what remains at the border is left out. */
export function tiledShape(params: Layer["params"], [height = 0, width = 0, channels = 0]: Shape): Shape {
  const size = wholeParam(params, "size");
  return [Math.floor(height / size), Math.floor(width / size), channels];
}

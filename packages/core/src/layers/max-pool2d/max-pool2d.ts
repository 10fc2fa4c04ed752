import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { onlyInput, sizeOf, wholeParam } from "../params";
import { checkTiles, tiledShape } from "../tiles";

/** The largest value of every size × size tile, channel by channel; what remains at the border is left out. */
export const maxPool2d: LayerKind = {
  kind: "max-pool2d",
  summary: "Keeps the largest value of every tile: a smaller image that says whether, not exactly where.",
  check: checkTiles,
  shape: (params, inputs) => tiledShape(params, onlyInput(inputs)),
  weights: () => [],
  // One comparison a value that a tile covers.
  flops: (params, inputs) => sizeOf(maxPool2d.shape(params, inputs)) * wholeParam(params, "size") ** 2,
  forward: ({ tf, params, x: [x] }) => {
    const size = wholeParam(params, "size");
    return tf.maxPool(fourSides(x), size, size, "valid"); // [batch, h′, w′, channels]
  },
  toKeras: (params) => {
    const size = wholeParam(params, "size");
    return {
      class_name: "MaxPooling2D",
      config: { pool_size: [size, size], strides: [size, size], padding: "valid" },
    };
  },
};

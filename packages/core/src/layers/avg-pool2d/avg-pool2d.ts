import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { onlyInput, sizeOf, wholeParam } from "../params";
import { checkTiles, tiledShape } from "../tiles";

/** The mean of every size × size tile, channel by channel; what remains at the border is left out. */
export const avgPool2d: LayerKind = {
  kind: "avg-pool2d",
  summary: "Keeps the mean of every tile: a smaller, smoother image.",
  check: checkTiles,
  shape: (params, inputs) => tiledShape(params, onlyInput(inputs)),
  weights: () => [],
  // One addition a value that a tile covers.
  flops: (params, inputs) => sizeOf(avgPool2d.shape(params, inputs)) * wholeParam(params, "size") ** 2,
  forward: ({ tf, params, x: [x] }) => {
    const size = wholeParam(params, "size");
    return tf.avgPool(fourSides(x), size, size, "valid"); // [batch, h′, w′, channels]
  },
  toKeras: (params) => {
    const size = wholeParam(params, "size");
    return {
      class_name: "AveragePooling2D",
      config: { pool_size: [size, size], strides: [size, size], padding: "valid" },
    };
  },
};

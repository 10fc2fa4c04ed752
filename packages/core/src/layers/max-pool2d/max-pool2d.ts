import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { checkCount, checkOne, onlyInput, shapeWords, sizeOf, wholeParam } from "../params";

/** The largest value of every size × size tile, channel by channel; what remains at the border is left out. */
export const maxPool2d: LayerKind = {
  kind: "max-pool2d",
  summary: "Keeps the largest value of every tile: a smaller image that says whether, not exactly where.",
  check: (params, inputs) => {
    const reason = checkCount(params, "size") ?? checkOne(inputs, 3);
    if (reason !== undefined) return reason;
    const size = wholeParam(params, "size");
    const [height = 0, width = 0] = onlyInput(inputs);
    if (height >= size && width >= size) return undefined;
    return `tiles of ${size} × ${size} don't fit into ${shapeWords(onlyInput(inputs))}`;
  },
  shape: (params, inputs) => {
    const size = wholeParam(params, "size");
    const [height = 0, width = 0, channels = 0] = onlyInput(inputs);
    return [Math.floor(height / size), Math.floor(width / size), channels];
  },
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

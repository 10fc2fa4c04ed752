import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { checkCount, checkOne, onlyInput, sizeOf, wholeParam } from "../params";

/** The largest value of every `size` neighbouring steps, channel by channel; what remains at the end is left out. */
export const maxPool1d: LayerKind = {
  kind: "max-pool1d",
  summary:
    "Keeps the largest value of every few steps: a shorter sequence that says whether, not exactly when.",
  check: (params, inputs) => {
    const reason = checkCount(params, "size") ?? checkOne(inputs, 2);
    if (reason !== undefined) return reason;
    const [steps = 0] = onlyInput(inputs);
    const size = wholeParam(params, "size");
    return steps >= size ? undefined : `tiles of ${size} steps don't fit into ${steps}`;
  },
  shape: (params, inputs) => {
    const [steps = 0, channels = 0] = onlyInput(inputs);
    return [Math.floor(steps / wholeParam(params, "size")), channels];
  },
  weights: () => [],
  // One comparison a value that a tile covers.
  flops: (params, inputs) => sizeOf(maxPool1d.shape(params, inputs)) * wholeParam(params, "size"),
  // An image of one row.
  forward: ({ tf, params, x: [x] }) => {
    if (x === undefined) throw new Error("max-pool1d: not fed");
    const [batch = 1, steps = 1, channels = 1] = x.shape;
    const size = wholeParam(params, "size");
    const image = fourSides(tf.reshape(x, [batch, 1, steps, channels]));
    const pooled = tf.maxPool(image, [1, size], [1, size], "valid");
    return tf.reshape(pooled, [batch, Math.floor(steps / size), channels]); // [batch, steps′, channels]
  },
  toKeras: (params) => {
    const size = wholeParam(params, "size");
    return { class_name: "MaxPooling1D", config: { pool_size: [size], strides: [size], padding: "valid" } };
  },
};

import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { checkCount, onlyInput, wholeParam } from "../params";
import { checkWindow, kerasWindow, paddingOf, placesAlong } from "../windows";

/**
 * Filters of `kernel` steps slide along a sequence; one bias a filter. [steps, c] → [steps′, filters]. Padding and
 * strides as those of `conv2d`.
 */
export const conv1d: LayerKind = {
  kind: "conv1d",
  summary: "Slides small filters along a sequence: the same weights look at every step and its neighbours.",
  check: (params, inputs) => checkCount(params, "filters") ?? checkWindow(params, inputs, 1),
  shape: (params, inputs) => [placesAlong(params, onlyInput(inputs)[0] ?? 0), wholeParam(params, "filters")],
  weights: (params, inputs) => {
    const [, channels = 0] = onlyInput(inputs);
    const [kernel, filters] = [wholeParam(params, "kernel"), wholeParam(params, "filters")];
    const fans = { fanIn: kernel * channels, fanOut: kernel * filters, trainable: true };
    return [
      { name: "kernel", shape: [kernel, channels, filters], init: "he-normal", ...fans },
      { name: "bias", shape: [filters], init: "zeros", ...fans },
    ];
  },
  slides: true,
  flops: (params, inputs) => {
    const [steps = 0, channels = 0] = onlyInput(inputs);
    const perPlace = 2 * wholeParam(params, "kernel") * channels * wholeParam(params, "filters");
    return perPlace * placesAlong(params, steps);
  },
  // An image of one row.
  forward: ({ tf, params, x: [x], w: { kernel, bias } }) => {
    if (x === undefined || kernel === undefined || bias === undefined) throw new Error("conv1d: not fed");
    const [batch = 1, steps = 1, channels = 1] = x.shape;
    const image = fourSides(tf.reshape(x, [batch, 1, steps, channels]));
    const filter = fourSides(tf.reshape(kernel, [1, ...kernel.shape]));
    const seen = tf.conv2d(image, filter, wholeParam(params, "stride"), paddingOf(params));
    const [, , places = 1, filters = 1] = seen.shape;
    return tf.add(tf.reshape(seen, [batch, places, filters]), bias); // [batch, steps′, filters]
  },
  toKeras: (params) => ({
    class_name: "Conv1D",
    config: { filters: wholeParam(params, "filters"), ...kerasWindow(params, 1) },
  }),
};

import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { checkCount, onlyInput, wholeParam } from "../params";
import { checkWindow, kerasWindow, paddingOf, placesAlong } from "../windows";

/**
 * Filters of kernel × kernel slide over an image in strides; one bias a filter. [h, w, c] → [h′, w′, filters].
 * `same` padding surrounds the image with zeros so that h′ = ⌈h / stride⌉; with `valid` h′ = ⌊(h − kernel) / stride⌋ + 1.
 * @see Dumoulin & Visin, A guide to convolution arithmetic for deep learning (2016)
 */
export const conv2d: LayerKind = {
  kind: "conv2d",
  summary: "Slides small filters over an image: the same weights look at every place.",
  check: (params, inputs) => checkCount(params, "filters") ?? checkWindow(params, inputs, 2),
  shape: (params, inputs) => {
    const [height = 0, width = 0] = onlyInput(inputs);
    return [placesAlong(params, height), placesAlong(params, width), wholeParam(params, "filters")];
  },
  weights: (params, inputs) => {
    const [, , channels = 0] = onlyInput(inputs);
    const kernel = wholeParam(params, "kernel");
    const filters = wholeParam(params, "filters");
    const fans = { fanIn: kernel * kernel * channels, fanOut: kernel * kernel * filters, trainable: true };
    return [
      { name: "kernel", shape: [kernel, kernel, channels, filters], init: "he-normal", ...fans },
      { name: "bias", shape: [filters], init: "zeros", ...fans },
    ];
  },
  slides: true,
  flops: (params, inputs) => {
    const [height = 0, width = 0, channels = 0] = onlyInput(inputs);
    const perPlace = 2 * wholeParam(params, "kernel") ** 2 * channels * wholeParam(params, "filters");
    return perPlace * placesAlong(params, height) * placesAlong(params, width);
  },
  forward: ({ tf, params, x: [x], w: { kernel, bias } }) => {
    if (bias === undefined) throw new Error("conv2d: not fed");
    const stride = wholeParam(params, "stride");
    return tf.add(tf.conv2d(fourSides(x), fourSides(kernel), stride, paddingOf(params)), bias); // [batch, h′, w′, filters]
  },
  toKeras: (params) => ({
    class_name: "Conv2D",
    config: { filters: wholeParam(params, "filters"), ...kerasWindow(params, 2) },
  }),
};

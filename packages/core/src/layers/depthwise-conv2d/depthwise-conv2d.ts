import { fourSides } from "../four-sides";
import type { LayerKind } from "../layer";
import { onlyInput, wholeParam } from "../params";
import { checkWindow, kerasWindow, paddingOf, placesAlong } from "../windows";

/**
 * One filter of kernel × kernel for each channel, which sees that channel alone: [h, w, c] → [h′, w′, c], with padding
 * and strides as conv2d's. With a conv2d of kernel 1 behind it, a separable convolution: about kernel² times less
 * arithmetic than a plain one of many filters.
 * @see Chollet, Xception: deep learning with depthwise separable convolutions (2017)
 */
export const depthwiseConv2d: LayerKind = {
  kind: "depthwise-conv2d",
  summary: "Slides one small filter over each channel of an image by itself.",
  check: (params, inputs) => checkWindow(params, inputs, 2),
  shape: (params, inputs) => {
    const [height = 0, width = 0, channels = 0] = onlyInput(inputs);
    return [placesAlong(params, height), placesAlong(params, width), channels];
  },
  weights: (params, inputs) => {
    const [, , channels = 0] = onlyInput(inputs);
    const kernel = wholeParam(params, "kernel");
    const fans = { fanIn: kernel * kernel, fanOut: kernel * kernel, trainable: true };
    return [
      { name: "kernel", shape: [kernel, kernel, channels, 1], init: "he-normal", ...fans },
      { name: "bias", shape: [channels], init: "zeros", ...fans },
    ];
  },
  slides: true,
  flops: (params, inputs) => {
    const [height = 0, width = 0, channels = 0] = onlyInput(inputs);
    const perPlace = 2 * wholeParam(params, "kernel") ** 2 * channels;
    return perPlace * placesAlong(params, height) * placesAlong(params, width);
  },
  forward: ({ tf, params, x: [x], w: { kernel, bias } }) => {
    if (bias === undefined) throw new Error("depthwise-conv2d: not fed");
    const stride = wholeParam(params, "stride");
    return tf.add(tf.depthwiseConv2d(fourSides(x), fourSides(kernel), stride, paddingOf(params)), bias); // [batch, h′, w′, c]
  },
  toKeras: (params) => ({
    class_name: "DepthwiseConv2D",
    config: { depth_multiplier: 1, ...kerasWindow(params, 2) },
  }),
};

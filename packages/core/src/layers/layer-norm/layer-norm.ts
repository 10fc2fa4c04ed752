import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** Added to a variance before its root is divided by. */
export const LAYER_NORM_EPSILON = 1e-5;

/**
 * y = gain · (x − μ) / √(σ² + ε) + shift, with mean μ and variance σ² of the values along the last side.
 * @see Ba, Kiros & Hinton, Layer Normalization (2016), equations 3 and 4
 */
export const layerNorm: LayerKind = {
  kind: "layer-norm",
  summary: "Gives the values of each place mean 0 and spread 1, then a learned gain and shift a channel.",
  check: (_, inputs) =>
    checkOne(inputs) ?? (onlyInput(inputs).length > 0 ? undefined : "its input has no side"),
  shape: (_, inputs) => onlyInput(inputs),
  weights: (_, inputs) => {
    const size = onlyInput(inputs).at(-1) ?? 0;
    const each = { shape: [size], fanIn: size, fanOut: size, trainable: true };
    return [
      { name: "gain", init: "ones", ...each },
      { name: "shift", init: "zeros", ...each },
    ];
  },
  // Two passes of a sum each, then a difference, two products and a sum.
  flops: (_, inputs) => 8 * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x], w: { gain, shift } }) => {
    if (x === undefined || gain === undefined || shift === undefined) throw new Error("layer-norm: not fed");
    const distance = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(distance), -1, true);
    const standard = tf.div(distance, tf.sqrt(tf.add(variance, LAYER_NORM_EPSILON)));
    return tf.add(tf.mul(standard, gain), shift);
  },
  toKeras: () => ({ class_name: "LayerNormalization", config: { axis: -1, epsilon: LAYER_NORM_EPSILON } }),
};

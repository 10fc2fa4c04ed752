import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/**
 * (x − mean) / spread along the last side: a number each for every value of a row, for every channel of an image.
 * Mean and spread travel with the weights and are not trained: train/prepare.ts measures them on the training rows.
 * Until then they are 0 and 1, and the layer changes nothing.
 */
export const standardise: LayerKind = {
  kind: "standardise",
  summary: "Measures each value in units of its spread over the training rows, from their mean.",
  check: (_, inputs) =>
    checkOne(inputs) ?? (onlyInput(inputs).length > 0 ? undefined : "its input has no side"),
  shape: (_, inputs) => onlyInput(inputs),
  weights: (_, inputs) => {
    const size = onlyInput(inputs).at(-1) ?? 0;
    const constant = { shape: [size], fanIn: size, fanOut: size, trainable: false };
    return [
      { name: "mean", init: "zeros", ...constant },
      { name: "spread", init: "ones", ...constant },
    ];
  },
  flops: (_, inputs) => 2 * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x], w: { mean, spread } }) => {
    if (x === undefined || mean === undefined || spread === undefined)
      throw new Error("standardise: not fed");
    return tf.div(tf.sub(x, mean), spread);
  },
};

import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** exp xₖ / Σⱼ exp xⱼ along the last side: scores become probabilities. A label's scores pass it on a joint link. */
export const softmax: LayerKind = {
  kind: "softmax",
  summary: "Turns scores into probabilities that sum to 1.",
  check: (_, inputs) => checkOne(inputs),
  shape: (_, inputs) => onlyInput(inputs),
  weights: () => [],
  // An exponential, an addition and a division a value.
  flops: (_, inputs) => 3 * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("softmax: not fed");
    return tf.softmax(x);
  },
  toKeras: () => ({ class_name: "Softmax", config: { axis: -1 } }),
};

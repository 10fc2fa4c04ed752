import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** 1 / (1 + exp −x), value by value: a score becomes a probability. A flag's scores pass it on a joint link. */
export const sigmoid: LayerKind = {
  kind: "sigmoid",
  summary: "Turns each score into a probability of its own.",
  check: (_, inputs) => checkOne(inputs),
  shape: (_, inputs) => onlyInput(inputs),
  weights: () => [],
  // An exponential, an addition and a division a value.
  flops: (_, inputs) => 3 * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("sigmoid: not fed");
    return tf.sigmoid(x);
  },
  toKeras: () => ({ class_name: "Activation", config: { activation: "sigmoid" } }),
};

import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** max(x, 0), value by value. */
export const relu: LayerKind = {
  kind: "relu",
  summary: "Lets positive values through and makes the others 0.",
  check: (_, inputs) => checkOne(inputs),
  shape: (_, inputs) => onlyInput(inputs),
  weights: () => [],
  flops: (_, inputs) => sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("relu: not fed");
    return tf.relu(x);
  },
  toKeras: () => ({ class_name: "ReLU", config: {} }),
};

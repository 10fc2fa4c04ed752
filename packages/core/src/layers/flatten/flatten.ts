import type { LayerKind } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** All values of a record in one row, in the order in which they lie. */
export const flatten: LayerKind = {
  kind: "flatten",
  summary: "Puts all values of a record into one row.",
  check: (_, inputs) => checkOne(inputs),
  shape: (_, inputs) => [sizeOf(onlyInput(inputs))],
  weights: () => [],
  flops: () => 0,
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("flatten: not fed");
    const [batch = 1, ...sides] = x.shape;
    return tf.reshape(x, [batch, sizeOf(sides)]); // [batch, values]
  },
  toKeras: () => ({ class_name: "Flatten", config: {} }),
};

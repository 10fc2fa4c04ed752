import type { LayerKind } from "../layer";
import { checkOne, onlyInput } from "../params";

/** The last step of a sequence of rows: [steps, c] → [c]. */
export const lastStep: LayerKind = {
  kind: "last-step",
  summary: "Keeps the last step of a sequence: what a memory holds when it has read everything.",
  check: (_, inputs) => checkOne(inputs, 2),
  shape: (_, inputs) => onlyInput(inputs).slice(1),
  weights: () => [],
  flops: () => 0,
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("last-step: not fed");
    const [batch = 1, steps = 1, channels = 1] = x.shape;
    return tf.reshape(tf.slice(x, [0, steps - 1, 0], [batch, 1, channels]), [batch, channels]); // [batch, c]
  },
};

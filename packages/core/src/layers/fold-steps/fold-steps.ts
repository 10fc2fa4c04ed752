import type { LayerKind } from "../layer";
import { onlyInput } from "../params";

/**
 * [batch, steps, …] → [batch · steps, …]: what lies behind it maps over the elements of a sequence with tied weights,
 * until `unfold-steps` puts them back.
 */
export const foldSteps: LayerKind = {
  kind: "fold-steps",
  summary: "Takes a sequence apart, so that the same layers see each of its elements.",
  check: (_, inputs) => {
    if (inputs.length !== 1) return `it takes one input, seen ${inputs.length}`;
    return onlyInput(inputs).length >= 2 ? undefined : "its input is no sequence";
  },
  shape: (_, inputs) => onlyInput(inputs).slice(1),
  weights: () => [],
  flops: () => 0,
  batchFactor: (_, inputs) => onlyInput(inputs)[0] ?? 1,
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("fold-steps: not fed");
    const [batch = 1, steps = 1, ...sides] = x.shape;
    return tf.reshape(x, [batch * steps, ...sides]); // [batch · steps, …]
  },
};

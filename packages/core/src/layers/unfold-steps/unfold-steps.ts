import type { LayerKind } from "../layer";
import { checkCount, checkOne, onlyInput, wholeParam } from "../params";

/** [batch · steps, …] → [batch, steps, …]: the elements of each sequence together again. */
export const unfoldSteps: LayerKind = {
  kind: "unfold-steps",
  summary: "Puts the elements of a sequence together again.",
  check: (params, inputs) => checkCount(params, "steps") ?? checkOne(inputs),
  shape: (params, inputs) => [wholeParam(params, "steps"), ...onlyInput(inputs)],
  weights: () => [],
  flops: () => 0,
  batchFactor: (params) => 1 / wholeParam(params, "steps"),
  forward: ({ tf, params, x: [x] }) => {
    if (x === undefined) throw new Error("unfold-steps: not fed");
    const steps = wholeParam(params, "steps");
    const [rows = 1, ...sides] = x.shape;
    return tf.reshape(x, [rows / steps, steps, ...sides]); // [batch, steps, …]
  },
};

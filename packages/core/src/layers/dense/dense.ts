import type { LayerKind } from "../layer";
import { checkCount, checkOne, onlyInput, wholeParam } from "../params";

/** y = x·W + b, from [n] to [units]. */
export const dense: LayerKind = {
  kind: "dense",
  summary: "Every output is a weighted sum of all inputs, plus a bias.",
  check: (params, inputs) => checkCount(params, "units") ?? checkOne(inputs, 1),
  shape: (params) => [wholeParam(params, "units")],
  weights: (params, inputs) => {
    const [fanIn = 0] = onlyInput(inputs);
    const fanOut = wholeParam(params, "units");
    const fans = { fanIn, fanOut, trainable: true };
    return [
      { name: "kernel", shape: [fanIn, fanOut], init: "glorot-uniform", ...fans },
      { name: "bias", shape: [fanOut], init: "zeros", ...fans },
    ];
  },
  flops: (params, inputs) => 2 * (onlyInput(inputs)[0] ?? 0) * wholeParam(params, "units"),
  forward: ({ tf, x: [x], w: { kernel, bias } }) => {
    if (x === undefined || kernel === undefined || bias === undefined) throw new Error("dense: not fed");
    return tf.add(tf.matMul(x, kernel), bias); // [batch, units]
  },
  toKeras: (params) => ({
    class_name: "Dense",
    config: { units: wholeParam(params, "units"), activation: "linear", use_bias: true },
  }),
};

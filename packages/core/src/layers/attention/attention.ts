import type { LayerKind, Tensor, Tf } from "../layer";
import { checkCount, onlyInput, wholeParam } from "../params";
import { checkSequence } from "../recurrent";

/** Added to the scores of steps that must not be seen: their exp is 0. */
const HIDDEN = -1e9;

/**
 * Multi-head self-attention along a sequence, [steps, c] → [steps, c]: q, k and v are x · W + b, cut into heads of
 * c / heads values; a head gives softmax(q · kᵀ / √(c / heads)) · v, and all of them together go through one more
 * product. `causal`: a step sees itself and those before it only.
 * @see Vaswani et al., Attention is all you need (2017), sections 3.2.1 and 3.2.2
 */
export const attention: LayerKind = {
  kind: "attention",
  summary:
    "Lets every step of a sequence look at all others and take from each as much as they fit together.",
  check: (params, inputs) => {
    const reason = checkCount(params, "heads") ?? checkSequence(inputs);
    if (reason !== undefined) return reason;
    const heads = wholeParam(params, "heads");
    const channels = onlyInput(inputs).at(-1) ?? 0;
    return channels % heads === 0 ? undefined : `${channels} values a step can't be cut into ${heads} heads`;
  },
  shape: (_, inputs) => onlyInput(inputs),
  weights: (_, inputs) => {
    const size = onlyInput(inputs).at(-1) ?? 0;
    const fans = { fanIn: size, fanOut: size, trainable: true };
    return [
      { name: "kernel", shape: [size, 3 * size], init: "glorot-uniform", ...fans },
      { name: "bias", shape: [3 * size], init: "zeros", ...fans },
      { name: "output", shape: [size, size], init: "glorot-uniform", ...fans },
      { name: "outputBias", shape: [size], init: "zeros", ...fans },
    ];
  },
  // Four products with weights, two between steps, and a softmax of ten operations a pair.
  flops: (params, inputs) => {
    const [steps = 0, size = 0] = onlyInput(inputs);
    return 8 * steps * size * size + steps * steps * (4 * size + 10 * wholeParam(params, "heads"));
  },
  keeps: (params, inputs) => {
    const [steps = 0, size = 0] = onlyInput(inputs);
    return 4 * steps * size + wholeParam(params, "heads") * steps * steps;
  },
  forward: ({ tf, params, x: [x], w: { kernel, bias, output, outputBias } }) => {
    if (x === undefined || kernel === undefined || bias === undefined) throw new Error("attention: not fed");
    if (output === undefined || outputBias === undefined) throw new Error("attention: not fed");
    const [batch = 1, steps = 1, size = 1] = x.shape;
    const heads = wholeParam(params, "heads");
    const rows = batch * steps;
    const sums = tf.add(tf.matMul(tf.reshape(x, [rows, size]), kernel), bias); // [rows, 3 · size]
    const part = (index: number): Tensor => {
      const values = tf.slice(sums, [0, index * size], [rows, size]);
      return tf.transpose(tf.reshape(values, [batch, steps, heads, size / heads]), [0, 2, 1, 3]);
    };
    const scores = tf.mul(tf.matMul(part(0), part(1), false, true), 1 / Math.sqrt(size / heads));
    const seen = params["causal"] === true ? tf.add(scores, laterSteps(tf, steps)) : scores;
    const taken = tf.matMul(tf.softmax(seen), part(2)); // [batch, heads, steps, size / heads]
    const together = tf.reshape(tf.transpose(taken, [0, 2, 1, 3]), [rows, size]);
    return tf.reshape(tf.add(tf.matMul(together, output), outputBias), [batch, steps, size]);
  },
  // Keras has the three parts of `kernel` as weights of their own, and is told of `causal` when the layer is called.
  toKeras: (params, inputs) => {
    const heads = wholeParam(params, "heads");
    const size = onlyInput(inputs).at(-1) ?? 0;
    return { class_name: "MultiHeadAttention", config: { num_heads: heads, key_dim: size / heads } };
  },
};

/** What hides the steps behind each step, [steps, steps]. */
function laterSteps(tf: Tf, steps: number): Tensor {
  const hidden = Float32Array.from({ length: steps * steps }, (_, at) =>
    at % steps > Math.floor(at / steps) ? HIDDEN : 0,
  );
  return tf.tensor(hidden, [steps, steps]);
}

import type { LayerKind } from "../layer";
import { checkCount, onlyInput, wholeParam } from "../params";
import { checkSequence, recurrentFlops, recurrentWeights, seenBySteps, togetherInTime } from "../recurrent";

/** z, r and n, in this order in every weight. */
const GATES = 3;

/**
 * Gated recurrent units along a sequence, [steps, c] → [steps, units]: from h₀ = 0 on,
 * z = σ(x·Wz + h·Uz + bz + cz), r = σ(x·Wr + h·Ur + br + cr), n = tanh(x·Wn + bn + r · (h·Un + cn)),
 * h ← z · h + (1 − z) · n.
 * @see Cho et al., Learning phrase representations using RNN encoder–decoder (2014); the reset gate behind the product,
 * as in Keras' `reset_after` and PyTorch
 */
export const gru: LayerKind = {
  kind: "gru",
  summary: "Reads a sequence step by step into a memory that gates let through, renew or keep.",
  check: (params, inputs) => checkCount(params, "units") ?? checkSequence(inputs),
  shape: (params, inputs) => [onlyInput(inputs)[0] ?? 0, wholeParam(params, "units")],
  weights: (params, inputs) => {
    const weights = recurrentWeights(params, inputs, GATES);
    return weights.flatMap((weight) =>
      weight.name === "bias" ? [weight, { ...weight, name: "recurrentBias" }] : [weight],
    );
  },
  slides: true,
  flops: (params, inputs) => recurrentFlops(params, inputs, GATES),
  forward: ({ tf, params, x: [x], w: { kernel, recurrent, bias, recurrentBias } }) => {
    if (x === undefined || kernel === undefined || recurrent === undefined) throw new Error("gru: not fed");
    if (bias === undefined || recurrentBias === undefined) throw new Error("gru: not fed");
    const units = wholeParam(params, "units");
    let h = tf.zeros([x.shape[0] ?? 1, units]);
    const states = seenBySteps(tf, x, { kernel, bias }).map((now) => {
      const kept = tf.add(tf.matMul(h, recurrent), recurrentBias);
      const [seenGates, seenNew] = tf.split(now, [2 * units, units], 1);
      const [keptGates, keptNew] = tf.split(kept, [2 * units, units], 1);
      if (!seenGates || !seenNew || !keptGates || !keptNew) throw new Error("gru: split in two");
      const [z, r] = tf.split(tf.sigmoid(tf.add(seenGates, keptGates)), 2, 1);
      if (!z || !r) throw new Error("gru: split in two");
      const n = tf.tanh(tf.add(seenNew, tf.mul(r, keptNew)));
      h = tf.add(n, tf.mul(z, tf.sub(h, n))); // [batch, units]
      return h;
    });
    return togetherInTime(tf, states); // [batch, steps, units]
  },
  toKeras: (params) => ({
    class_name: "GRU",
    config: { units: wholeParam(params, "units"), reset_after: true, return_sequences: true },
  }),
};

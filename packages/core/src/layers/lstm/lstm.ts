import type { LayerKind } from "../layer";
import { checkCount, onlyInput, wholeParam } from "../params";
import { checkSequence, recurrentFlops, recurrentWeights, seenBySteps, togetherInTime } from "../recurrent";

/** i, f, g and o, in this order in every weight. */
const GATES = 4;

/**
 * Long short-term memory along a sequence, [steps, c] → [steps, units]: from h₀ = c₀ = 0 on, with gates of
 * s = x·W + h·U + b: i = σ(sᵢ), f = σ(s_f), g = tanh(s_g), o = σ(sₒ), c ← f · c + i · g, h = o · tanh c.
 * The bias of f starts at 1, so that memory is kept at first.
 * @see Gers, Schmidhuber & Cummins, Learning to forget (2000); Jozefowicz et al., An empirical exploration of recurrent
 * network architectures (2015), for the bias
 */
export const lstm: LayerKind = {
  kind: "lstm",
  summary: "Reads a sequence step by step into a memory of its own, which gates write, keep and read.",
  check: (params, inputs) => checkCount(params, "units") ?? checkSequence(inputs),
  shape: (params, inputs) => [onlyInput(inputs)[0] ?? 0, wholeParam(params, "units")],
  weights: (params, inputs) =>
    recurrentWeights(params, inputs, GATES).map((weight) =>
      weight.name === "bias" ? { ...weight, init: "second-quarter-ones" } : weight,
    ),
  slides: true,
  flops: (params, inputs) => recurrentFlops(params, inputs, GATES),
  forward: ({ tf, params, x: [x], w: { kernel, recurrent, bias } }) => {
    if (x === undefined || kernel === undefined || recurrent === undefined || bias === undefined)
      throw new Error("lstm: not fed");
    const units = wholeParam(params, "units");
    let h = tf.zeros([x.shape[0] ?? 1, units]);
    let c = h;
    const states = seenBySteps(tf, x, { kernel, bias }).map((now) => {
      const [i, f, g, o] = tf.split(tf.add(now, tf.matMul(h, recurrent)), GATES, 1);
      if (!i || !f || !g || !o) throw new Error("lstm: split in four");
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g))); // [batch, units]
      h = tf.mul(tf.sigmoid(o), tf.tanh(c)); // [batch, units]
      return h;
    });
    return togetherInTime(tf, states); // [batch, steps, units]
  },
  toKeras: (params) => ({
    class_name: "LSTM",
    config: { units: wholeParam(params, "units"), return_sequences: true },
  }),
};

import type { LayerKind } from "../layer";
import { checkCount, checkPlaces, onlyInput, sizeOf, wholeParam } from "../params";

/**
 * y = x · table at every place: [steps, symbols] → [steps, units]. What comes in are symbols' probabilities, one-hot for
 * a known symbol: then y is the symbol's row of the table. So a joint link's guesses can be read as its labels are.
 */
export const embedding: LayerKind = {
  kind: "embedding",
  summary: "Learns a row of numbers for every symbol, and reads a sequence of symbols as those.",
  check: (params, inputs) => checkCount(params, "units") ?? checkPlaces(inputs),
  shape: (params, inputs) => [...onlyInput(inputs).slice(0, -1), wholeParam(params, "units")],
  weights: (params, inputs) => {
    const fanIn = onlyInput(inputs).at(-1) ?? 0;
    const fanOut = wholeParam(params, "units");
    return [{ name: "table", shape: [fanIn, fanOut], init: "unit-normal", fanIn, fanOut, trainable: true }];
  },
  flops: (params, inputs) => 2 * sizeOf(onlyInput(inputs)) * wholeParam(params, "units"),
  forward: ({ tf, x: [x], w: { table } }) => {
    if (x === undefined || table === undefined) throw new Error("embedding: not fed");
    const symbols = x.shape.at(-1) ?? 1;
    const rows = tf.matMul(tf.reshape(x, [x.size / symbols, symbols]), table);
    return tf.reshape(rows, [...x.shape.slice(0, -1), table.shape[1] ?? 1]); // [batch, steps, units]
  },
  // Keras' Embedding reads indices; on probabilities it is a dense layer without bias, and export says so.
  toKeras: (params) => ({
    class_name: "Dense",
    config: { units: wholeParam(params, "units"), activation: "linear", use_bias: false },
  }),
};

import type { LayerKind } from "../layer";
import { onlyInput, sizeOf } from "../params";
import { checkSequence } from "../recurrent";

/**
 * y = x + table, the same learned row of numbers for the same step of every sequence: attention by itself can't tell
 * one order of steps from another.
 * @see Vaswani et al., Attention is all you need (2017), section 3.5: learned positional embeddings
 */
export const position: LayerKind = {
  kind: "position",
  summary: "Adds learned numbers to each step of a sequence, by which its place can be told.",
  check: (_, inputs) => checkSequence(inputs),
  shape: (_, inputs) => onlyInput(inputs),
  weights: (_, inputs) => {
    const [steps = 0, size = 0] = onlyInput(inputs);
    const fans = { fanIn: steps, fanOut: size, trainable: true };
    return [{ name: "table", shape: [steps, size], init: "unit-normal", ...fans }];
  },
  flops: (_, inputs) => sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x], w: { table } }) => {
    if (x === undefined || table === undefined) throw new Error("position: not fed");
    return tf.add(x, table);
  },
};

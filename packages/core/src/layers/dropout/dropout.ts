import type { LayerKind } from "../layer";
import { checkOne, onlyInput, partParam, sizeOf } from "../params";

/**
 * In training, each value is 0 with probability `rate`, else divided by 1 − rate; otherwise x as it is. Which values
 * are dropped follows from the layer's random words of the step: value k is kept where word k ≥ rate · 2³².
 * @see Srivastava et al., Dropout (2014); scaled in training ("inverted"), so that nothing changes afterwards
 */
export const dropout: LayerKind = {
  kind: "dropout",
  summary: "Leaves out each value by chance in training, so that no unit relies on one other alone.",
  check: ({ rate }, inputs) =>
    typeof rate === "number" && rate >= 0 && rate < 1
      ? checkOne(inputs)
      : `its rate must be at least 0 and below 1, seen ${JSON.stringify(rate)}`,
  shape: (_, inputs) => onlyInput(inputs),
  weights: () => [],
  flops: (_, inputs) => sizeOf(onlyInput(inputs)),
  drawsInTraining: true,
  forward: ({ tf, params, x: [x], context }) => {
    if (x === undefined) throw new Error("dropout: not fed");
    return context.training ? tf.mul(x, context.mask(x.shape, partParam(params, "rate"))) : x;
  },
  toKeras: (params) => ({ class_name: "Dropout", config: { rate: partParam(params, "rate") } }),
};

/** Makes random words, 32 bits each, the factors of the values that they stand for. */
export function toFactors(words: Uint32Array, rate: number): Float32Array {
  const factors = new Float32Array(words.buffer, words.byteOffset, words.length); // each takes its word's place
  const least = dropoutThreshold(rate);
  const factor = 1 / (1 - rate);
  for (let place = 0; place < words.length; place++)
    factors[place] = (words[place] ?? 0) >= least ? factor : 0;
  return factors;
}

/** The least random word whose value is kept. */
export const dropoutThreshold = (rate: number): number => Math.round(rate * 2 ** 32);

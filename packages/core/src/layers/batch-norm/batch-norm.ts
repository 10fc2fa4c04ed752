import type { LayerKind, Shape, Tensor, Tf } from "../layer";
import { checkOne, onlyInput, sizeOf } from "../params";

/** Added to a variance before its root is divided by; Keras' default. */
export const BATCH_NORM_EPSILON = 1e-3;
/** What part of a moving statistic stays in a step; Keras' default. */
export const BATCH_NORM_MOMENTUM = 0.99;

/**
 * y = gain · (x − μ) / √(σ² + ε) + shift, a mean μ and a variance σ² for each channel, along the last side.
 *
 * In training they are those of all places of all records in the step's batch, whether labelled or not, and of all
 * elements of a mapped stage; each step also moves `mean` and `variance` 1 % of the way to them. Afterwards, and where
 * the layer is frozen, μ and σ² are `mean` and `variance`. The variance is that of the batch itself (divided by n).
 * @see Ioffe & Szegedy, Batch Normalization (2015), algorithms 1 and 2
 */
export const batchNorm: LayerKind = {
  kind: "batch-norm",
  summary:
    "Gives each channel mean 0 and spread 1 over the batch, then a learned gain and shift; afterwards by moving means.",
  check: (_, inputs) =>
    checkOne(inputs) ?? (onlyInput(inputs).length > 0 ? undefined : "its input has no side"),
  shape: (_, inputs) => onlyInput(inputs),
  weights: (_, inputs) => {
    const size = channelsOf(inputs);
    const each = { shape: [size], fanIn: size, fanOut: size };
    return [
      { name: "gain", init: "ones", trainable: true, ...each },
      { name: "shift", init: "zeros", trainable: true, ...each },
      { name: "mean", init: "zeros", trainable: false, moves: true, ...each },
      { name: "variance", init: "ones", trainable: false, moves: true, ...each },
    ];
  },
  valuesNormed: (inputs) =>
    onlyInput(inputs)
      .slice(0, -1)
      .reduce((product, side) => product * side, 1),
  // As layer norm: two passes of a sum each, then a difference, two products and a sum.
  flops: (_, inputs) => 8 * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x], w: { gain, shift, mean, variance }, context }) => {
    if (x === undefined || gain === undefined || shift === undefined) throw new Error("batch-norm: not fed");
    if (mean === undefined || variance === undefined) throw new Error("batch-norm: no statistics");
    if (!context.training) return scaled(tf, { distance: tf.sub(x, mean), variance, gain, shift });
    const others = x.shape.slice(0, -1).map((_, side) => side);
    const batchMean = tf.mean(x, others); // [channels]
    const distance = tf.sub(x, batchMean);
    const batchVariance = tf.mean(tf.square(distance), others); // [channels]
    context.move("mean", moved(tf, mean, batchMean));
    context.move("variance", moved(tf, variance, batchVariance));
    return scaled(tf, { distance, variance: batchVariance, gain, shift });
  },
  toKeras: () => ({
    class_name: "BatchNormalization",
    config: { axis: -1, momentum: BATCH_NORM_MOMENTUM, epsilon: BATCH_NORM_EPSILON },
  }),
};

const channelsOf = (inputs: readonly Shape[]): number => onlyInput(inputs).at(-1) ?? 0;

interface Distances {
  /** Of the values from their mean, [batch, …, channels]; the others are [channels]. */
  readonly distance: Tensor;
  readonly variance: Tensor;
  readonly gain: Tensor;
  readonly shift: Tensor;
}

const scaled = (tf: Tf, { distance, variance, gain, shift }: Distances): Tensor =>
  tf.add(tf.mul(tf.div(distance, tf.sqrt(tf.add(variance, BATCH_NORM_EPSILON))), gain), shift);

const moved = (tf: Tf, statistic: Tensor, found: Tensor): Tensor =>
  tf.add(tf.mul(statistic, BATCH_NORM_MOMENTUM), tf.mul(found, 1 - BATCH_NORM_MOMENTUM));

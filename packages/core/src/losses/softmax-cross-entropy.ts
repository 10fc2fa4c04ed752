import { indexConstant } from "./constant-predictor";
import type { LossKind } from "./loss";

/** Of one class among several. Its best constant prediction are the class frequencies: the loss is their entropy. */
export const softmaxCrossEntropy: LossKind = {
  summary: "−log softmax(z)ₜ = log Σⱼ exp zⱼ − zₜ for the class index t.",
  source: "Goodfellow, Bengio & Courville, Deep Learning (2016), 6.2.2.3",
  slotLosses(tf, { values, target }) {
    const width = values.shape[2] ?? 1;
    // Cast apart: tfjs-wasm writes whole numbers into a one-hot tensor of floats.
    const chosen = tf.cast(tf.oneHot(tf.cast(target, "int32"), width), "float32"); // [batch, slots, width]
    return tf.neg(tf.sum(tf.mul(tf.logSoftmax(values), chosen), -1));
  },
  hasIndexTargets: true,
  noTarget: 0,
  isTarget: (index, width) => index >= 0 && index < width,
  isNumeric: false,
  constantLoss: indexConstant,
};

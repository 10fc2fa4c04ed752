import { mean, plogp, valueConstant } from "./constant-predictor";
import type { LossKind } from "./loss";

/** Of flags. Their best constant prediction is how often they are set. */
export const sigmoidCrossEntropy: LossKind = {
  summary:
    "Mean over the slot's values of log(1 + exp z) − z·t, which is −t log σ(z) − (1−t) log(1−σ(z)) without overflow.",
  source: "Goodfellow, Bengio & Courville, Deep Learning (2016), 6.2.2.2",
  slotLosses: (tf, { values, target }) => tf.mean(tf.sub(tf.softplus(values), tf.mul(values, target)), -1),
  hasIndexTargets: false,
  noTarget: 0,
  isNumeric: false,
  constantLoss: valueConstant((values) => {
    const share = mean(values);
    return -plogp(share) - plogp(1 - share);
  }),
};

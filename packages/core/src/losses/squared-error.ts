import { mean, valueConstant } from "./constant-predictor";
import type { LossKind } from "./loss";

/** Of numbers. Their best constant prediction is their mean. */
export const squaredError: LossKind = {
  summary: "Mean over the slot's values of (z − t)².",
  slotLosses: (tf, { values, target }) => tf.mean(tf.square(tf.sub(values, target)), -1),
  hasIndexTargets: false,
  noTarget: 0,
  isNumeric: true,
  constantLoss: valueConstant((values) => {
    const centre = mean(values);
    return mean(values.map((value) => (value - centre) ** 2));
  }),
};

import { mean, valueConstant } from "./constant-predictor";
import type { LossKind } from "./loss";

/** Of boxes. Their best constant prediction is the point where its slope is 0. */
export const smoothL1: LossKind = {
  summary:
    "Mean over the slot's values of ½d² where |d| < 1, else |d| − ½, with d = z − t. With m = min(|d|, 1) both are ½m² + (|d| − m).",
  source: "Girshick, Fast R-CNN (2015), equation 3",
  slotLosses(tf, { values, target }) {
    const distance = tf.abs(tf.sub(values, target));
    const near = tf.clipByValue(distance, 0, 1);
    return tf.mean(tf.add(tf.mul(tf.square(near), 0.5), tf.sub(distance, near)), -1);
  },
  hasIndexTargets: false,
  noTarget: 0,
  isNumeric: true,
  constantLoss: valueConstant((values) => {
    const centre = centreOf(values);
    return mean(values.map((value) => lossAt(Math.abs(value - centre))));
  }),
};

const lossAt = (distance: number): number => (distance < 1 ? distance ** 2 / 2 : distance - 0.5);

/** Where Σ clip(c − t, −1, 1) = 0, by bisection: the sum grows with c. */
function centreOf(values: readonly number[]): number {
  let low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  let high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  for (let halving = 0; halving < 60; halving++) {
    const centre = (low + high) / 2;
    const slope = values.reduce((sum, value) => sum + Math.max(-1, Math.min(1, centre - value)), 0);
    if (slope < 0) low = centre;
    else high = centre;
  }
  return (low + high) / 2;
}

import type { Tensor, Tf } from "../layers/layer";
import { lossKinds } from "../losses/index";
import type { StepLoss } from "./stepper";

/** One head's tensors for one batch: raw values [batch, slots × width], targets and masks as in `StepLoss`. */
export interface HeadTensors {
  readonly raw: Tensor;
  readonly target: Tensor;
  readonly mask: Tensor;
}

/** Rare labels are scaled up by at most this (1/π): beyond it, single records would rule a batch. */
const MOST_SCALE_UP = 20;

/**
 * The loss of each slot, [batch, slots]; exactly 0 where the mask is 0.
 *
 * Where-then-mask, never mask × value: NaN × 0 is NaN. A masked target is replaced by 0 before anything is computed
 * from it, and a masked slot's loss by 0 before anything is summed; so whatever stands in a masked target changes no
 * bit of any gradient.
 */
export function slotLosses(tf: Tf, head: StepLoss, { raw, target, mask }: HeadTensors): Tensor {
  const rows = raw.shape[0] ?? 0;
  const { slots, width } = head;
  const counts = tf.greater(mask, 0); // [batch, slots]
  const values = tf.reshape(raw, [rows, slots, width]);
  const losses = lossKinds[head.loss].slotLosses(tf, {
    values,
    target: labelled(tf, head, { target, counts }),
  });
  return tf.where(counts, losses, tf.zeros(losses.shape));
}

/**
 * A head's loss in one batch: the sum over its labelled slots, divided as `normalise` says and by its unit. Not weighted.
 */
export function headLoss(tf: Tf, head: StepLoss, tensors: HeadTensors): Tensor {
  const sum = tf.sum(slotLosses(tf, head, tensors));
  const rows = tensors.raw.shape[0] ?? 0;
  if (head.normalise !== "labelled")
    return tf.mul(sum, 1 / (divisor(head, { rows, labelled: 0 }) * head.unit));
  const labelledSlots = tf.maximum(tf.sum(tensors.mask), 1); // no label: 0 / 1, not 0 / 0
  return tf.div(tf.mul(sum, 1 / head.unit), labelledSlots);
}

/**
 * What a head's sum of slot losses is divided by, besides its unit.
 *
 * `expected`: B·S·π, the labelled slots to be expected. It is the same constant for every batch of B, so the gradient
 * is unbiased for that of fully labelled data and nothing divides by zero. π is taken as at least 1/20.
 * `batch`: B·S. `labelled`: the labelled slots of the batch, at least 1.
 */
export function divisor(
  head: Pick<StepLoss, "normalise" | "slots" | "share">,
  batch: { readonly rows: number; readonly labelled: number },
): number {
  const all = batch.rows * head.slots;
  if (head.normalise === "batch") return all;
  if (head.normalise === "labelled") return Math.max(batch.labelled, 1);
  return all * Math.max(head.share, 1 / MOST_SCALE_UP);
}

/**
 * Targets shaped for the loss, with what is none in masked slots: [batch, slots] indices, else
 * [batch, slots, width].
 */
function labelled(tf: Tf, head: StepLoss, { target, counts }: { target: Tensor; counts: Tensor }): Tensor {
  const [rows = 0, slots = 0] = counts.shape;
  const { hasIndexTargets, noTarget } = lossKinds[head.loss];
  if (hasIndexTargets) {
    const indices = tf.reshape(target, [rows, slots]);
    return tf.where(counts, indices, tf.fill(indices.shape, noTarget));
  }
  const values = tf.reshape(target, [rows, slots, head.width]);
  const everywhere = tf.tile(tf.reshape(counts, [rows, slots, 1]), [1, 1, head.width]);
  return tf.where(everywhere, values, tf.zeros(values.shape));
}

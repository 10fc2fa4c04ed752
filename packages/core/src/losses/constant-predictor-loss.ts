import type { Labels } from "./constant-predictor";
import { lossKinds, type LossName } from "./index";

/** A constant that is right everywhere gives no scale. */
const PERFECT = 1e-12;

/**
 * A head's unit: the mean loss over labelled slots of the best predictor that never looks at its input. A head's loss
 * divided by it is 1 before anything is learned, whatever the field's unit or number of classes. It is 1 where no slot is
 * labelled, and where the constant is already right for every label.
 */
export function constantPredictorLoss({ loss, ...labels }: Labels & { readonly loss: LossName }): number {
  const found = lossKinds[loss].constantLoss(labels);
  return found > PERFECT ? found : 1;
}

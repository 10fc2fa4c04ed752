import { ctc } from "./ctc/ctc";
import type { LossKind } from "./loss";
import { sigmoidCrossEntropy } from "./sigmoid-cross-entropy";
import { smoothL1 } from "./smooth-l1";
import { softmaxCrossEntropy } from "./softmax-cross-entropy";
import { squaredError } from "./squared-error";

const kinds = {
  "softmax-cross-entropy": softmaxCrossEntropy,
  "sigmoid-cross-entropy": sigmoidCrossEntropy,
  "squared-error": squaredError,
  "smooth-l1": smoothL1,
  ctc,
} as const satisfies Readonly<Record<string, LossKind>>;

/** The losses there are. */
export type LossName = keyof typeof kinds;

/** Every loss, by name. */
export const lossKinds: Readonly<Record<LossName, LossKind>> = kinds;

/** Whether a target is one index a slot, and not a slot's values. Of `ctc`: symbols from the front, then −1. */
export const hasIndexTargets = (loss: LossName): boolean => lossKinds[loss].hasIndexTargets;

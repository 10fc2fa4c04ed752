import { type MeanInterval, meanInterval, pairedInterval } from "../interval";

/** Final scores of one pipeline, one a seed in the same order: one stage made perfect in two ways. */
export interface CeilingScores {
  /** The stage replaced by the truth; downstream as it was trained. */
  readonly frozen: readonly number[];
  /** The same, and downstream trained again on the truth. */
  readonly retrained: readonly number[];
}

/** How far the final score could rise if one stage were perfect. */
export interface Ceilings {
  readonly frozen: MeanInterval;
  readonly retrained: MeanInterval;
  /** retrained − frozen, paired by seed, as an improvement. */
  readonly gap: MeanInterval;
  /** The gap is shown to exceed δ: downstream was trained on inputs unlike the true ones (train/serve mismatch). */
  readonly mismatch: boolean;
}

/** A stage's two ceilings, and whether they lie apart by more than δ. */
export function stageCeilings(
  { frozen, retrained }: CeilingScores,
  { margin, higherIsBetter }: { readonly margin: number; readonly higherIsBetter: boolean },
): Ceilings {
  const gap = higherIsBetter ? pairedInterval(retrained, frozen) : pairedInterval(frozen, retrained);
  return {
    frozen: meanInterval(frozen),
    retrained: meanInterval(retrained),
    gap,
    mismatch: gap.low !== undefined && gap.low > margin,
  };
}

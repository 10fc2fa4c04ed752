import type { LossTerm } from "../compile/plan";
import { gatherArray, withoutNonFinite } from "../data/gather";
import type { Presence } from "./columns";
import { constantPredictorLoss } from "../losses/constant-predictor-loss";
import { lossKinds } from "../losses/index";
import { moments } from "./moments";
import { letThrough, type RowSet } from "./row-set";
import type { StepLoss } from "./stepper";
import type { TargetScale } from "./trial";

/** A head's labels over a row set. */
export interface HeadTargets {
  readonly term: LossTerm;
  /** Softmax, ctc: rows × slots indices; else rows × slots × width values in the field's own unit. */
  readonly target: Float32Array;
  /** rows × slots: 1 where the label is there, is a class, is let through by the mask, and its inputs are there. */
  readonly mask: Float32Array;
}

/** Reads a head's labels and what counts of them. */
export function headTargets(term: LossTerm, rows: RowSet, inputs: Presence): HeadTargets {
  const column = withoutNonFinite(rows.field(term.target));
  const lets = letThrough(term.mask, rows);
  const { frames, isTarget } = lossKinds[term.loss];
  if (frames !== undefined) {
    const slots = inputs.present.length / column.rows;
    const counts = (row: number): boolean =>
      lets(row) && !inputs.present.subarray(row * slots, (row + 1) * slots).includes(0);
    return { term, ...frames.targets(column, { frames: term.slots, symbols: term.width - 1 }, counts) };
  }
  const mask = Float32Array.from(column.present, (there, slot) => {
    if (there !== 1 || inputs.present[slot] !== 1 || !lets(Math.floor(slot / term.slots))) return 0;
    return isTarget === undefined || isTarget(column.data[slot] ?? -1, term.width) ? 1 : 0;
  });
  return { term, target: column.data, mask };
}

/** A head as one step's loss, with the unit that its labels are learned in. */
export interface ScaledHead {
  readonly loss: StepLoss;
  /** rows × slots × width, as the step reads them. */
  readonly target: Float32Array;
  readonly mask: Float32Array;
  /** Regression under unit scale: labels are learned as (label − mean) / spread. */
  readonly scale?: TargetScale;
}

/** Names of a head's resident arrays. */
export const targetName = (output: string): string => `${output}:target`;
export const maskName = (output: string): string => `${output}:mask`;

/**
 * Turns labels into a loss. Everything measured (share, unit, mean and spread) comes from the training rows alone.
 *
 * Under unit scale numbers are learned in units of their spread, so that a head starts near its constant predictor
 * whatever the field's unit; without, they are learned as they are.
 */
export function scaleHead({ term, target, mask }: HeadTargets, training: Int32Array): ScaledHead {
  const scale =
    lossKinds[term.loss].isNumeric && term.unitScale ? measure({ term, target, mask }, training) : undefined;
  const scaled = scale === undefined ? target : target.map(standardised(scale));
  const perSlot = target.length / mask.length;
  const labels = {
    loss: term.loss,
    target: gatherArray(scaled, training, term.slots * perSlot),
    mask: gatherArray(mask, training, term.slots),
    slots: term.slots,
    width: term.width,
  };
  const labelled = labels.mask.reduce((sum, counts) => sum + counts, 0);
  return {
    loss: {
      output: term.output,
      target: targetName(term.output),
      mask: maskName(term.output),
      loss: term.loss,
      slots: term.slots,
      width: term.width,
      weight: term.weight,
      normalise: term.normalise,
      share: labelled === 0 ? 1 : labelled / labels.mask.length, // no label: the loss is 0 whatever the share
      unit: term.unitScale ? constantPredictorLoss(labels) : 1,
    },
    target: scaled,
    mask,
    ...(scale === undefined ? {} : { scale }),
  };
}

/** Mean and spread of each value of a slot, over the labelled slots of the training rows. */
function measure({ term, target, mask }: HeadTargets, training: Int32Array): TargetScale {
  const { slots, width } = term;
  return moments(width, (take) => {
    for (const row of training) {
      for (let slot = row * slots; slot < (row + 1) * slots; slot++) {
        if (mask[slot] !== 1) continue;
        for (let k = 0; k < width; k++) take(k, target[slot * width + k] ?? 0);
      }
    }
  });
}

const standardised =
  ({ mean, spread }: TargetScale) =>
  (value: number, index: number): number =>
    (value - (mean[index % mean.length] ?? 0)) / (spread[index % spread.length] ?? 1);

import type { Column } from "../data/column";
import type { FieldType } from "../graph/field-type";
import type { Tensor, Tf } from "../layers/layer";
import type { Labels } from "./constant-predictor";

/** Raw values and targets of one head in one batch. */
export interface SlotTensors {
  /** Raw values, [batch, slots, width]. */
  readonly values: Tensor;
  /** [batch, slots] indices, else [batch, slots, width]. */
  readonly target: Tensor;
}

/** Targets of a head over some rows, and which of them count. */
export interface SlotTargets {
  /** rows × slots indices. */
  readonly target: Float32Array;
  /** rows × slots: 1 where a slot's label counts, else 0. */
  readonly mask: Float32Array;
}

/** How labels and answers are read where slots are the frames of a record, along which its symbols stand. */
export interface FrameReading {
  /** @param counts whether a record may be learned from at all */
  targets(
    column: Column,
    size: { readonly frames: number; readonly symbols: number },
    counts: (row: number) => boolean,
  ): SlotTargets;
  /** Whether a record says anything to learn from. */
  isLabelled(column: Column, row: number): boolean;
  /** @param isThere whether a record's inputs are */
  decode(
    raw: Float32Array,
    of: { readonly type: FieldType; readonly rows: number },
    isThere: (row: number) => boolean,
  ): Column;
}

/** A loss: everything that is particular to it. One folder or file each, found by `lossKinds`. */
export interface LossKind {
  /** Of one slot, as a formula in words. */
  readonly summary: string;
  /** Paper or book that the formula is from. */
  readonly source?: string;
  /** The loss of each slot, [batch, slots], masked or not. */
  slotLosses(tf: Tf, slot: SlotTensors): Tensor;
  /** Whether a target is one index a slot, and not a slot's values. */
  readonly hasIndexTargets: boolean;
  /** What stands in a target that doesn't count. */
  readonly noTarget: number;
  /** Whether an index is a target of a head so wide; absent: all values are. */
  isTarget?(index: number, width: number): boolean;
  /** Whether labels are numbers, which can be learned in units of their spread. */
  readonly isNumeric: boolean;
  /** Mean over labelled slots under the best constant prediction; 0 where nothing is labelled. */
  constantLoss(labels: Labels): number;
  /** Present where slots are frames. */
  readonly frames?: FrameReading;
  /** Why a step with it runs op by op on native; absent: it has a program there. */
  readonly eagerOnNative?: string;
}

import type { LossName } from "./stepper";

/** Labels of one head over the training rows. */
export interface Labels {
  readonly loss: LossName;
  /** Softmax, ctc: rows × slots indices; else rows × slots × width values. Masked ones are never read. */
  readonly target: Float32Array;
  /** rows × slots, 1 = labelled. */
  readonly mask: Float32Array;
  readonly slots: number;
  readonly width: number;
}

/** A constant that is right everywhere gives no scale. */
const PERFECT = 1e-12;

/**
 * A head's unit: the mean loss over labelled slots of the best predictor that never looks at its input, one constant
 * per slot and value. A head's loss divided by it is 1 before anything is learned, whatever the field's unit or number
 * of classes. It is 1 where no slot is labelled, and where the constant is already right for every label.
 *
 * The best constant is the class frequencies for softmax (the loss is their entropy), the mean for sigmoid and squared
 * error, and the point of slope 0 for smooth L1. For ctc it is what somebody loses who knows where a record's symbols
 * stand, but not which they are: their entropy times how many there are a frame.
 */
export function constantPredictorLoss(labels: Labels): number {
  if (labels.loss === "ctc") return symbolUnit(labels);
  let sum = 0;
  let labelled = 0;
  for (let slot = 0; slot < labels.slots; slot++) {
    const rows = labelledRows(labels, slot);
    if (rows.length === 0) continue;
    labelled += rows.length;
    sum += rows.length * slotUnit(labels, { slot, rows });
  }
  const mean = labelled === 0 ? 0 : sum / labelled;
  return mean > PERFECT ? mean : 1;
}

function symbolUnit({ target, mask }: Labels): number {
  const symbols = [...target].filter((symbol, slot) => (mask[slot] ?? 0) > 0 && symbol >= 0);
  const frames = mask.reduce((sum, counts) => sum + (counts > 0 ? 1 : 0), 0);
  const unit = symbols.length === 0 ? 0 : (entropy(symbols) * symbols.length) / frames;
  return unit > PERFECT ? unit : 1;
}

interface Slot {
  readonly slot: number;
  readonly rows: readonly number[];
}

function labelledRows({ mask, slots }: Labels, slot: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row * slots < mask.length; row++) if ((mask[row * slots + slot] ?? 0) > 0) rows.push(row);
  return rows;
}

/** Losses of values that are compared one by one. */
type ValueLoss = Exclude<LossName, "softmax-cross-entropy" | "ctc">;

/** Mean loss of one slot under its best constant. */
function slotUnit({ target, slots, width, loss }: Labels, { slot, rows }: Slot): number {
  if (loss === "softmax-cross-entropy" || loss === "ctc")
    return entropy(rows.map((row) => target[row * slots + slot] ?? 0));
  let sum = 0;
  for (let value = 0; value < width; value++) {
    sum += valueUnits[loss](rows.map((row) => target[(row * slots + slot) * width + value] ?? 0));
  }
  return sum / width;
}

/** Mean loss of one value under its best constant. */
const valueUnits: Readonly<Record<ValueLoss, (values: readonly number[]) => number>> = {
  "sigmoid-cross-entropy": (values) => {
    const share = mean(values);
    return -plogp(share) - plogp(1 - share);
  },
  "squared-error": (values) => {
    const centre = mean(values);
    return mean(values.map((value) => (value - centre) ** 2));
  },
  "smooth-l1": (values) => {
    const centre = smoothL1Centre(values);
    return mean(values.map((value) => smoothL1Of(Math.abs(value - centre))));
  },
};

/** Entropy in nats of the frequencies of the classes. */
function entropy(classes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - plogp(count / classes.length), 0);
}

/** p log p, continued by 0 to p = 0. */
const plogp = (p: number): number => (p > 0 ? p * Math.log(p) : 0);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const smoothL1Of = (distance: number): number => (distance < 1 ? distance ** 2 / 2 : distance - 0.5);

/** Where Σ clip(c − t, −1, 1) = 0, by bisection: the sum grows with c. */
function smoothL1Centre(values: readonly number[]): number {
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

/** Labels of one head over the training rows. */
export interface Labels {
  /** rows × slots indices; else rows × slots × width values. Masked ones are never read. */
  readonly target: Float32Array;
  /** rows × slots, 1 = labelled. */
  readonly mask: Float32Array;
  readonly slots: number;
  readonly width: number;
}

/** Mean loss over labelled slots, each under the best constant for its index; what that is, the frequencies say. */
export const indexConstant = (labels: Labels): number =>
  overSlots(labels, ({ slot, rows }) =>
    entropy(rows.map((row) => labels.target[row * labels.slots + slot] ?? 0)),
  );

/**
 * Mean loss over labelled slots, each of its values under a constant of its own.
 * @param valueConstant mean loss of one value's labels under their best constant
 */
export const valueConstant =
  (valueConstant: (values: readonly number[]) => number) =>
  (labels: Labels): number =>
    overSlots(labels, ({ slot, rows }) => {
      const { target, slots, width } = labels;
      let sum = 0;
      for (let value = 0; value < width; value++)
        sum += valueConstant(rows.map((row) => target[(row * slots + slot) * width + value] ?? 0));
      return sum / width;
    });

interface Slot {
  readonly slot: number;
  readonly rows: readonly number[];
}

function overSlots(labels: Labels, slotLoss: (slot: Slot) => number): number {
  let sum = 0;
  let labelled = 0;
  for (let slot = 0; slot < labels.slots; slot++) {
    const rows = labelledRows(labels, slot);
    if (rows.length === 0) continue;
    labelled += rows.length;
    sum += rows.length * slotLoss({ slot, rows });
  }
  return labelled === 0 ? 0 : sum / labelled;
}

function labelledRows({ mask, slots }: Labels, slot: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row * slots < mask.length; row++) if ((mask[row * slots + slot] ?? 0) > 0) rows.push(row);
  return rows;
}

/** Entropy in nats of the frequencies of the classes. */
export function entropy(classes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - plogp(count / classes.length), 0);
}

/** p log p, continued by 0 to p = 0. */
export const plogp = (p: number): number => (p > 0 ? p * Math.log(p) : 0);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

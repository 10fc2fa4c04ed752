import { type Column, slotsPerRecord, valuesPerRecord } from "../../data/column";

/** Calls back for every slot that has a truth. Slots count over all records. */
export function eachLabelled(truth: Column, visit: (slot: number) => void): void {
  truth.present.forEach((there, slot) => {
    if (there === 1) visit(slot);
  });
}

/** The class or flag value predicted in a slot; −1 where it is missing, which matches no truth. */
export const predictedAt = ({ present, data }: Column, slot: number): number =>
  present[slot] === 1 ? (data[slot] ?? -1) : -1;

/** Values in one slot: 4 of a box, 1 of a flag. */
export const valuesPerSlot = ({ type }: Column): number => valuesPerRecord(type) / slotsPerRecord(type);

/** Whether a record has any truth; an empty sequence or text that is there is one. */
export function isLabelled({ type, present, lengths }: Column, row: number): boolean {
  if (lengths !== undefined && type.is === "sequence" && lengths[row] === 0) return true;
  const slots = slotsPerRecord(type);
  return present.subarray(row * slots, (row + 1) * slots).includes(1);
}

/** How many records have any truth. */
export function countLabelled(truth: Column): number {
  let labelled = 0;
  for (let row = 0; row < truth.rows; row++) if (isLabelled(truth, row)) labelled++;
  return labelled;
}

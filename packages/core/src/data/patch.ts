import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "./column";

/**
 * A column with the values of another one of the same type wherever that has any. Sequences take the other's length
 * where the record has one. Scores of replaced slots are certain.
 */
export function patchColumn(column: Column, by: Column): Column {
  const { type, rows } = column;
  const slots = slotsPerRecord(type);
  const values = valuesPerRecord(type) / slots;
  const scores = scoresPerRecord(type) / slots;
  const patched = {
    data: column.data.slice(),
    present: column.present.slice(),
    scores: column.scores?.slice(),
    lengths: column.lengths?.slice(),
  };
  for (let row = 0; row < rows; row++) {
    const length = by.lengths?.[row] ?? -1;
    if (patched.lengths !== undefined && length >= 0) patched.lengths[row] = length;
  }
  by.present.forEach((there, slot) => {
    if (there !== 1) return;
    patched.present[slot] = 1;
    const value = by.data.subarray(slot * values, (slot + 1) * values);
    patched.data.set(value, slot * values);
    patched.scores?.set(scoresOf(by, slot, scores) ?? certain(value, scores), slot * scores);
  });
  return {
    type,
    rows,
    data: patched.data,
    present: patched.present,
    ...(patched.lengths === undefined ? {} : { lengths: patched.lengths }),
    ...(patched.scores === undefined ? {} : { scores: patched.scores }),
  };
}

const scoresOf = ({ scores }: Column, slot: number, perSlot: number): Float32Array | undefined =>
  scores?.subarray(slot * perSlot, (slot + 1) * perSlot);

/** A flag's own value; of a class 1 at its place. A value that is no class has no place. */
function certain(value: Float32Array, perSlot: number): Float32Array {
  if (perSlot === 1) return value;
  const scores = new Float32Array(perSlot);
  const place = value[0] ?? -1;
  if (place >= 0 && place < perSlot) scores[place] = 1;
  return scores;
}

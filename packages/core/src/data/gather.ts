import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "./column";

/** The records of `rows`, in that order, as a column of their own. */
export function gatherRows(column: Column, rows: Int32Array): Column {
  const { type, data, present, lengths, scores } = column;
  return {
    type,
    rows: rows.length,
    data: gather(data, rows, valuesPerRecord(type)),
    present: gather(present, rows, slotsPerRecord(type)),
    ...(lengths === undefined ? {} : { lengths: gather(lengths, rows, 1) }),
    ...(scores === undefined ? {} : { scores: gather(scores, rows, scoresPerRecord(type)) }),
  };
}

function gather<T extends Float32Array | Uint8Array | Int32Array>(
  array: T,
  rows: Int32Array,
  perRow: number,
): T {
  // The constructor of a typed array makes the same kind of array.
  const gathered = new (array.constructor as new (length: number) => T)(rows.length * perRow);
  rows.forEach((row, index) => {
    gathered.set(array.subarray(row * perRow, (row + 1) * perRow), index * perRow);
  });
  return gathered;
}

/** The same column, in which only the slots stay that `keep` lets through. Slots count over all records. */
export function keepSlots(column: Column, keep: (slot: number) => boolean): Column {
  const perSlot = valuesPerRecord(column.type) / slotsPerRecord(column.type);
  const data = column.data.slice();
  const present = column.present.map((there, slot) => (there === 1 && keep(slot) ? 1 : 0));
  present.forEach((there, slot) => {
    if (there === 0) data.fill(0, slot * perSlot, (slot + 1) * perSlot);
  });
  return { ...column, data, present };
}

/**
 * The same column, in which slots with a value that is not a number are missing. Labels pass through here, inputs
 * don't: a label that says nothing is left out, an input that says nothing must be seen.
 */
export function withoutNonFinite(column: Column): Column {
  if (column.data.every(Number.isFinite)) return column;
  const perSlot = valuesPerRecord(column.type) / slotsPerRecord(column.type);
  return keepSlots(column, (slot) =>
    column.data.subarray(slot * perSlot, (slot + 1) * perSlot).every(Number.isFinite),
  );
}

/** A column in which no record has a value. */
export function missingColumn(type: Column["type"], rows: number): Column {
  const hasLengths = type.is === "text" || type.is === "sequence";
  return {
    type,
    rows,
    data: new Float32Array(rows * valuesPerRecord(type)),
    present: new Uint8Array(rows * slotsPerRecord(type)),
    ...(hasLengths ? { lengths: new Int32Array(rows).fill(-1) } : {}),
  };
}

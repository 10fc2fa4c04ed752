import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "./column";

/** The records of `rows`, in that order, as a column of their own. */
export function gatherRows(column: Column, rows: Int32Array): Column {
  const { type, data, present, lengths, scores } = column;
  return {
    type,
    rows: rows.length,
    data: gatherArray(data, rows, valuesPerRecord(type)),
    present: gatherArray(present, rows, slotsPerRecord(type)),
    ...(lengths === undefined ? {} : { lengths: gatherArray(lengths, rows, 1) }),
    ...(scores === undefined ? {} : { scores: gatherArray(scores, rows, scoresPerRecord(type)) }),
  };
}

/** The entries of `rows`, `perRow` each, in that order. */
export function gatherArray<T extends Float32Array | Uint8Array | Int32Array>(
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

/**
 * Columns of one type, one after the other.
 * @throws Error when there are none
 */
export function joinColumns(columns: readonly Column[]): Column {
  const [first] = columns;
  if (first === undefined) throw new Error("columns: there is nothing to join");
  const { lengths, scores } = first;
  return {
    type: first.type,
    rows: columns.reduce((rows, column) => rows + column.rows, 0),
    data: join(columns.map(({ data }) => data)),
    present: join(columns.map(({ present }) => present)),
    ...(lengths === undefined ? {} : { lengths: join(columns.flatMap((column) => column.lengths ?? [])) }),
    ...(scores === undefined ? {} : { scores: join(columns.flatMap((column) => column.scores ?? [])) }),
  };
}

function join<T extends Float32Array | Uint8Array | Int32Array>(parts: readonly T[]): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // The constructor of a typed array makes the same kind of array. The caller has at least one part.
  const joined = new (parts[0]?.constructor as new (length: number) => T)(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
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

/** The same column, in which the other records' values are missing. */
export function keepRecords(column: Column, keep: (row: number) => boolean): Column {
  const slots = slotsPerRecord(column.type);
  const kept = keepSlots(column, (slot) => keep(Math.floor(slot / slots)));
  if (column.lengths === undefined) return kept;
  return { ...kept, lengths: column.lengths.map((length, row) => (keep(row) ? length : -1)) };
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

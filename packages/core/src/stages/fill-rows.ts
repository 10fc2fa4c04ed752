import { type Column, slotsPerRecord, valuesPerRecord } from "../data/column";
import type { PortTypes } from "./stage";

/** The values of one record by port. */
type Values = Readonly<Record<string, Float32Array>>;

/**
 * Makes an algorithm's outputs record by record, for output types that are there as a whole or not at all. A record
 * that lacks any input lacks every output.
 *
 * @param write fills one record's outputs from its inputs; views into the columns, valid during the call only
 */
export function fillRows(
  inputs: Readonly<Record<string, Column>>,
  outputs: PortTypes,
  write: (from: Values, to: Values, row: number) => void,
): Readonly<Record<string, Column>> {
  const columns = Object.values(inputs);
  const rows = columns[0]?.rows ?? 0;
  const made: Record<string, Column> = {};
  for (const [port, type] of Object.entries(outputs)) {
    const data = new Float32Array(rows * valuesPerRecord(type));
    made[port] = { type, rows, data, present: new Uint8Array(rows) };
  }
  for (let row = 0; row < rows; row++) {
    if (!columns.every((column) => isThere(column, row))) continue;
    for (const { present } of Object.values(made)) present[row] = 1;
    write(rowOf(inputs, row), rowOf(made, row), row);
  }
  return made;
}

function rowOf(columns: Readonly<Record<string, Column>>, row: number): Values {
  const values: Record<string, Float32Array> = {};
  for (const port in columns) {
    const column = columns[port];
    if (column === undefined) continue;
    const size = column.data.length / column.rows;
    values[port] = column.data.subarray(row * size, (row + 1) * size);
  }
  return values;
}

/** A sequence is there where it has a length, whichever of its elements are. */
export function isThere({ type, present, lengths }: Column, row: number): boolean {
  if (type.is === "sequence") return (lengths?.[row] ?? 0) >= 0;
  return present[row * slotsPerRecord(type)] === 1;
}

/** The first number of a record's values at a port. */
export const first = (values: Values, port: string): number => values[port]?.[0] ?? 0;

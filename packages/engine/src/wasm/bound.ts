import type { ResidentArray } from "@seams/core/train";
import type { Heap } from "./heap";
import type { Piece } from "./layout";

/** Where the rows of an array go: pieces of each record, `stride` floats from record to record. */
export interface RowTarget {
  readonly name: string;
  /** Of the first record, bytes. */
  readonly address: number;
  readonly stride: number;
  readonly pieces: readonly Piece[];
}

/** Arrays kept by name, whose rows are brought into program memory. They are kept as they are, not copied. */
export interface Bound {
  bind(arrays: Readonly<Record<string, ResidentArray>>): void;
  /**
   * Copies these rows.
   * @throws Error when the array is not bound, RangeError when it has no such row
   */
  copyRows(target: RowTarget, rows: Int32Array): void;
}

/** Shorter pieces are copied value by value: a call costs more. */
const LONG_PIECE = 48;

/**
 * @param expected values per record by array name; arrays of other names may be bound and are never read
 */
export function createBound(heap: Heap, expected: Readonly<Record<string, number>>): Bound {
  const arrays = new Map<string, { readonly array: ResidentArray; readonly size: number }>();
  return {
    bind(added) {
      for (const [name, array] of Object.entries(added)) {
        const size = array.shape.reduce((product, side) => product * side, 1);
        if (array.data.length !== array.rows * size) {
          throw new Error(`stepper: ${name} holds ${array.data.length} values, not ${array.rows} × ${size}.`);
        }
        const wanted = expected[name];
        if (wanted !== undefined && wanted !== size) {
          throw new Error(`stepper: ${name} has ${size} values per record, the step needs ${wanted}.`);
        }
        arrays.set(name, { array, size });
      }
    },
    copyRows({ name, address, stride, pieces }, rows) {
      const memory = heap.floats;
      const found = arrays.get(name);
      if (found === undefined) throw new Error(`stepper: the array ${name} is not bound.`);
      const { array, size } = found;
      const { data } = array;
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index] ?? 0;
        if (row < 0 || row >= array.rows) throw new RangeError(`stepper: ${name} has no row ${row}.`);
        const start = row * size;
        const target = address / 4 + index * stride;
        for (const { from, to, length } of pieces) {
          if (length < LONG_PIECE) {
            for (let k = 0; k < length; k++) memory[target + to + k] = data[start + from + k] ?? 0;
          } else memory.set(data.subarray(start + from, start + from + length), target + to);
        }
      }
    },
  };
}

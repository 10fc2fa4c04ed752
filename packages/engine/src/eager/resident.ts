import type { ResidentArray, Shape, Tensor, Tf } from "@seams/core/train";
import { sizeOf } from "./forward";

/** Arrays kept by name, from which batches are gathered. They are kept as they are, not copied. */
export interface Resident {
  bind(arrays: Readonly<Record<string, ResidentArray>>): void;
  /** These rows of an array as a tensor [rows.length, ...shape]. */
  gather(name: string, rows: Int32Array): Tensor;
}

/**
 * @param expected values per record by array name; arrays of other names may be bound and are never read
 */
export function createResident(tf: Tf, expected: Readonly<Record<string, number>>): Resident {
  const arrays = new Map<string, ResidentArray>();
  return {
    bind(added) {
      for (const [name, array] of Object.entries(added)) {
        checkArray(name, array, expected[name]);
        arrays.set(name, array);
      }
    },
    gather(name, rows) {
      const array = arrays.get(name);
      if (array === undefined) throw new Error(`stepper: the array ${name} is not bound.`);
      const shape: Shape = [rows.length, ...array.shape];
      return tf.tensor(rowsOf(name, array, rows), [...shape], "float32");
    },
  };
}

/**
 * Checks that an array holds what it says, and what the step needs of it.
 * @throws Error naming the array
 */
export function checkArray(name: string, array: ResidentArray, size: number | undefined): void {
  const perRow = sizeOf(array.shape);
  if (array.data.length !== array.rows * perRow) {
    throw new Error(`stepper: ${name} holds ${array.data.length} values, not ${array.rows} × ${perRow}.`);
  }
  if (size !== undefined && size !== perRow) {
    throw new Error(`stepper: ${name} has ${perRow} values per record, the step needs ${size}.`);
  }
}

function rowsOf(name: string, { data, rows: count, shape }: ResidentArray, rows: Int32Array): Float32Array {
  const size = sizeOf(shape);
  const batch = new Float32Array(rows.length * size);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    if (row < 0 || row >= count) throw new RangeError(`stepper: ${name} has no row ${row}.`);
    if (size === 1) batch[index] = data[row] ?? 0;
    else batch.set(data.subarray(row * size, (row + 1) * size), index * size);
  }
  return batch;
}

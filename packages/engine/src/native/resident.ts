import type { ResidentArray, Shape, Tensor } from "@seams/core/train";
import { present, sizeOf } from "../eager/forward";
import { checkArray } from "../eager/resident";
import type { Machine } from "../machine";

/** Arrays that lie where TensorFlow computes, from the first time that a program needs them. */
export interface NativeResidents {
  bind(arrays: Readonly<Record<string, ResidentArray>>): void;
  /** @throws Error when an array is not bound, RangeError when one has no such row */
  tensors(names: readonly string[], rows: Int32Array): Readonly<Record<string, Tensor>>;
  array(name: string): ResidentArray;
  dispose(): void;
}

/** @param shapes of a record by array name; arrays of other names may be bound and are never read */
export function createNativeResidents(
  { tf }: Machine,
  shapes: Readonly<Record<string, Shape>>,
): NativeResidents {
  const bound = new Map<string, { readonly array: ResidentArray; tensor?: Tensor }>();
  const entry = (name: string): { readonly array: ResidentArray; tensor?: Tensor } => {
    const found = bound.get(name);
    if (found === undefined) throw new Error(`stepper: the array ${name} is not bound.`);
    return found;
  };
  return {
    bind(arrays) {
      for (const [name, array] of Object.entries(arrays)) {
        const shape = shapes[name];
        checkArray(name, array, shape === undefined ? undefined : sizeOf(shape));
      }
      for (const [name, array] of Object.entries(arrays)) {
        bound.get(name)?.tensor?.dispose();
        bound.set(name, { array });
      }
    },
    tensors(names, rows) {
      const made = names.map((name) => {
        const found = entry(name);
        const { data, rows: count } = found.array;
        checkRows(name, count, rows);
        found.tensor ??= tf.tensor(data, [count, ...present(shapes[name], name)], "float32");
        return [name, found.tensor] as const;
      });
      return Object.fromEntries(made);
    },
    array: (name) => entry(name).array,
    dispose() {
      for (const { tensor } of bound.values()) tensor?.dispose();
      bound.clear();
    },
  };
}

function checkRows(name: string, count: number, rows: Int32Array): void {
  const wrong = rows.find((row) => row < 0 || row >= count);
  if (wrong !== undefined) throw new RangeError(`stepper: ${name} has no row ${wrong}.`);
}

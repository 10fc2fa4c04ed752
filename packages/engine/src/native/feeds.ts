import type { Tensor } from "@seams/core/train";
import { counted, type GraphBuilder, INT32, typed } from "./graph";

/** Tensors that stay where TensorFlow computes, by name. */
export type Residents = Readonly<Record<string, Tensor>>;

/** A side of a placeholder that is any. */
export const UNKNOWN = -1;

/** How elements of a value's first side are gathered, as attributes. */
export const gathering = (dtype: number): Parameters<GraphBuilder["add"]>[2] => ({
  Tparams: typed(dtype),
  Tindices: typed(INT32),
  Taxis: typed(INT32),
  batch_dims: counted(0),
});

/** A program's residents by the placeholders that they are fed to. */
export function feedsFor(
  named: ReadonlyMap<string, string>,
  residents: Residents,
  without: Readonly<Record<string, unknown>> = {},
): readonly (readonly [string, Tensor])[] {
  return [...named]
    .filter(([name]) => !Object.hasOwn(without, name))
    .map(([name, placeholder]) => [placeholder, presentTensor(residents[name])]);
}

/** @throws Error for a name that there is none of */
export function known(names: ReadonlyMap<string, string>, name: string): string {
  const value = names.get(name);
  if (value === undefined) throw new Error(`native: there is no ${name}.`);
  return value;
}

/** @throws Error where there is none */
export function presentTensor(tensor: Tensor | undefined): Tensor {
  if (tensor === undefined) throw new Error("native: a tensor is missing.");
  return tensor;
}

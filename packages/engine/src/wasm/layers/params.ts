import type { Layer } from "@seams/core/train";

/** A whole number among a layer's params. @throws Error when it is none: the layer kind checked it */
export function wholeParam({ id, params }: Layer, name: string): number {
  const value = params[name];
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new Error(`programs: ${id} has no whole number ${name}.`);
  }
  return value;
}

/** A number among a layer's params. @throws Error when it is none: the layer kind checked it */
export function numberParam({ id, params }: Layer, name: string): number {
  const value = params[name];
  if (typeof value !== "number") throw new Error(`programs: ${id} has no number ${name}.`);
  return value;
}

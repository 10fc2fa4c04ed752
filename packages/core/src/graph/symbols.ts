import type { FieldType } from "./field-type";

/** How many symbols a text or a sequence of classes is written in; undefined for other types. */
export function symbolsOf(type: FieldType): number | undefined {
  if (type.is === "text") return type.alphabet.length;
  return type.is === "sequence" && type.of.is === "label" ? type.of.classes.length : undefined;
}

/** Frames that any symbols of this length have room in, however many of them are equal: a blank between each two. */
export const framesFor = (symbols: number): number => Math.max(1, 2 * symbols - 1);

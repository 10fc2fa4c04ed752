import { type Column, type FieldTypeOf, type SplitName, valuesPerRecord } from "@seams/core";

/** A column of values of fixed size (vectors, scalars, images, labels), none of them missing. */
export function fullColumn(type: Column["type"], data: Float32Array): Column {
  const rows = data.length / valuesPerRecord(type);
  return { type, rows, data, present: new Uint8Array(rows).fill(1) };
}

/** A column of sequences that all have their greatest length, no element missing. */
export function fullSequences(type: FieldTypeOf<"sequence">, data: Float32Array): Column {
  const rows = data.length / valuesPerRecord(type);
  const present = new Uint8Array(rows * type.maxLength).fill(1);
  return { type, rows, data, present, lengths: new Int32Array(rows).fill(type.maxLength) };
}

/** The names of the whole numbers from 0 to `count` − 1: the classes of a digit. */
export const numberClasses = (count: number): string[] => Array.from({ length: count }, (_, k) => String(k));

/** The split of records that stand in blocks: first training, then validation, then test. */
export function splitInBlocks(counts: Readonly<Record<SplitName, number>>): SplitName[] {
  const parts: readonly SplitName[] = ["train", "validation", "test"];
  return parts.flatMap((part) => Array.from({ length: counts[part] }, () => part));
}

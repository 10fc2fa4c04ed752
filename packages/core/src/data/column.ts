import type { FieldType } from "../graph/field-type";

/**
 * All values of one field, or of one port, for a run of records.
 *
 * Values per record by type: image h·w·c (row-major, channels last, 0…1), signal `samples`, vector `size`, scalar 1,
 * label 1 (class index; −1 = a value that is no class of the type, which is always wrong), flags one 0/1 per name,
 * box 4, text `maxLength` alphabet indices, sequence `maxLength` × its element's values. Unused values are 0.
 *
 * A slot is the smallest part that can be missing by itself: one per name of flags, `maxLength` × the element's slots
 * for a sequence, else one per record. A missing slot's values are 0 and mean nothing.
 */
export interface Column {
  readonly type: FieldType;
  readonly rows: number;
  /** rows × valuesPerRecord(type) */
  readonly data: Float32Array;
  /** rows × slotsPerRecord(type): 1 = there, 0 = missing (or behind a sequence's end) */
  readonly present: Uint8Array;
  /** Text and sequence only: the length of each record's value; −1 where the record lacks the field. */
  readonly lengths?: Int32Array;
  /** Network outputs only: rows × scoresPerRecord(type) class or flag probabilities, from which `data` was decided. */
  readonly scores?: Float32Array;
}

/** Which part of the data a record belongs to. `validation` rows of the file are kept out of training and testing. */
export type SplitName = "train" | "validation" | "test";

/** A problem's records in memory. */
export interface ProblemData {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
  /** The split of each record. */
  readonly split: readonly SplitName[];
  /** Records with equal groups never stand on both sides of a split. Absent: each record its own group. */
  readonly groups?: Int32Array;
  /** sha-256 over the schema and every byte above: part of every cache key. */
  readonly hash: string;
}

/** Number of floats one record of this type takes in `Column.data`. */
export function valuesPerRecord(type: FieldType): number {
  switch (type.is) {
    case "image":
      return type.heightPx * type.widthPx * type.channels;
    case "signal":
      return type.samples;
    case "vector":
      return type.size;
    case "scalar":
    case "label":
      return 1;
    case "flags":
      return type.names.length;
    case "box":
      return 4;
    case "text":
      return type.maxLength;
    case "sequence":
      return type.maxLength * valuesPerRecord(type.of);
  }
}

/** Number of entries one record of this type takes in `Column.present`. */
export function slotsPerRecord(type: FieldType): number {
  if (type.is === "flags") return type.names.length;
  if (type.is === "sequence") return type.maxLength * slotsPerRecord(type.of);
  return 1;
}

/** Number of entries one record of this type takes in `Column.scores`: a probability per class or flag, in slot order. */
export function scoresPerRecord(type: FieldType): number {
  if (type.is === "label") return type.classes.length;
  if (type.is === "flags") return type.names.length;
  if (type.is === "sequence") return type.maxLength * scoresPerRecord(type.of);
  return 0;
}

import { type Column, type FieldType, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "@seams/core";
import type { RecordValue } from "./record-value";

/** A column of one record, or why the value is none of its type. */
export type ValueColumn = { readonly column: Column; readonly reason?: never } | { readonly reason: string };

/** The way back of `recordValue`: one record's value as a column with one row, decided with certainty. */
export function valueColumn(type: FieldType, value: RecordValue): ValueColumn {
  const data = new Float32Array(valuesPerRecord(type));
  const present = new Uint8Array(slotsPerRecord(type));
  const scores = new Float32Array(scoresPerRecord(type));
  const length = write(type, value, { data, present, scores });
  if (typeof length === "string") return { reason: length };
  return {
    column: {
      type,
      rows: 1,
      data,
      present,
      ...(type.is === "text" || type.is === "sequence" ? { lengths: Int32Array.of(length) } : {}),
      ...(scores.length === 0 ? {} : { scores }),
    },
  };
}

/** The parts of a column that one value fills. */
interface Slots {
  readonly data: Float32Array;
  readonly present: Uint8Array;
  readonly scores: Float32Array;
}

/** Fills the slots; the value's length (1 where it has none of its own, −1 where it is missing), or what is wrong. */
function write(type: FieldType, value: RecordValue, slots: Slots): number | string {
  if (value.is === "missing") return -1;
  if (type.is === "sequence") return writeSequence(type, value, slots);
  if (type.is === "flags") return writeFlags(type.names, value, slots);
  if (type.is === "text") return writeText(type, value, slots);
  const reason = type.is === "label" ? writeLabel(type, value, slots) : writeNumbers(type, value, slots);
  if (reason !== undefined) return reason;
  slots.present[0] = 1;
  return 1;
}

function writeLabel(
  { classes }: Extract<FieldType, { is: "label" }>,
  value: RecordValue,
  { data, scores }: Slots,
): string | undefined {
  const place = value.is === "label" ? classes.indexOf(value.value) : -1;
  if (place < 0) return `expected one of ${classes.slice(0, 12).join(", ")}`;
  data[0] = place;
  scores[place] = 1;
  return undefined;
}

/** Values that are all numbers: they fill the slot exactly. */
function writeNumbers(
  type: Exclude<FieldType, { is: "label" | "text" | "flags" | "sequence" }>,
  value: RecordValue,
  { data }: Slots,
): string | undefined {
  const numbers = numbersOf(type, value);
  if (numbers?.length === data.length && numbers.every(Number.isFinite)) {
    data.set(numbers);
    return undefined;
  }
  if (type.is === "image") return `expected ${type.heightPx} × ${type.widthPx} × ${type.channels} pixels`;
  return type.is === "scalar" ? "expected a number" : `expected ${data.length} numbers`;
}

function numbersOf({ is }: Pick<FieldType, "is">, value: RecordValue): readonly number[] | undefined {
  if (is === "scalar") return value.is === "number" ? [value.value] : undefined;
  if (is === "image") return value.is === "image" ? pixelsOf(value.base64) : undefined;
  if (is === "box") return value.is === "box" ? value.values : undefined;
  return value.is === "numbers" ? value.values : undefined;
}

function writeText(
  { alphabet, maxLength }: Extract<FieldType, { is: "text" }>,
  value: RecordValue,
  { data, present }: Slots,
): number | string {
  if (value.is !== "text") return "expected a text";
  const letters = Array.from(value.value);
  if (letters.length > maxLength) return `expected at most ${maxLength} characters`;
  const unknown = letters.find((letter) => !alphabet.includes(letter));
  if (unknown !== undefined) return `"${unknown}" is not in its alphabet`;
  data.set(letters.map((letter) => alphabet.indexOf(letter)));
  present[0] = 1;
  return letters.length;
}

function writeFlags(
  names: readonly string[],
  value: RecordValue,
  { data, present, scores }: Slots,
): number | string {
  if (value.is !== "flags") return `expected 0 or 1 for ${names.join(", ")}`;
  names.forEach((name, slot) => {
    const flag = Object.hasOwn(value.values, name) ? value.values[name] : null;
    if (flag === null || flag === undefined) return;
    data[slot] = flag;
    scores[slot] = flag;
    present[slot] = 1;
  });
  return 1;
}

function writeSequence(
  { of, maxLength }: Extract<FieldType, { is: "sequence" }>,
  value: RecordValue,
  { data, present, scores }: Slots,
): number | string {
  if (value.is !== "sequence") return "expected a sequence";
  if (value.of.length > maxLength) return `expected at most ${maxLength} elements`;
  const part = <T extends Float32Array | Uint8Array>(array: T, perElement: number, index: number): T =>
    // A part of a typed array is of the same kind.
    array.subarray(index * perElement, (index + 1) * perElement) as T;
  for (const [index, element] of value.of.entries()) {
    const reason = write(of, element, {
      data: part(data, valuesPerRecord(of), index),
      present: part(present, slotsPerRecord(of), index),
      scores: part(scores, scoresPerRecord(of), index),
    });
    if (typeof reason === "string") return `element ${index + 1}: ${reason}`;
  }
  return value.of.length;
}

const pixelsOf = (base64: string): readonly number[] =>
  Array.from(atob(base64), (byte) => byte.charCodeAt(0) / 255);

import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "../data/column";
import { assignable, describeType, typesEqual } from "../graph/assignable";
import { classValue } from "../graph/class-value";
import type { FieldType } from "../graph/field-type";
import { classIndex } from "./outcome";

/**
 * Converts a column to a type that its own is assignable to, for example the scalars of a formula to the label that
 * they answer. A number that is no class becomes −1, which is always wrong.
 *
 * @throws Error when the types are not assignable: 2-infer has not let that pass
 */
export function convertColumn(column: Column, to: FieldType): Column {
  const from = column.type;
  if (typesEqual(from, to)) return column;
  const reason = assignable(from, to);
  if (reason !== undefined)
    throw new Error(`convert: ${describeType(from)} to ${describeType(to)}: ${reason}`);
  if (from.is === "sequence" && to.is === "sequence") return convertSequence(column, to);
  const values = (data: Float32Array): Column => {
    const { scores: _, ...rest } = column;
    return { ...rest, type: to, data };
  };
  if (from.is === "label" && to.is === "label") {
    const place = from.classes.map((name) => to.classes.indexOf(name));
    return {
      ...values(mapPresent(column, (index) => place[index] ?? -1)),
      ...movedScores(column, place, to.classes.length),
    };
  }
  if (from.is === "label" && to.is === "scalar") {
    const numbers = from.classes.map((name) => Number(classValue(name)));
    const present = column.present.map((there, row) =>
      there === 1 && numbers[column.data[row] ?? -1] !== undefined ? 1 : 0,
    );
    return { ...values(mapPresent(column, (index) => numbers[index] ?? 0)), present };
  }
  if (from.is === "scalar" && to.is === "label") return values(mapPresent(column, classIndex(to.classes)));
  if (from.is === "text" && to.is === "text") {
    const place = from.alphabet.map((letter) => to.alphabet.indexOf(letter));
    const letters = { ...column, data: column.data.map((letter) => place[letter] ?? 0) };
    return clearUnused({ ...values(widen(letters.data, from.maxLength, to.maxLength)) });
  }
  return values(column.data);
}

function convertSequence(column: Column, to: Extract<FieldType, { is: "sequence" }>): Column {
  if (column.type.is !== "sequence") throw new Error("convert: not a sequence");
  const { of, maxLength } = column.type;
  const { lengths: _, ...elements } = { ...column, type: of, rows: column.rows * maxLength };
  const converted = convertColumn(elements, to.of);
  const stretch = <T extends Float32Array | Uint8Array>(array: T, perElement: number): T =>
    widen(array, maxLength * perElement, to.maxLength * perElement);
  const { scores } = converted;
  return {
    type: to,
    rows: column.rows,
    data: stretch(converted.data, valuesPerRecord(to.of)),
    present: stretch(converted.present, slotsPerRecord(to.of)),
    ...(column.lengths === undefined ? {} : { lengths: column.lengths }),
    ...(scores === undefined ? {} : { scores: stretch(scores, scoresPerRecord(to.of)) }),
  };
}

/** Each record's entries, followed by zeros up to the new number. */
function widen<T extends Float32Array | Uint8Array>(array: T, from: number, to: number): T {
  if (from === to) return array;
  const rows = array.length / from;
  // The constructor of a typed array makes the same kind of array.
  const wide = new (array.constructor as new (length: number) => T)(rows * to);
  for (let row = 0; row < rows; row++) wide.set(array.subarray(row * from, (row + 1) * from), row * to);
  return wide;
}

/** Sets letters behind each text's end to 0. */
function clearUnused(column: Column): Column {
  const perRow = valuesPerRecord(column.type);
  column.lengths?.forEach((length, row) => {
    column.data.fill(0, row * perRow + Math.max(length, 0), (row + 1) * perRow);
  });
  return column;
}

const mapPresent = ({ data, present }: Column, change: (value: number) => number): Float32Array =>
  data.map((value, row) => (present[row] === 1 ? change(value) : 0));

/** Class probabilities moved to the places of their classes. */
function movedScores(
  { scores, rows }: Column,
  place: readonly number[],
  classes: number,
): { scores?: Float32Array } {
  if (scores === undefined) return {};
  const moved = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    place.forEach((to, from) => {
      moved[row * classes + to] = scores[row * place.length + from] ?? 0;
    });
  }
  return { scores: moved };
}

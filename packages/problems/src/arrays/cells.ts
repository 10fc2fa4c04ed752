import { type FieldType, slotsPerRecord } from "@seams/core";
import type { NpyArray } from "./npy";

/** The shape of one record's value in an array; a sequence may be shorter. */
export function innerShape(type: FieldType): readonly (number | string)[] {
  switch (type.is) {
    case "image":
      return [type.heightPx, type.widthPx, type.channels];
    case "signal":
      return [type.samples];
    case "vector":
      return [type.size];
    case "flags":
      return [type.names.length];
    case "box":
      return [4];
    case "scalar":
    case "label":
    case "text":
      return [];
    case "sequence":
      return [`up to ${type.maxLength}`, ...innerShape(type.of)];
  }
}

/**
 * An array's records as cells that `readValue` understands: numbers, texts, typed arrays, lists of them.
 * @returns undefined where the shape is not that of the type
 */
export function arrayCells(type: FieldType, array: NpyArray): ((row: number) => unknown) | undefined {
  const inner = array.shape.slice(1);
  const element = type.is === "sequence" ? type.of : type;
  const elementShape = type.is === "sequence" ? inner.slice(1) : inner;
  const count = type.is === "sequence" ? inner[0] : 1;
  if (count === undefined || !fits(elementShape, innerShape(element))) return undefined;
  if (type.is === "sequence" && count > type.maxLength) return undefined;
  const cell = elementReader(element, array);
  if (type.is !== "sequence") return cell;
  return (row) => {
    const cells = withoutMissingEnd(Array.from({ length: count }, (_, k) => cell(row * count + k)));
    return cells.length === 0 && count > 0 ? undefined : cells;
  };
}

/** Sizes are equal; axes of size 1 at the end may be there or not. */
function fits(seen: readonly number[], expected: readonly (number | string)[]): boolean {
  const bare = (shape: readonly (number | string)[]): readonly (number | string)[] =>
    shape.at(-1) === 1 ? bare(shape.slice(0, -1)) : shape;
  const [a, b] = [bare(seen), bare(expected)];
  return a.length === b.length && a.every((size, k) => size === b[k]);
}

function elementReader(type: FieldType, { values, dtype }: NpyArray): (index: number) => unknown {
  const shape = innerShape(type);
  if (shape.length === 0) return scalarReader(type, values);
  const size = shape.reduce<number>((product, axis) => product * Number(axis), 1);
  const isBytes = type.is === "image" && dtype === "|u1";
  return (index) => {
    const entries = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      const value = Number(values[index * size + k]);
      entries[k] = isBytes ? value / 255 : value;
    }
    return entries;
  };
}

/**
 * A label's number is the name of its class where all classes are numbers, else its place in the list of classes.
 */
function scalarReader(type: FieldType, values: NpyArray["values"]): (index: number) => unknown {
  if (type.is !== "label" || type.classes.every((name) => /^[+-]?\d+(?:\.\d+)?$/.test(name))) {
    return (index) => values[index];
  }
  return (index) => {
    const value = values[index];
    return typeof value === "number" && !Number.isNaN(value) ? (type.classes[value] ?? value) : value;
  };
}

/** A list without what is missing at its end: that is how an array of one length says shorter sequences. */
function withoutMissingEnd(cells: readonly unknown[]): readonly unknown[] {
  let end = cells.length;
  while (end > 0 && isMissing(cells[end - 1])) end--;
  return cells.slice(0, end);
}

function isMissing(cell: unknown): boolean {
  if (typeof cell === "number") return Number.isNaN(cell);
  return cell === "" || (cell instanceof Float64Array && cell.every(Number.isNaN));
}

/** An array that says which records, or which slots of each, are there; undefined where its shape fits neither. */
export function presenceReader(
  type: FieldType,
  { shape, values }: NpyArray,
): ((row: number, slot: number) => boolean) | undefined {
  const slots = slotsPerRecord(type);
  const perRow = shape.slice(1).reduce((product, size) => product * size, 1);
  if (perRow === 1) return (row) => Number(values[row]) !== 0;
  return perRow === slots ? (row, slot) => Number(values[row * slots + slot]) !== 0 : undefined;
}

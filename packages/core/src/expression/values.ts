import { type Column, slotsPerRecord, valuesPerRecord } from "../data/column";
import { classValue } from "../graph/class-value";
import type { FieldType } from "../graph/field-type";
import type { Value } from "./evaluate";

/** Reads a column's values as expressions see them, by row. Images and signals are never seen: they are missing. */
export function valueReader(column: Column): (row: number) => Value {
  const read = elementReader(column.type, column);
  const values = valuesPerRecord(column.type);
  const slots = slotsPerRecord(column.type);
  return (row) => read({ row, value: row * values, slot: row * slots });
}

/** Where a value starts: its record (absent inside a sequence), its first entry in `data`, and in `present`. */
interface Start {
  readonly row?: number;
  readonly value: number;
  readonly slot: number;
}

function elementReader(type: FieldType, column: Column): (start: Start) => Value {
  const { data, present, lengths } = column;
  switch (type.is) {
    case "scalar":
      return ({ value, slot }) => (present[slot] === 1 ? data[value] : undefined);
    case "label": {
      const classes = type.classes.map(classValue);
      return ({ value, slot }) => (present[slot] === 1 ? classes[data[value] ?? -1] : undefined);
    }
    case "vector":
    case "box": {
      const size = valuesPerRecord(type);
      return ({ value, slot }) =>
        present[slot] === 1 ? Array.from(data.subarray(value, value + size)) : undefined;
    }
    case "flags":
      return ({ value, slot }) =>
        type.names.map((_, k) => (present[slot + k] === 1 ? data[value + k] : undefined));
    case "text":
      return ({ row, value, slot }) => {
        if (present[slot] !== 1) return undefined;
        const letters = Array.from(data.subarray(value, value + lengthAt(lengths, row, type.maxLength)));
        return letters.map((letter) => type.alphabet[letter] ?? "").join("");
      };
    case "sequence": {
      const read = elementReader(type.of, column);
      const values = valuesPerRecord(type.of);
      const slots = slotsPerRecord(type.of);
      return ({ row, value, slot }) => {
        const length = lengthAt(lengths, row, type.maxLength);
        if (length < 0) return undefined;
        return Array.from({ length }, (_, k) => read({ value: value + k * values, slot: slot + k * slots }));
      };
    }
    case "image":
    case "signal":
      return () => undefined;
  }
}

/** A record's length; the longest where lengths are not kept, as for texts inside a sequence. */
const lengthAt = (lengths: Int32Array | undefined, row: number | undefined, longest: number): number =>
  (row === undefined ? undefined : lengths?.[row]) ?? longest;

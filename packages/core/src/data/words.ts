import type { FieldType } from "../graph/field-type";
import { type Column, slotsPerRecord, valuesPerRecord } from "./column";

/** What stands for a value that is not there. */
const MISSING = "–";

/** One record's value in a few words: a class name, a number, the flags that are set. */
export function describeValue(column: Column, row: number): string {
  const { type, lengths } = column;
  const start = { value: row * valuesPerRecord(type), slot: row * slotsPerRecord(type) };
  if (type.is !== "sequence") return describeAt(type, column, { ...start, length: lengths?.[row] });
  const length = lengths?.[row] ?? type.maxLength;
  if (length < 0) return MISSING;
  const values = valuesPerRecord(type.of);
  const slots = slotsPerRecord(type.of);
  const elements = Array.from({ length }, (_, k) =>
    describeAt(type.of, column, {
      value: start.value + k * values,
      slot: start.slot + k * slots,
      length: undefined,
    }),
  );
  return elements.join(" ");
}

/** Where a value starts in `data` and `present`, and its length where it has one of its own. */
interface Start {
  readonly value: number;
  readonly slot: number;
  readonly length: number | undefined;
}

function describeAt(type: FieldType, { data, present }: Column, { value, slot, length }: Start): string {
  const values = Array.from(data.subarray(value, value + valuesPerRecord(type)));
  if (type.is === "flags")
    return describeFlags(type.names, values, present.subarray(slot, slot + type.names.length));
  if (present[slot] !== 1) return MISSING;
  switch (type.is) {
    case "label":
      return type.classes[values[0] ?? -1] ?? "no class";
    case "scalar":
      return number(values[0] ?? 0);
    case "vector":
    case "box":
      return values.length > 8 ? `${type.is} of ${values.length}` : values.map(number).join(", ");
    case "text":
      return values
        .slice(0, length ?? type.maxLength)
        .map((letter) => type.alphabet[letter] ?? "")
        .join("");
    case "image":
      return `image ${type.heightPx}×${type.widthPx}`;
    case "signal":
      return `signal of ${type.samples}`;
    case "sequence":
      throw new Error("words: sequences of sequences do not exist");
  }
}

function describeFlags(names: readonly string[], values: readonly number[], present: Uint8Array): string {
  if (present.every((there) => there === 0)) return MISSING;
  const set = names.filter((_, k) => present[k] === 1 && (values[k] ?? 0) > 0.5);
  return set.length === 0 ? "none" : set.join(", ");
}

const number = (value: number): string => String(Number(value.toPrecision(3)));

import { type Column, type FieldType, slotsPerRecord, valuesPerRecord } from "@seams/core";

/** One record's value of one field, as JSON that a screen can draw. */
export type RecordValue =
  | { readonly is: "missing" }
  | {
      readonly is: "image";
      readonly heightPx: number;
      readonly widthPx: number;
      readonly channels: number;
      /** heightPx × widthPx × channels bytes, 0…255. */
      readonly base64: string;
    }
  | { readonly is: "number"; readonly value: number }
  | { readonly is: "numbers"; readonly values: readonly number[] }
  | { readonly is: "label"; readonly value: string }
  /** By name; null where the flag is missing. */
  | { readonly is: "flags"; readonly values: Readonly<Record<string, 0 | 1 | null>> }
  | { readonly is: "text"; readonly value: string }
  /** Centre x, centre y, width, height as parts of the frame. */
  | { readonly is: "box"; readonly values: readonly number[] }
  | { readonly is: "sequence"; readonly of: readonly RecordValue[] };

const MISSING: RecordValue = { is: "missing" };

/** The value of one record. */
export function recordValue(column: Column, row: number): RecordValue {
  const { type, lengths } = column;
  const at = { value: row * valuesPerRecord(type), slot: row * slotsPerRecord(type) };
  if (type.is !== "sequence") return valueAt(type, column, { ...at, length: lengths?.[row] });
  const length = lengths?.[row] ?? type.maxLength;
  if (length < 0) return MISSING;
  const [values, slots] = [valuesPerRecord(type.of), slotsPerRecord(type.of)];
  const of = Array.from({ length }, (_, k) =>
    valueAt(type.of, column, { value: at.value + k * values, slot: at.slot + k * slots, length: undefined }),
  );
  return { is: "sequence", of };
}

/** Where a value starts in a column, and its length where it has one. */
interface Start {
  readonly value: number;
  readonly slot: number;
  readonly length: number | undefined;
}

function valueAt(type: FieldType, { data, present }: Column, { value, slot, length }: Start): RecordValue {
  const values = data.subarray(value, value + valuesPerRecord(type));
  if (type.is === "flags") {
    const flags = type.names.map(
      (name, k) => [name, present[slot + k] === 1 ? bit(values[k] ?? 0) : null] as const,
    );
    return flags.every(([, flag]) => flag === null)
      ? MISSING
      : { is: "flags", values: Object.fromEntries(flags) };
  }
  if (present[slot] !== 1) return MISSING;
  switch (type.is) {
    case "image": {
      const { heightPx, widthPx, channels } = type;
      return { is: "image", heightPx, widthPx, channels, base64: base64(values) };
    }
    case "scalar":
      return { is: "number", value: values[0] ?? 0 };
    case "label":
      return { is: "label", value: type.classes[values[0] ?? -1] ?? "no class" };
    case "text": {
      const letters = Array.from(
        values.subarray(0, length ?? type.maxLength),
        (letter) => type.alphabet[letter] ?? "",
      );
      return { is: "text", value: letters.join("") };
    }
    case "box":
      return { is: "box", values: Array.from(values) };
    case "vector":
    case "signal":
      return { is: "numbers", values: Array.from(values) };
    case "sequence":
      throw new Error("record-value: sequences of sequences do not exist");
  }
}

const bit = (value: number): 0 | 1 => (value > 0.5 ? 1 : 0);

/** Pixels from 0 to 1 as bytes, in base64. `btoa` is there in Node and in browsers. */
function base64(pixels: Float32Array): string {
  let bytes = "";
  for (const pixel of pixels)
    bytes += String.fromCharCode(Math.max(0, Math.min(255, Math.round(pixel * 255))));
  return btoa(bytes);
}

import {
  describeType,
  describeValue,
  diagnose,
  type FieldType,
  type FieldTypeOf,
  nearest,
  readJson,
  slotsPerRecord,
  valuesPerRecord,
} from "@seams/core";
import { MISSING, there, type Value, wrong } from "./value";

/** How cells are to be understood. */
export interface CellForm {
  /** True for CSV: every cell is a text, and lists and numbers are read from it. */
  readonly texts: boolean;
}

/** Reads a cell as a value of a type. Files are not read here: media that are named by a path have their own reader. */
export function readValue(type: FieldType, cell: unknown, form: CellForm): Value {
  if (isMissing(cell, type, form)) return MISSING;
  switch (type.is) {
    case "scalar":
      return readScalar(type, cell);
    case "label":
      return readLabel(type, cell);
    case "flags":
      return readFlags(type, cell, form);
    case "text":
      return readText(type, cell);
    case "box":
      return readBox(type, cell, form);
    case "vector":
      return readNumbers(type, type.size, listOf(cell, form));
    case "signal":
      return readNumbers(type, type.samples, listOf(cell, form));
    case "image":
      return readPixels(type, cell);
    case "sequence":
      return readSequence(type, cell, form);
  }
}

/** NaN, an empty cell and a key that isn't there mean the same. An empty text is a value where texts can say so. */
function isMissing(cell: unknown, type: FieldType, { texts }: CellForm): boolean {
  if (cell === undefined || cell === null || (typeof cell === "number" && Number.isNaN(cell))) return true;
  if (typeof cell !== "string") return false;
  if (cell.trim() === "") return texts || type.is !== "text";
  const meansNaN = /^nan$/i.test(cell.trim());
  if (type.is === "label") return meansNaN && !type.classes.includes(cell.trim());
  return meansNaN && type.is !== "text";
}

function wrongType(expected: string, cell: unknown): Value {
  const seen = describeValue(cell);
  return wrong((place) => diagnose.data.cellWrongType({ place, expected, seen }));
}

function wrongSize(type: FieldType, seen: string): Value {
  return wrong((place) => diagnose.data.cellWrongSize({ place, expected: describeType(type), seen }));
}

/** Plain decimal numbers, as data is written with; no hexadecimal, no thousands. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^[+-]?inf(?:inity)?$/i;

/** The number that a cell is; undefined where it is none, NaN and infinite ones included as themselves. */
function numberOf(cell: unknown): number | undefined {
  if (typeof cell === "number") return cell;
  if (typeof cell !== "string") return undefined;
  const text = cell.trim();
  if (NUMBER.test(text)) return Number(text);
  if (INFINITY.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
}

/** Numbers beyond what 32 bits hold become infinite when they are stored: they are refused as infinite ones are. */
const isStorable = (value: number): boolean => Number.isFinite(Math.fround(value));

const notFinite = (seen: string): Value => wrong((place) => diagnose.imports.valueNotFinite({ place, seen }));

function readScalar({ low, high }: FieldTypeOf<"scalar">, cell: unknown): Value {
  const value = numberOf(cell);
  if (value === undefined) return wrongType("a number", cell);
  if (!isStorable(value)) return notFinite(String(value));
  const stored = Math.fround(value);
  if (
    (low !== undefined && stored < Math.fround(low)) ||
    (high !== undefined && stored > Math.fround(high))
  ) {
    const expected = `a number from ${low ?? "−∞"} to ${high ?? "∞"}`;
    return wrong((place) => diagnose.data.cellOutOfRange({ place, expected, seen: String(value) }));
  }
  return there([value]);
}

const classIndices = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Class → index, made once for a list of classes. */
function indexOf(classes: readonly string[]): ReadonlyMap<string, number> {
  const known = classIndices.get(classes) ?? new Map(classes.map((name, index) => [name, index]));
  classIndices.set(classes, known);
  return known;
}

function readLabel({ classes }: FieldTypeOf<"label">, cell: unknown): Value {
  if (typeof cell === "object") return wrongType("a class", cell);
  const text = String(cell);
  const index = indexOf(classes);
  const found = index.get(text) ?? index.get(text.trim());
  if (found !== undefined) return there([found]);
  const near = nearest(text.trim(), classes);
  return wrong((place) => diagnose.data.cellNotAClass({ place, seen: text, near, classes }));
}

function readText({ alphabet, maxLength }: FieldTypeOf<"text">, cell: unknown): Value {
  if (typeof cell !== "string" && typeof cell !== "number") return wrongType("a text", cell);
  const letters = lettersOf(String(cell), alphabet);
  if (typeof letters === "string") {
    return wrong((place) => diagnose.data.letterUnknown({ place, letter: letters }));
  }
  if (letters.length > maxLength) {
    const expected = `at most ${maxLength} letters`;
    return wrong((place) => diagnose.data.cellWrongSize({ place, expected, seen: String(letters.length) }));
  }
  return { is: "there", values: letters, length: letters.length };
}

/** A text cut into letters of an alphabet, the longest first where letters begin alike; or the letter that it lacks. */
function lettersOf(text: string, alphabet: readonly string[]): number[] | string {
  const index = indexOf(alphabet);
  const longest = alphabet.reduce((most, letter) => Math.max(most, letter.length), 1);
  const letters: number[] = [];
  for (let at = 0; at < text.length; ) {
    let length = Math.min(longest, text.length - at);
    while (length > 0 && !index.has(text.slice(at, at + length))) length--;
    const letter = index.get(text.slice(at, at + length));
    if (length === 0 || letter === undefined) return String.fromCodePoint(text.codePointAt(at) ?? 0);
    letters.push(letter);
    at += length;
  }
  return letters;
}

/** Flags as an object of names, as the names that are set, or as one number a name; null leaves one missing. */
function readFlags(type: FieldTypeOf<"flags">, cell: unknown, form: CellForm): Value {
  const { names } = type;
  const read = form.texts && typeof cell === "string" && /^\s*\{/.test(cell) ? jsonOf(cell) : cell;
  if (read !== null && typeof read === "object" && !Array.isArray(read) && !ArrayBuffer.isView(read)) {
    const unknown = Object.keys(read).find((name) => !names.includes(name));
    if (unknown !== undefined) return notAFlag(unknown, names);
    const entries = new Map<string, unknown>(Object.entries(read));
    return flagValues(names.map((name) => entries.get(name)));
  }
  const list = listOf(read, form);
  if (list === undefined) return wrongType("flags: an object, or the names that are set", cell);
  const entries = Array.from(list);
  const areNames = entries.every((entry) => typeof entry === "string" && names.includes(entry.trim()));
  if (areNames) {
    const set = new Set(entries.map((entry) => String(entry).trim()));
    return there(names.map((name) => (set.has(name) ? 1 : 0)));
  }
  const areNumbers = entries.every(
    (entry) => entry === null || typeof entry === "boolean" || numberOf(entry) !== undefined,
  );
  if (areNumbers)
    return entries.length === names.length
      ? flagValues(entries)
      : wrongSize(type, `${entries.length} numbers`);
  const foreign = entries.find((entry) => typeof entry !== "string" || !names.includes(entry.trim()));
  return typeof foreign === "string" ? notAFlag(foreign, names) : wrongType("the names of flags", foreign);
}

const notAFlag = (seen: string, names: readonly string[]): Value =>
  wrong((place) => diagnose.data.cellNotAClass({ place, seen, near: nearest(seen, names), classes: names }));

function flagValues(entries: readonly unknown[]): Value {
  const values: number[] = [];
  const present: number[] = [];
  for (const entry of entries) {
    const value =
      typeof entry === "boolean"
        ? Number(entry)
        : entry === null || entry === undefined
          ? Number.NaN
          : numberOf(entry);
    if (value === undefined || (value !== 0 && value !== 1 && !Number.isNaN(value)))
      return wrongType("0 or 1 for a flag", entry);
    values.push(Number.isNaN(value) ? 0 : value);
    present.push(Number.isNaN(value) ? 0 : 1);
  }
  return present.includes(1) ? { is: "there", values, present } : MISSING;
}

function readBox(type: FieldTypeOf<"box">, cell: unknown, form: CellForm): Value {
  const value = readNumbers(type, 4, listOf(cell, form));
  if (value.is !== "there") return value;
  const outside = Array.from(value.values).find((part) => part < 0 || part > 1);
  if (outside === undefined) return value;
  const expected = "centre x, centre y, width and height as parts of the frame, each from 0 to 1";
  return wrong((place) => diagnose.data.cellOutOfRange({ place, expected, seen: String(outside) }));
}

/** A list of exactly `size` finite numbers. Only NaN: missing. Some NaN: wrong, since a part cannot be missing. */
function readNumbers(type: FieldType, size: number, list: ArrayLike<unknown> | undefined): Value {
  if (list === undefined)
    return wrong((place) =>
      diagnose.data.cellWrongType({ place, expected: describeType(type), seen: "no list of numbers" }),
    );
  const values = new Float64Array(list.length);
  let missing = 0;
  let infinite: number | undefined;
  for (let k = 0; k < list.length; k++) {
    const value = list[k] === null ? Number.NaN : numberOf(list[k]);
    if (value === undefined) return wrongType("numbers", list[k]);
    if (Number.isNaN(value)) missing++;
    else if (!isStorable(value)) infinite = value;
    values[k] = value;
  }
  if (list.length !== size) return wrongSize(type, `${list.length} numbers`);
  if (missing === list.length) return MISSING;
  if (infinite !== undefined) return notFinite(String(infinite));
  return missing > 0 ? notFinite(`${missing} NaN among ${list.length} numbers`) : there(values);
}

/** Pixels that are numbers already, from an array. */
function readPixels(type: FieldTypeOf<"image">, cell: unknown): Value {
  if (!ArrayBuffer.isView(cell)) return wrongType(`the path of a .png, .jpg or .npy file`, cell);
  const { heightPx, widthPx, channels } = type;
  const value = readNumbers(type, heightPx * widthPx * channels, listOf(cell, { texts: false }));
  if (value.is !== "there") return value;
  for (let k = 0; k < value.values.length; k++) {
    const pixel = value.values[k] ?? 0;
    if (pixel >= 0 && pixel <= 1) continue;
    const expected = "pixels from 0 to 1, or bytes (uint8)";
    return wrong((place) => diagnose.data.cellOutOfRange({ place, expected, seen: String(pixel) }));
  }
  return value;
}

function readSequence(type: FieldTypeOf<"sequence">, cell: unknown, form: CellForm): Value {
  const list = listOf(cell, form);
  if (list === undefined) return wrongType("a list", cell);
  return sequenceOf(
    type,
    Array.from(list, (element) => readValue(type.of, element, form)),
  );
}

/** Puts values of elements together to the value of their sequence. */
export function sequenceOf(type: FieldTypeOf<"sequence">, elements: readonly Value[]): Value {
  if (elements.length > type.maxLength) {
    return wrongSize(type, `${elements.length} elements`);
  }
  const sizes = { values: valuesPerRecord(type.of), slots: slotsPerRecord(type.of) };
  const values = new Float64Array(elements.length * sizes.values);
  const present = new Uint8Array(type.maxLength * sizes.slots);
  for (const [k, element] of elements.entries()) {
    if (element.is === "wrong") return element;
    if (element.is === "missing") continue;
    values.set(element.values, k * sizes.values);
    for (let slot = 0; slot < sizes.slots; slot++) {
      present[k * sizes.slots + slot] = element.present === undefined ? 1 : (element.present[slot] ?? 0);
    }
  }
  return { is: "there", values, present, length: elements.length };
}

/** The entries of a cell that is a list: JSON's lists, typed arrays, and in texts JSON or words between `;` or spaces. */
function listOf(cell: unknown, { texts }: CellForm): ArrayLike<unknown> | undefined {
  if (Array.isArray(cell)) return cell;
  // Readers of arrays give Float64Array, Float32Array and Uint8Array only, never a DataView.
  if (ArrayBuffer.isView(cell)) return cell as Float64Array;
  if (!texts || typeof cell !== "string") return undefined;
  const text = cell.trim();
  if (text.startsWith("[")) {
    const read = jsonOf(text);
    return Array.isArray(read) ? read : undefined;
  }
  const words = text.includes(";") ? text.split(";") : text.split(/\s+/);
  return words.map((word) => word.trim());
}

/** A text's JSON, or the text itself where it is none. */
function jsonOf(text: string): unknown {
  const { value } = readJson(text, { bytes: 2 ** 24, depth: 8, values: 2_000_000, text: 2 ** 20 });
  return value === undefined ? text : value;
}

import { diagnose, type Diagnostic, type FieldType } from "@seams/core";
import type { NpyArray } from "../arrays/npy";
import { writeNpy } from "../arrays/npy";
import { namesFrom, sortedClasses, splitWord } from "./names";
import { problemJson } from "./problem-json";
import type { Conversion, ImportOptions } from "./source";

/** Arrays by name, as an .npz or a set of IDX files has them. */
export type NamedArrays = ReadonlyMap<string, NpyArray>;

const LABEL_NAME = /^(y|labels?|class(es)?|targets?)$/i;
const MOST_CLASSES = 1000;
const MOST_CHANNELS = 4;

/** One array for all records: the parts of the split one after another. */
interface Whole {
  readonly name: string;
  readonly parts: readonly NpyArray[];
}

/**
 * Converts arrays whose names say the part of the split (`train_images`, `x_test`: MedMNIST's and Keras' way), or
 * arrays of equal length without parts.
 */
export function convertArrays(name: string, arrays: NamedArrays, options: ImportOptions): Conversion {
  const place = { at: "cell", file: name } as const;
  const parted = partition(arrays);
  const parts = parted === undefined ? undefined : [...parted.keys()];
  const wholes =
    parted === undefined ? [...arrays].map(([key, array]) => ({ name: key, parts: [array] })) : join(parted);
  const counts = (wholes[0]?.parts ?? []).map(({ shape }) => shape[0] ?? 0);
  const diagnostics: Diagnostic[] = [];
  for (const whole of wholes) diagnostics.push(...misfits(whole, counts, name));
  if (wholes.length === 0 || counts.every((count) => count === 0))
    diagnostics.push(diagnose.data.noRecords({ place }));
  if (diagnostics.length > 0) return { diagnostics };
  const names = namesFrom(
    wholes.map((whole) => singular(whole.name)),
    "array",
  );
  const fields = wholes.flatMap((whole, k) => {
    const type = typeOf(whole);
    return type === undefined ? [] : [{ name: names[k] ?? whole.name, type, whole }];
  });
  const label =
    fields.findLast(({ type }) => type.is === "label") ?? fields.findLast(({ type }) => type.is === "scalar");
  if (label === undefined || fields.length < 2) {
    return { diagnostics: [diagnose.imports.noTargetFound({ place, seen: [...arrays.keys()] })] };
  }
  const left = wholes
    .filter((whole) => !fields.some((field) => field.whole === whole))
    .map((whole) => whole.name);
  const ignored = left.map((column) => diagnose.data.columnIgnored({ place: { ...place, column }, column }));
  const document = problemJson({
    source: name,
    name: options.name,
    fields: fields.map((field) => [field.name, field.type]),
    target: label.name,
    split: parts === undefined ? undefined : "split",
  });
  const files = fields.map((field) => [`arrays/${field.name}.npy`, joined(field.whole, field.type)] as const);
  const splits = (parts ?? []).flatMap((part, k) => Array.from({ length: counts[k] ?? 0 }, () => part));
  const table =
    splits.length === 0
      ? []
      : [["records.csv", new TextEncoder().encode(`split\n${splits.join("\n")}\n`)] as const];
  return { converted: { document, files: Object.fromEntries([...files, ...table]) }, diagnostics: ignored };
}

/** Part of the split → array by the rest of its name; undefined where not all names say a part. */
function partition(arrays: NamedArrays): ReadonlyMap<string, ReadonlyMap<string, NpyArray>> | undefined {
  const parts = new Map<string, Map<string, NpyArray>>();
  for (const [name, array] of arrays) {
    const words = name.split(/[_-]/);
    const first = splitWord(words[0] ?? "");
    const last = splitWord(words.at(-1) ?? "");
    const part = first ?? last;
    const rest = (first === undefined ? words.slice(0, -1) : words.slice(1)).join("_");
    if (part === undefined || rest === "") return undefined;
    const named = parts.get(part) ?? new Map<string, NpyArray>();
    parts.set(part, named.set(rest, array));
  }
  return parts.size > 1 ? parts : undefined;
}

function join(parted: ReadonlyMap<string, ReadonlyMap<string, NpyArray>>): readonly Whole[] {
  const names = [...new Set([...parted.values()].flatMap((named) => [...named.keys()]))];
  return names.map((name) => ({
    name,
    parts: [...parted.values()].flatMap((named) => named.get(name) ?? []),
  }));
}

/** Every array has a part for each part of the split, with as many records as the others, and one shape. */
function misfits({ name, parts }: Whole, counts: readonly number[], file: string): readonly Diagnostic[] {
  const inner = parts[0]?.shape.slice(1) ?? [];
  return counts.flatMap((count, k) => {
    const seen = parts[k]?.shape ?? [];
    const fits =
      seen[0] === count &&
      seen.length === inner.length + 1 &&
      inner.every((size, axis) => size === seen[axis + 1]);
    const place = { at: "cell", file, column: name } as const;
    return fits ? [] : [diagnose.data.arrayWrongShape({ place, expected: [count, ...inner], seen })];
  });
}

/** "images" → "image": a field is named after one record's value. */
const singular = (name: string): string => name.replace(/^(image|label|signal|target)s$/i, "$1");

/** What an array's type and shape make of it; undefined for what no field can be. */
function typeOf({ name, parts }: Whole): FieldType | undefined {
  const { dtype, shape } = parts[0] ?? { dtype: "", shape: [] };
  const inner = shape.slice(1);
  const bare = inner.at(-1) === 1 && inner.length !== 3 ? inner.slice(0, -1) : inner;
  const [height = 0, width = 0, channels = 1] = bare;
  const isImage =
    bare.length === 3
      ? channels <= MOST_CHANNELS
      : bare.length === 2 && (dtype === "|u1" || /image|^x$/i.test(name));
  if (isImage) return { is: "image", heightPx: height, widthPx: width, channels };
  if (bare.length === 1) return { is: "vector", size: height };
  if (bare.length > 1) return undefined;
  const distinct = new Set(parts.flatMap(({ values }) => Array.from<number | string>(values)));
  const isText = dtype.startsWith("<U");
  const isWhole = /^[<|][biu]/.test(dtype) || LABEL_NAME.test(name);
  if (
    !isText &&
    !(isWhole && distinct.size <= MOST_CLASSES && [...distinct].every((value) => Number.isInteger(value)))
  )
    return { is: "scalar" };
  return { is: "label", classes: sortedClasses([...distinct].map(String)) };
}

/** All parts as one .npy file: bytes stay bytes, other numbers become 32-bit floats, texts the places of their classes. */
function joined({ parts }: Whole, type: FieldType): Uint8Array {
  const inner = parts[0]?.shape.slice(1) ?? [];
  const rows = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const values = parts.flatMap((part) => [part.values]);
  const length = values.reduce((sum, part) => sum + part.length, 0);
  const isBytes = parts.every(({ dtype }) => dtype === "|u1" || dtype === "|b1");
  const all = isBytes ? new Uint8Array(length) : new Float32Array(length);
  const place =
    type.is === "label"
      ? new Map(type.classes.map((name, index) => [name, index]))
      : new Map<string, number>();
  let at = 0;
  for (const part of values) {
    for (let k = 0; k < part.length; k++) {
      const value = part[k];
      all[at++] = typeof value === "string" ? (place.get(value) ?? Number.NaN) : (value ?? Number.NaN);
    }
  }
  return writeNpy(all, [rows, ...inner]);
}

import { listNames } from "../diagnostics/words";
import { allNumbers } from "./class-value";
import type { FieldType } from "./field-type";

/** A field type in a few words: `image 28×28×1`, `label of 4 classes`, `sequence of up to 2 × vector 8`. */
export function describeType(type: FieldType): string {
  switch (type.is) {
    case "image":
      return `image ${type.heightPx}×${type.widthPx}×${type.channels}`;
    case "signal":
      return `signal of ${type.samples} samples at ${type.sampleRateHz} Hz`;
    case "vector":
      return `vector ${type.size}`;
    case "scalar":
      return type.unit === undefined ? "scalar" : `scalar in ${type.unit}`;
    case "label":
      return `label of ${type.classes.length} classes`;
    case "flags":
      return `${type.names.length} flags`;
    case "box":
      return "box";
    case "text":
      return `text of up to ${type.maxLength} letters`;
    case "sequence":
      return `sequence of up to ${type.maxLength} × ${describeType(type.of)}`;
  }
}

/** True where two types are the same in everything. */
export function typesEqual(a: FieldType, b: FieldType): boolean {
  if (a === b) return true;
  switch (a.is) {
    case "image":
      return (
        b.is === a.is && a.heightPx === b.heightPx && a.widthPx === b.widthPx && a.channels === b.channels
      );
    case "signal":
      return b.is === a.is && a.samples === b.samples && a.sampleRateHz === b.sampleRateHz;
    case "vector":
      return b.is === a.is && a.size === b.size;
    case "scalar":
      return b.is === a.is && a.unit === b.unit && a.low === b.low && a.high === b.high;
    case "label":
      return b.is === a.is && sameNames(a.classes, b.classes);
    case "flags":
      return b.is === a.is && sameNames(a.names, b.names);
    case "box":
      return b.is === a.is;
    case "text":
      return b.is === a.is && a.maxLength === b.maxLength && sameNames(a.alphabet, b.alphabet);
    case "sequence":
      return b.is === a.is && a.maxLength === b.maxLength && typesEqual(a.of, b.of);
  }
}

/**
 * Why a value of type `from` cannot stand where `to` is needed, or undefined where it can. What can, converts by
 * `convertColumn` (stages/convert.ts). Learned stages take any type by encoding it, so that only answers and
 * algorithm stages ask this.
 */
export function assignable(from: FieldType, to: FieldType): string | undefined {
  if (typesEqual(from, to)) return undefined;
  if (from.is === "label" && to.is === "label") return namesWithin(from.classes, to.classes, "classes");
  if (from.is === "label" && to.is === "scalar") return numberClasses(from.classes);
  if (from.is === "scalar" && to.is === "label") return numberClasses(to.classes);
  if (from.is === "scalar" && to.is === "scalar") {
    const differ = from.unit !== undefined && to.unit !== undefined && from.unit !== to.unit;
    return differ ? `the units ${from.unit} and ${to.unit} differ` : undefined;
  }
  const single =
    (from.is === "vector" && from.size === 1 && to.is === "scalar") ||
    (from.is === "scalar" && to.is === "vector" && to.size === 1);
  if (single) return undefined;
  if (from.is === "sequence" && to.is === "sequence") {
    if (from.maxLength > to.maxLength) return `up to ${from.maxLength} elements don't fit in ${to.maxLength}`;
    return assignable(from.of, to.of);
  }
  if (from.is === "text" && to.is === "text") {
    if (from.maxLength > to.maxLength) return `up to ${from.maxLength} letters don't fit in ${to.maxLength}`;
    return namesWithin(from.alphabet, to.alphabet, "letters");
  }
  return from.is === to.is ? "their sizes or names differ" : `${aType(from)} is not ${aType(to)}`;
}

const aType = ({ is }: FieldType): string => (is === "flags" ? is : `${is === "image" ? "an" : "a"} ${is}`);

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((name, index) => name === b[index]));

function namesWithin(from: readonly string[], to: readonly string[], what: string): string | undefined {
  const known = new Set(to);
  const unknown = from.filter((name) => !known.has(name));
  return unknown.length === 0
    ? undefined
    : `the ${what} ${listNames(unknown)} are not among ${listNames(to)}`;
}

function numberClasses(classes: readonly string[]): string | undefined {
  return allNumbers(classes) ? undefined : `the classes ${listNames(classes)} are not all numbers`;
}

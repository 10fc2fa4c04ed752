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
export const typesEqual = (a: FieldType, b: FieldType): boolean => sameJson(a, b);

/** Equality of plain JSON; a key that is undefined counts as absent. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameJson(Reflect.get(a, key), Reflect.get(b, key)));
}

/**
 * Why a value of type `from` cannot stand where `to` is needed, or undefined where it can. What can, converts by
 * `convertColumn` (stages/convert.ts). Learned stages take any type by encoding it, so that only answers and
 * algorithm stages ask this.
 */
export function assignable(from: FieldType, to: FieldType): string | undefined {
  if (typesEqual(from, to)) return undefined;
  if (from.is === "sequence" && to.is === "sequence") {
    return within(from.maxLength, to.maxLength, "elements") ?? assignable(from.of, to.of);
  }
  if (from.is === "text" && to.is === "text") {
    return (
      within(from.maxLength, to.maxLength, "letters") ?? namesWithin(from.alphabet, to.alphabet, "letters")
    );
  }
  if (from.is === "label" || to.is === "label") return labelAssignable(from, to);
  if (isNumber(from) && isNumber(to)) return unitsDiffer(from, to);
  return from.is === to.is ? "their sizes or names differ" : different(from, to);
}

/** Where at least one side is a label: classes among classes, or numbers as classes. */
function labelAssignable(from: FieldType, to: FieldType): string | undefined {
  if (from.is === "label" && to.is === "label") return namesWithin(from.classes, to.classes, "classes");
  if (from.is === "label" && to.is === "scalar") return numberClasses(from.classes);
  if (from.is === "scalar" && to.is === "label") return numberClasses(to.classes);
  return different(from, to);
}

const isNumber = (type: FieldType): boolean =>
  type.is === "scalar" || (type.is === "vector" && type.size === 1);

function unitsDiffer(from: FieldType, to: FieldType): string | undefined {
  const units = [from, to].map((type) => (type.is === "scalar" ? type.unit : undefined));
  const [one, other] = units;
  return one !== undefined && other !== undefined && one !== other
    ? `the units ${one} and ${other} differ`
    : undefined;
}

const within = (from: number, to: number, what: string): string | undefined =>
  from > to ? `up to ${from} ${what} don't fit in ${to}` : undefined;

const different = (from: FieldType, to: FieldType): string => `${aType(from)} is not ${aType(to)}`;

const aType = ({ is }: FieldType): string => (is === "flags" ? is : `${is === "image" ? "an" : "a"} ${is}`);

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

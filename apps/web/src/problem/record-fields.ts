import type { ProblemField, ProblemSchema } from "@seams/core";
import type { RecordValue } from "@seams/problems";
import type { BoxOverlay } from "@seams/ui";
import type { FieldPart } from "../values/value-words";

/** A problem's field with its name and its part. */
export interface NamedField extends ProblemField {
  readonly name: string;
  readonly part: FieldPart;
}

/** A problem's fields: inputs, then targets, then what lies between. */
export function namedFields({ fields, input, target }: ProblemSchema): readonly NamedField[] {
  const between = Object.keys(fields).filter((name) => !input.includes(name) && !target.includes(name));
  const of = (names: readonly string[], part: FieldPart): NamedField[] =>
    names.flatMap((name) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return field === undefined ? [] : [{ ...field, name, part }];
    });
  return [...of(input, "input"), ...of(target, "target"), ...of(between, "intermediate")];
}

/** True where a value of this type is worth a picture. */
export function isDrawn({ type }: NamedField): boolean {
  const element = type.is === "sequence" ? type.of : type;
  return element.is === "image" || element.is === "signal" || element.is === "vector";
}

/** The boxes of a record, to be drawn over its picture. */
export function boxesOf(
  fields: readonly NamedField[],
  values: Readonly<Record<string, RecordValue>>,
): readonly BoxOverlay[] {
  return fields.flatMap(({ name, type }) => {
    if (type.is !== "box") return [];
    const value = values[name];
    if (value?.is !== "box") return [{ name }];
    const [x = 0, y = 0, width = 0, height = 0] = value.values;
    return [{ name, box: [x, y, width, height] as const }];
  });
}

/** Ratio beyond which the sizes of several heads predict trouble (rule M1 of the advisor). */
const UNBALANCED = 10;

/** The targets with the most and the fewest labels, where one has over ten times the other's. */
export function unbalancedTargets(
  labelled: readonly { readonly name: string; readonly count: number }[],
): { readonly most: string; readonly least: string; readonly ratio: number } | undefined {
  const sorted = [...labelled].sort((a, b) => b.count - a.count);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined || most.name === least.name) return undefined;
  const ratio = most.count / Math.max(1, least.count);
  return ratio > UNBALANCED ? { most: most.name, least: least.name, ratio } : undefined;
}

import type { FieldType } from "@seams/core";
import type { RecordValue } from "@seams/problems";
import { shortNumber, signalWords } from "@seams/ui";

/** A field's part in its problem: what a missing value of it is called depends on that. */
export type FieldPart = "input" | "target" | "intermediate";

/** Missing is a state of its own, never 0 or "negative". */
export const missingWords = (part: FieldPart): string => (part === "input" ? "missing" : "not labelled");

/** A value in a few words: for those who don't see its picture, and where there is no room for one. */
export function valueWords(type: FieldType, value: RecordValue, part: FieldPart): string {
  const element = type.is === "sequence" ? type.of : type;
  switch (value.is) {
    case "missing":
      return missingWords(part);
    case "image":
      return `image of ${value.heightPx} × ${value.widthPx} pixels`;
    case "number":
      return `${shortNumber(value.value)}${element.is === "scalar" && element.unit !== undefined ? ` ${element.unit}` : ""}`;
    case "numbers":
      return element.is === "signal"
        ? signalWords(value.values, element.sampleRateHz)
        : numbersWords(value.values);
    case "label":
    case "text":
      return value.value;
    case "flags":
      return flagsWords(value.values);
    case "box":
      return boxWords(value.values);
    case "sequence":
      return sequenceWords(element, value.of, part);
  }
}

function numbersWords(values: readonly number[]): string {
  if (values.length === 0) return "no numbers";
  if (values.length <= 4) return values.map(shortNumber).join(", ");
  return `${values.length} numbers, ${shortNumber(Math.min(...values))} to ${shortNumber(Math.max(...values))}`;
}

function flagsWords(flags: Readonly<Record<string, 0 | 1 | null>>): string {
  const named = (wanted: 0 | 1 | null): string[] =>
    Object.entries(flags).flatMap(([name, flag]) => (flag === wanted ? [name] : []));
  const [set, unknown] = [named(1), named(null)];
  const words = set.length === 0 ? "none set" : set.join(", ");
  return unknown.length === 0 ? words : `${words}; not labelled: ${unknown.join(", ")}`;
}

function boxWords([x = 0, y = 0, width = 0, height = 0]: readonly number[]): string {
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  return `centre ${percent(x)} from the left, ${percent(y)} from the top; ${percent(width)} wide, ${percent(height)} high`;
}

function sequenceWords(element: FieldType, of: readonly RecordValue[], part: FieldPart): string {
  if (of.length === 0) return "empty";
  const isShort = element.is === "label" || element.is === "scalar" || element.is === "text";
  if (isShort) return of.map((value) => valueWords(element, value, part)).join(", ");
  return `${of.length} × ${element.is}`;
}

import { classesDiffer, sizeMismatch, typeMismatch } from "../diagnostics/catalog/types";
import type { Diagnostic, Place } from "../diagnostics/diagnostic";
import { assignable, describeType } from "../graph/assignable";
import type { FieldType } from "../graph/field-type";

/** Why a value cannot stand where another type is needed, or undefined where it can. */
export function misfit(seen: FieldType, expected: FieldType, place: Place): Diagnostic | undefined {
  const reason = assignable(seen, expected);
  if (reason === undefined) return undefined;
  const words = { place, expected: describeType(expected), seen: describeType(seen) };
  if (seen.is === "label" && expected.is === "label") {
    const unknown = seen.classes.filter((name) => !expected.classes.includes(name));
    return classesDiffer({ ...words, unknown });
  }
  // Two texts or sequences of one size differ in what they are made of; then the sizes in words are the same.
  if (seen.is === expected.is && words.seen !== words.expected) return sizeMismatch(words);
  return typeMismatch({ ...words, reason });
}

import type { Column } from "../data/column";
import { labelWrongType, unknownField } from "../diagnostics/catalog/params";
import type { Checked, Place } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import type { Value } from "../expression/evaluate";
import { describeType } from "../graph/assignable";
import { classValue } from "../graph/class-value";
import type { FieldType, FieldTypeOf } from "../graph/field-type";
import type { ProblemSchema } from "../problem/document";

/** The label type that an algorithm's `label` param names; of a sequence of labels, its elements'. */
export function namedLabel(
  field: string,
  { place, problem }: { readonly place: Place; readonly problem: ProblemSchema },
): Checked<FieldTypeOf<"label">> {
  const found = Object.hasOwn(problem.fields, field) ? problem.fields[field] : undefined;
  if (found === undefined) {
    const known = Object.keys(problem.fields);
    return {
      value: undefined,
      diagnostics: [unknownField({ place, field, near: nearest(field, known), known })],
    };
  }
  const type = found.type.is === "sequence" ? found.type.of : found.type;
  if (type.is === "label") return { value: type, diagnostics: [] };
  const seen = describeType(found.type);
  return { value: undefined, diagnostics: [labelWrongType({ place, field, expected: "a label", seen })] };
}

/**
 * Makes a column of scalars or labels from computed values. A number or text that is no class of the label gives −1,
 * which is always wrong; a missing value is missing.
 */
export function outcomeColumn(type: FieldType, rows: number, valueOf: (row: number) => Value): Column {
  const data = new Float32Array(rows);
  const present = new Uint8Array(rows);
  const indexOf = type.is === "label" ? classIndex(type.classes) : undefined;
  for (let row = 0; row < rows; row++) {
    const value = plain(valueOf(row));
    if (value === undefined) continue;
    const entry = indexOf === undefined ? value : indexOf(value);
    if (typeof entry !== "number") continue;
    data[row] = entry;
    present[row] = 1;
  }
  return { type, rows, data, present };
}

/** The index of a class by its value; −1 where there is none. Of two names of one number, the first. */
export function classIndex(classes: readonly string[]): (value: number | string) => number {
  const index = new Map<number | string, number>();
  classes.forEach((name, k) => {
    const value = classValue(name);
    if (!index.has(value)) index.set(value, k);
  });
  return (value) => index.get(value) ?? -1;
}

/** Booleans count as 1 and 0; lists are no outcome. */
function plain(value: Value): number | string | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}

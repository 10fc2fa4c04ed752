import {
  slotsPerRecord,
  valuesPerRecord,
  type Column,
  type ElementType,
  type ProblemData,
  type SplitName,
} from "@seams/core";
import type { FieldFacts } from "../wire";

/** More different values than this say nothing as bars. */
const MOST_BARS = 200;

/** True when the record has no value of the field at all. */
export function isMissing(column: Column, row: number): boolean {
  if (column.lengths) return (column.lengths[row] ?? -1) < 0;
  const slots = slotsPerRecord(column.type);
  return column.present.subarray(row * slots, (row + 1) * slots).every((present) => present === 0);
}

/** What can be said of a field without looking at single records. */
export function fieldFacts(column: Column, data: ProblemData): FieldFacts {
  const missing = (split: SplitName): number =>
    data.split.reduce((sum, name, row) => sum + Number(name === split && isMissing(column, row)), 0);
  const bars = histogram(column, data.split);
  return {
    missing: { train: missing("train"), test: missing("test") },
    ...(bars ? { histogram: bars } : {}),
  };
}

/** Names of the values of a type that has few; undefined for numbers and pictures. */
function valueNames(type: ElementType): readonly string[] | undefined {
  if (type.is === "label") return type.classes;
  return type.is === "flags" ? type.names : undefined;
}

/** The classes (or set flags) that a record has, one by one. */
export function classesOf(column: Column, row: number): readonly string[] {
  const element = column.type.is === "sequence" ? column.type.of : column.type;
  const names = valueNames(element);
  if (!names) return [];
  const [values, slots] = [valuesPerRecord(column.type), slotsPerRecord(column.type)];
  const data = column.data.subarray(row * values, (row + 1) * values);
  const present = column.present.subarray(row * slots, (row + 1) * slots);
  const found: string[] = [];
  for (const [slot, value] of data.entries()) {
    if (present[slot] !== 1) continue;
    const name =
      element.is === "flags" ? (value === 1 ? names[slot % names.length] : undefined) : names[value];
    if (name !== undefined) found.push(name);
  }
  return found;
}

function histogram(column: Column, split: readonly SplitName[]): FieldFacts["histogram"] {
  const names = valueNames(column.type.is === "sequence" ? column.type.of : column.type);
  if (!names || names.length > MOST_BARS) return undefined;
  const counts = new Map(names.map((name) => [name, 0]));
  for (const [row, name] of split.entries()) {
    if (name !== "train") continue;
    for (const value of classesOf(column, row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
}

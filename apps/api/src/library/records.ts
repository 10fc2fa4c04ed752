import type { ProblemData, SplitName } from "@seams/core";
import { recordValue } from "@seams/problems";
import type { RecordPage, RecordView } from "../wire";
import { classesOf, isMissing } from "./field-facts";

/** Which records are wanted. */
export interface RecordFilter {
  readonly split?: SplitName | undefined;
  /** A field that the records lack. */
  readonly missing?: string | undefined;
  /** A label or flag that the records have. */
  readonly label?: { readonly field: string; readonly value: string } | undefined;
}

/** One page of the records that pass a filter. */
export function pageOfRecords(
  data: ProblemData,
  filter: RecordFilter,
  page: { readonly offset: number; readonly limit: number },
): RecordPage {
  const rows = data.split.flatMap((_, row) => (passes(data, filter, row) ? [row] : []));
  return {
    total: rows.length,
    records: rows.slice(page.offset, page.offset + page.limit).map((row) => viewRecord(data, row)),
  };
}

/** One record with the values of all its fields. */
export function viewRecord(data: ProblemData, row: number): RecordView {
  return {
    row,
    split: data.split[row] ?? "train",
    values: Object.fromEntries(
      Object.entries(data.columns).map(([field, column]) => [field, recordValue(column, row)]),
    ),
  };
}

function passes(data: ProblemData, { split, missing, label }: RecordFilter, row: number): boolean {
  if (split !== undefined && data.split[row] !== split) return false;
  if (missing !== undefined) {
    const column = data.columns[missing];
    if (!column || !isMissing(column, row)) return false;
  }
  if (label !== undefined) {
    const column = data.columns[label.field];
    if (!column || !classesOf(column, row).includes(label.value)) return false;
  }
  return true;
}

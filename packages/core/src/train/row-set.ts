import type { Column, ProblemData } from "../data/column";
import { gatherRows, keepRecords, withoutNonFinite } from "../data/gather";
import type { Expression } from "../expression/expression";
import { maskReader } from "../expression/mask";
import { namesOf } from "../expression/names";
import { hashBytes, hashJson } from "../graph/canonical";
import type { ProblemSchema } from "../problem/document";

/** A part of a trial's records, and the values that it may see. Columns count rows by their position in `rows`. */
export interface RowSet {
  readonly name: string;
  readonly rows: Int32Array;
  /** @throws Error for a field that the data doesn't have */
  field(name: string): Column;
  /** Equal for the same records with the same labels to be seen, whatever the name; absent for rows of no data set. */
  identity?(): string;
}

/** What a row set is made of. */
export interface RowSetParts {
  readonly name: string;
  readonly rows: Int32Array;
  /** How many of the first rows' labels may be seen, by field; absent: all. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** Makes a row set; each field is gathered once. Labels that are not numbers are missing, inputs stay as they are. */
export function rowSet(
  data: ProblemData,
  problem: ProblemSchema,
  { name, rows, limits = {} }: RowSetParts,
): RowSet {
  const gathered = new Map<string, Column>();
  const gather = (field: string): Column => {
    const column = Object.hasOwn(data.columns, field) ? data.columns[field] : undefined;
    if (column === undefined) throw new Error(`rows: the data has no field ${field}`);
    const own = gatherRows(column, rows);
    if (problem.input.includes(field)) return own;
    const limit = Object.hasOwn(limits, field) ? limits[field] : undefined;
    return withoutNonFinite(limit === undefined ? own : keepRecords(own, (row) => row < limit));
  };
  let identity: string | undefined;
  return {
    name,
    rows,
    identity: () => (identity ??= identityOf(data, { rows, limits })),
    field: (field) => {
      const column = gathered.get(field) ?? gather(field);
      gathered.set(field, column);
      return column;
    },
  };
}

const identityOf = (
  { hash }: ProblemData,
  { rows, limits }: Required<Pick<RowSetParts, "rows" | "limits">>,
): string =>
  hashJson({
    data: hash,
    rows: hashBytes(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)),
    limits,
  });

/** Which rows a mask lets through; without one, all. */
export function letThrough(mask: Expression | undefined, rows: RowSet): (row: number) => boolean {
  if (mask === undefined) return () => true;
  return maskReader(mask, Object.fromEntries(namesOf(mask).map((field) => [field, rows.field(field)])));
}

import type { ProblemData, SplitName } from "../data/column";
import { budgetAboveRows, tooFewRows } from "../diagnostics/catalog/trial";
import type { Checked } from "../diagnostics/diagnostic";
import type { Seed } from "../ids";
import type { ProblemSchema } from "../problem/document";
import { type Stream, stream } from "../random/streams";
import type { Budget } from "./trial";

/** Rows in an order, each with the number of its group. */
export interface OrderedRows {
  readonly rows: Int32Array;
  /** By position in `rows`; rows of one group stand together. */
  readonly groups: Int32Array;
}

/** The rows that a trial may use. */
export interface BudgetRows extends OrderedRows {
  /** How many of the first rows' labels may be used; fields that are not named: all. */
  readonly limits: Readonly<Record<string, number>>;
  /** Every test row of the problem, in the file's order. */
  readonly test: Int32Array;
}

/** Below this nothing is learned that could be scored. */
const FEWEST_ROWS = 2;

/** With fewer rows than this none is spared for early stopping. */
const FEWEST_TO_HOLD_OUT = 10;

/**
 * Chooses a trial's rows: the first of one seeded permutation of the training split, so that a larger budget has all
 * rows of a smaller one, and every pipeline the same. Any first part has about the classes' proportions of the first
 * target that is a label, and a group's rows follow one another.
 */
export function chooseRows(
  data: ProblemData,
  problem: ProblemSchema,
  budget: Budget,
  seed: Seed,
): Checked<BudgetRows> {
  const place = { at: "graph" } as const;
  const have = rowsOf(data, "train");
  const count = rowCount(budget);
  if (count > have.length) {
    return { value: undefined, diagnostics: [budgetAboveRows({ place, budget: count, rows: have.length })] };
  }
  if (count < FEWEST_ROWS) {
    const what = "to train on";
    return { value: undefined, diagnostics: [tooFewRows({ place, have: count, need: FEWEST_ROWS, what })] };
  }
  const groupOf = (row: number): number => data.groups?.[row] ?? row;
  const order = stratifiedOrder(
    have,
    { groupOf, stratumOf: stratumReader(data, problem) },
    stream(seed, "budget"),
  );
  const rows = order.slice(0, count);
  return {
    value: {
      rows,
      groups: rows.map(groupOf),
      limits: typeof budget === "number" ? {} : budget,
      test: Int32Array.from(rowsOf(data, "test")),
    },
    diagnostics: [],
  };
}

/** The number of rows of a budget: the largest where fields have their own. */
export const rowCount = (budget: Budget): number =>
  typeof budget === "number" ? budget : Object.values(budget).reduce((most, rows) => Math.max(most, rows), 0);

function rowsOf(data: ProblemData, split: SplitName): readonly number[] {
  const rows: number[] = [];
  data.split.forEach((name, row) => {
    if (name === split) rows.push(row);
  });
  return rows;
}

/** The class of a row's first target that is a label; one stratum for all rows where there is none. */
function stratumReader(data: ProblemData, problem: ProblemSchema): (row: number) => number {
  const target = problem.target.find((name) => problem.fields[name]?.type.is === "label");
  const column = target === undefined ? undefined : data.columns[target];
  if (column === undefined) return () => 0;
  return (row) => (column.present[row] === 1 ? (column.data[row] ?? -1) : -1);
}

interface RowReaders {
  readonly groupOf: (row: number) => number;
  readonly stratumOf: (row: number) => number;
}

/**
 * A permutation in which every first part has about the proportions of the whole. A stratum's groups, shuffled, stand
 * at (k + u) / size with u uniform in [0, 1): without u the strata would alternate regularly, and a validation part of
 * every fifth row could be one class.
 */
function stratifiedOrder(
  rows: readonly number[],
  { groupOf, stratumOf }: RowReaders,
  random: Stream,
): Int32Array {
  const groups = gather(rows, groupOf);
  const strata = gather([...groups.values()], ([first]) => stratumOf(first ?? -1));
  const placed: { readonly at: number; readonly members: readonly number[] }[] = [];
  for (const stratum of [...strata.keys()].sort((a, b) => a - b)) {
    const members = strata.get(stratum) ?? [];
    random.permutation(members.length).forEach((index, k) => {
      placed.push({ at: (k + random.uniform()) / members.length, members: members[index] ?? [] });
    });
  }
  placed.sort((a, b) => a.at - b.at);
  return Int32Array.from(placed.flatMap(({ members }) => members));
}

function gather<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const gathered = new Map<number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = gathered.get(key);
    if (members === undefined) gathered.set(key, [item]);
    else members.push(item);
  }
  return gathered;
}

/**
 * Takes a validation part out of rows, whole groups at a time. Of a longer list with the same beginning it takes the
 * same and more: as budgets grow, no row changes sides, but for a group that the smaller budget cuts.
 */
export function holdOut(
  { rows, groups }: OrderedRows,
  fraction: number,
): { readonly train: Int32Array; readonly validation: Int32Array } {
  if (rows.length < FEWEST_TO_HOLD_OUT || fraction <= 0)
    return { train: rows, validation: new Int32Array(0) };
  const train: number[] = [];
  const validation: number[] = [];
  for (const unit of unitsOf({ rows, groups })) {
    const seen = train.length + validation.length + unit.length;
    const heldOut = validation.length + unit.length <= fraction * seen + 1e-9;
    (heldOut ? validation : train).push(...unit);
  }
  return { train: Int32Array.from(train), validation: Int32Array.from(validation) };
}

/** Deals rows into folds of about equal numbers of groups, never a group into two. @returns each row's fold, by position */
export function dealFolds(ordered: OrderedRows, folds: number, random: Stream): Int32Array {
  const units = unitsOf(ordered);
  const dealt = new Int32Array(units.length);
  random.permutation(units.length).forEach((unit, k) => {
    dealt[unit] = k % folds;
  });
  return Int32Array.from(units.flatMap((unit, index) => unit.map(() => dealt[index] ?? 0)));
}

/** The rows group by group; a group's rows stand together already. */
function unitsOf({ rows, groups }: OrderedRows): readonly (readonly number[])[] {
  const units: number[][] = [];
  rows.forEach((row, index) => {
    const last = units.at(-1);
    if (last !== undefined && index > 0 && groups[index] === groups[index - 1]) last.push(row);
    else units.push([row]);
  });
  return units;
}

/** The rows for which `keep` holds, in the same order. */
export function filterRows({ rows, groups }: OrderedRows, keep: (position: number) => boolean): OrderedRows {
  return {
    rows: rows.filter((_, position) => keep(position)),
    groups: groups.filter((_, position) => keep(position)),
  };
}

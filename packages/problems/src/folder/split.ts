import { diagnose, type Diagnostic, type Split, type SplitName } from "@seams/core";
import { textKey } from "./content-key";

const PARTS: readonly SplitName[] = ["train", "validation", "test"];

/** What a split is made from. */
export interface SplitQuestion {
  readonly split: Split;
  readonly rows: number;
  /** The file to name in diagnostics. */
  readonly file: string;
  /** Cells of the split or group column, as texts; undefined where there is no such column. */
  readonly cells: (column: string) => readonly string[] | undefined;
  /** Of each record, a number that is the same for records with the same inputs. */
  readonly contentKeys: () => Float64Array;
}

/** Which record is in which part. */
export interface AssignedSplit {
  readonly split: readonly SplitName[];
  readonly groups?: Int32Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Assigns every record to a part of the split, by the column that says it or by fractions. */
export function assignSplit(question: SplitQuestion): AssignedSplit {
  const assigned =
    "column" in question.split ? byColumn(question, question.split) : byFractions(question, question.split);
  if (assigned.diagnostics.length > 0) return assigned;
  const place = { at: "cell", file: question.file } as const;
  const empty = (["train", "test"] as const).filter((part) => !assigned.split.includes(part));
  return { ...assigned, diagnostics: empty.map((part) => diagnose.data.splitEmpty({ place, part })) };
}

function byColumn(question: SplitQuestion, { column, group }: ByColumn): AssignedSplit {
  const { rows, file, cells } = question;
  const written = cells(column);
  if (written === undefined) return withoutColumn(file, column);
  const diagnostics: Diagnostic[] = [];
  const split = Array.from({ length: rows }, (_, row): SplitName => {
    const seen = (written[row] ?? "").trim();
    const part = PARTS.find((name) => name === seen.toLowerCase());
    if (part === undefined) {
      diagnostics.push(
        diagnose.data.splitUnknown({ place: { at: "cell", file, row: row + 1, column }, seen }),
      );
    }
    return part ?? "train";
  });
  if (group === undefined) return { split, diagnostics };
  const named = cells(group);
  if (named === undefined) return withoutColumn(file, group);
  const groups = gatherGroups(named, rows);
  for (const [name, members] of groups) {
    const parts = PARTS.filter((part) => members.some((row) => split[row] === part));
    const place = { at: "cell", file, column: group } as const;
    if (parts.length > 1) diagnostics.push(diagnose.data.groupLeaks({ place, group: name, parts }));
  }
  return { split, groups: groupNumbers(groups, rows), diagnostics };
}

/** Rows by their group's name, in order of first appearance. A record whose group isn't said is its own. */
function gatherGroups(
  names: ArrayLike<string | number>,
  rows: number,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const name = names[row] === undefined || names[row] === "" ? `row ${row + 1}` : String(names[row]);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [row]);
    else members.push(row);
  }
  return groups;
}

function groupNumbers(groups: ReadonlyMap<string, readonly number[]>, rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  [...groups.values()].forEach((members, index) => {
    for (const row of members) numbers[row] = index;
  });
  return numbers;
}

function withoutColumn(file: string, column: string): AssignedSplit {
  return {
    split: [],
    diagnostics: [diagnose.data.columnMissing({ place: { at: "cell", file, column }, column })],
  };
}

type Fractions = Extract<Split, { fractions: unknown }>;
type ByColumn = Extract<Split, { column: unknown }>;

/**
 * Deals whole groups into the parts. Their order comes from a hash of the group's name (or of the record's inputs,
 * where there are no groups) and the seed: the order of rows in the file doesn't matter, and equal records stay together.
 */
function byFractions(question: SplitQuestion, { fractions, seed = 0, group }: Fractions): AssignedSplit {
  const { rows, file, cells, contentKeys } = question;
  const named = group === undefined ? undefined : cells(group);
  if (group !== undefined && named === undefined) return withoutColumn(file, group);
  const groups = gatherGroups(named ?? contentKeys(), rows);
  const order = [...groups]
    .map(([name, members]) => ({ name, members, at: textKey(name, seed) }))
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  const split = new Array<SplitName>(rows).fill("train");
  const open = PARTS.map((part, k) => ({ part, wanted: (fractions[k] ?? 0) * rows, has: 0 })).filter(
    ({ wanted }) => wanted > 0,
  );
  order.forEach(({ members }, k) => {
    const empty = open.filter(({ has }) => has === 0);
    // The last groups go to parts that would stay empty, the test part first.
    const last = order.length - k <= empty.length ? empty.at(-1) : undefined;
    const neediest = open.reduce((most, part) =>
      part.wanted - part.has > most.wanted - most.has ? part : most,
    );
    const taker = last ?? neediest;
    taker.has += members.length;
    for (const row of members) split[row] = taker.part;
  });
  return { split, diagnostics: [], ...(named === undefined ? {} : { groups: groupNumbers(groups, rows) }) };
}

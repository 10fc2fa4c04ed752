import type { LossTerm, TrainPhase } from "../compile/plan";
import { type Column, slotsPerRecord } from "../data/column";
import { gatherRows, keepRecords } from "../data/gather";
import type { Seed } from "../ids";
import { stream } from "../random/streams";
import type { RowSet } from "./row-set";

/** What decides how a head's labels are used. */
type LabelUse = Pick<LossTerm, "target" | "head">;

/**
 * Rows as a phase may learn from them: labels hidden or shuffled where its heads ask for that. Which ones follows from
 * the seed and the field alone, so that every pipeline sees the same, a larger budget sees what a smaller one does and
 * more, and a smaller share of labels lies in a larger one.
 */
export function rowsToLearnFrom({ losses }: Pick<TrainPhase, "losses">, rows: RowSet, seed: Seed): RowSet {
  const uses = new Map(losses.filter(isUnusual).map((term) => [term.target, term]));
  if (uses.size === 0) return rows;
  const columns = new Map<string, Column>();
  const learned = (field: string): Column => {
    const use = uses.get(field);
    return use === undefined ? rows.field(field) : usedLabels(use, rows.field(field), seed);
  };
  return {
    ...rows,
    field: (field) => {
      const column = columns.get(field) ?? learned(field);
      columns.set(field, column);
      return column;
    },
  };
}

const isUnusual = ({ head }: LabelUse): boolean =>
  head.labelShare !== undefined || head.shuffleLabels !== undefined;

function usedLabels({ target, head }: LabelUse, column: Column, seed: Seed): Column {
  const { labelShare, shuffleLabels } = head;
  const kept =
    labelShare === undefined ? column : hideLabels(column, labelShare, stream(seed, "share", target));
  return shuffleLabels === undefined ? kept : dealAnew(kept, stream(seed, "shuffle", target));
}

function hideLabels(column: Column, share: number, random: ReturnType<typeof stream>): Column {
  const draws = Float64Array.from({ length: column.rows }, () => random.uniform());
  return keepRecords(column, (row) => (draws[row] ?? 1) < share);
}

/** The records that have any label exchange them; those without stay without. */
function dealAnew(column: Column, random: ReturnType<typeof stream>): Column {
  const slots = slotsPerRecord(column.type);
  const labelled: number[] = [];
  for (let row = 0; row < column.rows; row++)
    if (column.present.subarray(row * slots, (row + 1) * slots).includes(1)) labelled.push(row);
  const order = Int32Array.from({ length: column.rows }, (_, row) => row);
  random.permutation(labelled.length).forEach((from, to) => {
    order[labelled[to] ?? 0] = labelled[from] ?? 0;
  });
  return gatherRows(column, order);
}

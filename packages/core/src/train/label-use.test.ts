import { describe, expect, it } from "vitest";
import { lossTerm, trainPhase } from "../../test/support/phase";
import type { Column } from "../data/column";
import type { FieldType } from "../graph/field-type";
import { seed } from "../ids";
import type { Head } from "../stages/stage";
import { rowsToLearnFrom } from "./label-use";
import type { RowSet } from "./row-set";

const type: FieldType = { is: "label", classes: Array.from({ length: 1000 }, (_, k) => `c${k}`) };

/** Row k has class k; every tenth row has no label. */
function rowsOf(count: number): RowSet {
  const column: Column = {
    type,
    rows: count,
    data: Float32Array.from({ length: count }, (_, row) => row),
    present: Uint8Array.from({ length: count }, (_, row) => (row % 10 === 9 ? 0 : 1)),
  };
  return { name: "rows", rows: Int32Array.from({ length: count }, (_, row) => row), field: () => column };
}

const learnedFrom = (use: Partial<Head>, count: number, of = 1): Column => {
  const term = lossTerm({ head: { ...lossTerm().head, ...use } });
  return rowsToLearnFrom(trainPhase({ losses: [term] }), rowsOf(count), seed(of)).field(term.target);
};
const labelled = ({ present }: Column): readonly number[] =>
  [...present.keys()].filter((row) => present[row] === 1);

describe("rowsToLearnFrom", () => {
  it("leaves rows alone where no head asks for anything", () => {
    const rows = rowsOf(10);
    expect(rowsToLearnFrom(trainPhase(), rows, seed(1))).toBe(rows);
  });

  it("hides about the share that is asked for, a smaller one within a larger one, and the same of fewer rows", () => {
    const half = labelled(learnedFrom({ labelShare: 0.5 }, 1000));
    const fifth = labelled(learnedFrom({ labelShare: 0.2 }, 1000));
    expect(half.length).toBeGreaterThan(400);
    expect(half.length).toBeLessThan(500);
    expect(fifth.length).toBeGreaterThan(140);
    expect(fifth.length).toBeLessThan(220);
    expect(fifth.every((row) => half.includes(row))).toBe(true);
    expect(labelled(learnedFrom({ labelShare: 0.5 }, 100))).toEqual(half.filter((row) => row < 100));
    expect(labelled(learnedFrom({ labelShare: 0.5 }, 1000, 2))).not.toEqual(half);
  });

  it("deals all labels out anew, to the records that have one", () => {
    const before = rowsOf(1000).field("y");
    const after = learnedFrom({ shuffleLabels: true }, 1000);
    expect([...after.present]).toEqual([...before.present]);
    const values = (column: Column) => labelled(column).map((row) => column.data[row] ?? -1);
    expect(values(after).toSorted((a, b) => a - b)).toEqual(values(before));
    const same = labelled(after).filter((row) => after.data[row] === row).length;
    expect(same).toBeLessThan(10);
  });
});

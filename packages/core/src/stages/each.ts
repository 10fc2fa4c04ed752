import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "../data/column";

/**
 * The elements of a sequence column as a column of their own, rows × maxLength of them; those behind a sequence's
 * end are missing. Shares the arrays.
 */
export function unfoldColumn(column: Column): { readonly elements: Column } {
  const { type, data, present, scores } = column;
  if (type.is !== "sequence") throw new Error(`each: a ${type.is} has no elements`);
  const rows = column.rows * type.maxLength;
  return { elements: { type: type.of, rows, data, present, ...(scores === undefined ? {} : { scores }) } };
}

/**
 * The inverse: every `maxLength` elements become one sequence. What stands behind a sequence's end is cleared.
 * @param lengths of the sequences; −1 where the record has none
 */
export function foldColumn(elements: Column, maxLength: number, lengths: Int32Array): Column {
  const of = elements.type;
  if (of.is === "sequence") throw new Error("each: sequences of sequences do not exist");
  const rows = lengths.length;
  if (elements.rows !== rows * maxLength) {
    throw new Error(`each: ${elements.rows} elements are not ${rows} × ${maxLength}`);
  }
  const type = { is: "sequence", of, maxLength } as const;
  const clear = <T extends Float32Array | Uint8Array>(array: T, perElement: number): T => {
    lengths.forEach((length, row) => {
      const end = (row + 1) * maxLength * perElement;
      array.fill(0, end - (maxLength - Math.max(length, 0)) * perElement, end);
    });
    return array;
  };
  return {
    type,
    rows,
    data: clear(elements.data.slice(), valuesPerRecord(of)),
    present: clear(elements.present.slice(), slotsPerRecord(of)),
    lengths,
    ...(elements.scores === undefined ? {} : { scores: clear(elements.scores.slice(), scoresPerRecord(of)) }),
  };
}

import {
  type Column,
  type Diagnostic,
  type FieldType,
  missingColumn,
  type Place,
  slotsPerRecord,
  valuesPerRecord,
} from "@seams/core";

/** One record's value of one field, as a cell gave it. */
export type Value =
  | { readonly is: "missing" }
  | {
      readonly is: "there";
      /** At most as many as a record of the type takes. */
      readonly values: ArrayLike<number>;
      /** One a slot, where not all slots of the value are there. */
      readonly present?: ArrayLike<number>;
      /** Of text and sequences: their length. */
      readonly length?: number;
    }
  /** Not a value of the type. The place is filled in by who knows it. */
  | { readonly is: "wrong"; readonly why: (place: Place) => Diagnostic };

export const MISSING: Value = { is: "missing" };

/** A value of which all slots are there. */
export const there = (values: ArrayLike<number>): Value => ({ is: "there", values });

/** A value that the type does not have. */
export const wrong = (why: (place: Place) => Diagnostic): Value => ({ is: "wrong", why });

/** A column whose records are set one by one; those that are not set are missing. */
export class ColumnBuilder {
  readonly column: Column;

  constructor(
    readonly type: FieldType,
    rows: number,
  ) {
    this.column = missingColumn(type, rows);
  }

  set(row: number, value: Exclude<Value, { is: "wrong" }>): void {
    if (value.is === "missing") return;
    const { data, present, lengths } = this.column;
    const slots = slotsPerRecord(this.type);
    const perSlot = valuesPerRecord(this.type) / slots;
    const used = Math.ceil(value.values.length / perSlot);
    data.set(value.values, row * valuesPerRecord(this.type));
    for (let slot = 0; slot < slots; slot++) {
      const isThere =
        value.present === undefined ? slot < used || this.type.is === "text" : value.present[slot] === 1;
      present[row * slots + slot] = isThere ? 1 : 0;
    }
    if (lengths !== undefined) lengths[row] = value.length ?? 0;
  }
}

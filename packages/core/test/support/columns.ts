import type { Column } from "../../src/data/column";

/** One scalar a record, all of them there. */
export const scalars = (values: readonly number[]): Column => ({
  type: { is: "scalar" },
  rows: values.length,
  data: Float32Array.from(values),
  present: new Uint8Array(values.length).fill(1),
});

/** One vector a record, all of them there. */
export const vectors = (...records: readonly (readonly number[])[]): Column => ({
  type: { is: "vector", size: records[0]?.length ?? 0 },
  rows: records.length,
  data: Float32Array.from(records.flat()),
  present: new Uint8Array(records.length).fill(1),
});

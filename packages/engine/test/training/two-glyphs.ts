import {
  type Column,
  type FieldTypeOf,
  type ProblemData,
  type ProblemSchema,
  seed,
  type SplitName,
  stream,
} from "@seams/core";

const CLASSES = 4;
const SIZE = 6;
const classes = Array.from({ length: CLASSES }, (_, k) => String(k));

const glyph: FieldTypeOf<"vector"> = { is: "vector", size: SIZE };
const digit: FieldTypeOf<"label"> = { is: "label", classes };
const glyphs: FieldTypeOf<"sequence"> = { is: "sequence", of: glyph, maxLength: 2 };
const digits: FieldTypeOf<"sequence"> = { is: "sequence", of: digit, maxLength: 2 };

/** Two noisy glyphs of four classes; y is the sum of their classes mod 4, `total` the sum itself in tenths of cents. */
export const twoGlyphs: ProblemSchema = {
  format: 1,
  name: "two-glyphs",
  title: "Two glyphs",
  fields: {
    glyphs: { type: glyphs, price: 0 },
    digits: { type: digits, price: 2 },
    total: { type: { is: "scalar", unit: "cents" }, price: 1 },
    y: { type: digit, price: 1 },
  },
  input: ["glyphs"],
  target: ["y"],
  metrics: [{ target: "y", metric: "accuracy" }],
  split: { column: "split" },
};

/** The same records, with `total` as what is to be predicted. */
export const twoGlyphsTotal: ProblemSchema = {
  ...twoGlyphs,
  target: ["total"],
  metrics: [{ target: "total", metric: "mae" }],
};

/** Numbers of rows. */
export interface Rows {
  readonly train: number;
  readonly test: number;
}

/** Draws records from seeded streams. */
export function twoGlyphsData({ train, test }: Rows = { train: 200, test: 100 }): ProblemData {
  const rows = train + test;
  const random = stream(seed(7), "two-glyphs");
  const centres = Array.from({ length: CLASSES * SIZE }, () => random.normal());
  const labels = Float32Array.from({ length: rows * 2 }, () => random.integer(CLASSES));
  const values = Float32Array.from({ length: rows * 2 * SIZE }, (_, index) => {
    const label = labels[Math.floor(index / SIZE)] ?? 0;
    return 5 + (centres[label * SIZE + (index % SIZE)] ?? 0) + 0.2 * random.normal();
  });
  const sums = Float32Array.from(
    { length: rows },
    (_, row) => (labels[2 * row] ?? 0) + (labels[2 * row + 1] ?? 0),
  );
  const two = new Int32Array(rows).fill(2);
  const columns: Record<string, Column> = {
    glyphs: { type: glyphs, rows, data: values, present: ones(rows * 2), lengths: two },
    digits: { type: digits, rows, data: labels, present: ones(rows * 2), lengths: two },
    total: {
      type: { is: "scalar", unit: "cents" },
      rows,
      data: sums.map((sum) => 1000 + 50 * sum),
      present: ones(rows),
    },
    y: { type: digit, rows, data: sums.map((sum) => sum % CLASSES), present: ones(rows) },
  };
  const split = Array.from({ length: rows }, (_, row): SplitName => (row < train ? "train" : "test"));
  return { rows, columns, split, hash: `two-glyphs ${train} ${test}` };
}

const ones = (length: number): Uint8Array => new Uint8Array(length).fill(1);

/** The same data with one column changed in a copy of its arrays, under a hash of its own. */
export function changeColumn(
  data: ProblemData,
  field: string,
  change: (column: { data: Float32Array; present: Uint8Array }) => void,
): ProblemData {
  const column = data.columns[field];
  if (column === undefined) throw new Error(`no column ${field}`);
  const copy = { ...column, data: column.data.slice(), present: column.present.slice() };
  change(copy);
  return { ...data, columns: { ...data.columns, [field]: copy }, hash: `${data.hash} changed` };
}

import {
  type Column,
  type FieldType,
  type ProblemData,
  type ProblemSchema,
  slotsPerRecord,
  valuesPerRecord,
} from "@seams/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "./file-source";
import { readProblemFolder } from "./read";
import { writeProblemFolder } from "./write";

const finite = fc
  .float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .map((value) => value + 0);
const names = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 4 }).filter((name) => name.trim() === name),
  { minLength: 2, maxLength: 4 },
);
const letters = fc.uniqueArray(fc.constantFrom("a", "b", "é", "ß", "漢"), { minLength: 2, maxLength: 4 });

const elementType: fc.Arbitrary<Exclude<FieldType, { is: "sequence" }>> = fc.oneof(
  fc.record({
    is: fc.constant("image" as const),
    heightPx: fc.integer({ min: 1, max: 3 }),
    widthPx: fc.integer({ min: 1, max: 3 }),
    channels: fc.constantFrom(1, 3),
  }),
  fc.record({
    is: fc.constant("signal" as const),
    samples: fc.integer({ min: 1, max: 4 }),
    sampleRateHz: fc.constant(8000),
  }),
  fc.record({ is: fc.constant("vector" as const), size: fc.integer({ min: 1, max: 4 }) }),
  fc.constant({ is: "scalar" as const }),
  names.map((classes) => ({ is: "label" as const, classes })),
  names.map((flags) => ({ is: "flags" as const, names: flags })),
  fc.constant({ is: "box" as const }),
);
const fieldType: fc.Arbitrary<FieldType> = fc.oneof(
  { arbitrary: elementType, weight: 3 },
  letters.map((alphabet) => ({ is: "text" as const, alphabet, maxLength: 3 })),
  fc.record({
    is: fc.constant("sequence" as const),
    of: elementType,
    maxLength: fc.integer({ min: 1, max: 3 }),
  }),
);

/** A value's numbers, one slot's worth. */
function slotValues(type: FieldType): fc.Arbitrary<number[]> {
  const list = (value: fc.Arbitrary<number>, length: number) =>
    fc.array(value, { minLength: length, maxLength: length });
  if (type.is === "label") return list(fc.integer({ min: 0, max: type.classes.length - 1 }), 1);
  if (type.is === "flags") return list(fc.integer({ min: 0, max: 1 }), 1);
  if (type.is === "box")
    return list(
      fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      4,
    );
  if (type.is === "image") {
    const pixel = fc.oneof(
      fc.integer({ min: 0, max: 255 }).map((byte) => Math.fround(byte / 255)),
      fc.float({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    );
    return list(pixel, valuesPerRecord(type));
  }
  return list(finite, valuesPerRecord(type) / slotsPerRecord(type));
}

/** A slot's values, and whether they are there. */
type Drawn = [number[], number];

/** A column of a type: some records lack it, some slots of the others are missing. */
function columnOf(type: FieldType, rows: number): fc.Arbitrary<Column> {
  const of = type.is === "sequence" ? type.of : type;
  const slots = slotsPerRecord(of);
  const slot: fc.Arbitrary<Drawn> = fc.tuple(
    slotValues(of),
    fc.integer({ min: 0, max: 4 }).map((dice) => (dice > 0 ? 1 : 0)),
  );
  const elements = fc.array(
    fc.array(slot, { minLength: slots, maxLength: slots }),
    type.is === "sequence" ? { maxLength: type.maxLength } : { minLength: 1, maxLength: 1 },
  );
  const text =
    type.is === "text"
      ? fc.array(fc.integer({ min: 0, max: type.alphabet.length - 1 }), { maxLength: type.maxLength })
      : fc.constant<number[]>([]);
  const value = fc.record({ text, elements: type.is === "text" ? fc.constant<Drawn[][]>([]) : elements });
  return fc.array(fc.option(value, { freq: 4 }), { minLength: rows, maxLength: rows }).map((records) => {
    const data = new Float32Array(rows * valuesPerRecord(type));
    const present = new Uint8Array(rows * slotsPerRecord(type));
    const lengths = new Int32Array(rows).fill(-1);
    records.forEach((record, row) => {
      if (record === null) return;
      data.set(record.text, row * valuesPerRecord(type));
      if (type.is === "text") present[row] = 1;
      record.elements.forEach((element, k) =>
        element.forEach(([values, isThere], s) => {
          if (isThere === 0) return;
          data.set(values, row * valuesPerRecord(type) + k * valuesPerRecord(of) + s * values.length);
          present[row * slotsPerRecord(type) + k * slots + s] = 1;
        }),
      );
      lengths[row] = type.is === "text" ? record.text.length : record.elements.length;
    });
    return {
      type,
      rows,
      data,
      present,
      ...(type.is === "text" || type.is === "sequence" ? { lengths } : {}),
    };
  });
}

const problem = fc
  .record({
    rows: fc.integer({ min: 2, max: 6 }),
    types: fc.array(fieldType, { minLength: 1, maxLength: 4 }),
    grouped: fc.boolean(),
  })
  .chain(({ rows, types, grouped }) =>
    fc
      .tuple(...types.map((type) => columnOf(type, rows)))
      .map((columns): { schema: ProblemSchema; data: ProblemData } => {
        const y = { type: { is: "label", classes: ["no", "yes"] } as const, price: 1.5 };
        const fields = Object.fromEntries([
          ...types.map((type, k) => [`f${k}`, { type, price: 0 }] as const),
          ["y", y],
        ]);
        const schema: ProblemSchema = {
          format: 1,
          name: "random",
          title: "A random problem",
          fields,
          input: types.map((_, k) => `f${k}`),
          target: ["y"],
          metrics: [{ target: "y", metric: "accuracy" }],
          split: grouped ? { column: "split", group: "group" } : { column: "split" },
        };
        const answers = {
          type: y.type,
          rows,
          data: new Float32Array(rows).fill(1),
          present: new Uint8Array(rows).fill(1),
        };
        const split = Array.from({ length: rows }, (_, row) =>
          row === 0 ? ("test" as const) : ("train" as const),
        );
        const groups = grouped
          ? { groups: Int32Array.from({ length: rows }, (_, row) => Math.ceil(row / 2)) }
          : {};
        const named = Object.fromEntries([
          ...columns.map((column, k) => [`f${k}`, column] as const),
          ["y", answers],
        ]);
        return { schema, data: { rows, columns: named, split, ...groups, hash: "" } };
      }),
  );

describe("a problem folder that was written", () => {
  it("reads back as the same records and schema", async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ schema, data }) => {
        const { value, diagnostics } = await readProblemFolder(
          memorySource(writeProblemFolder(schema, data)),
        );
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(value?.schema).toEqual(schema);
        expect({ ...value?.data, hash: "" }).toEqual(data);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

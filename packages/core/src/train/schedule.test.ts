import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seed } from "../ids";
import { stream } from "../random/streams";
import { rowStream, stepsBetweenChecks } from "./schedule";

const permutation = (rows: number) => (pass: number) => stream(seed(1), "rows", pass).permutation(rows);

describe("rowStream", () => {
  it("gives a step the same rows, however steps are cut into stretches", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
        (count, batch, stretches) => {
          const batchSize = Math.min(batch, count);
          const rows = Int32Array.from({ length: count }, (_, k) => 100 + k);
          const whole = rowStream({ rows, batchSize, permutation: permutation(count) });
          const cut = rowStream({ rows, batchSize, permutation: permutation(count) });
          const steps = stretches.reduce((a, b) => a + b);
          let from = 0;
          const pieces = stretches.flatMap((length) => {
            const piece = [...cut({ from, steps: length })];
            from += length;
            return piece;
          });
          expect(pieces).toEqual([...whole({ from: 0, steps })]);
        },
      ),
    );
  });

  it("shows every row once a pass", () => {
    const rows = Int32Array.from({ length: 10 }, (_, k) => k);
    const given = rowStream({ rows, batchSize: 4, permutation: permutation(10) })({ from: 0, steps: 5 });
    expect([...given.slice(0, 10)].sort()).toEqual([...rows]);
    expect([...given.slice(10)].sort()).toEqual([...rows]);
    expect([...given.slice(0, 10)]).not.toEqual([...given.slice(10)]);
  });
});

describe("stepsBetweenChecks", () => {
  it("checks about forty times, and seldom enough that looking costs less than training", () => {
    expect(stepsBetweenChecks({ steps: 400 }, { batchSize: 32, validationRows: 50 })).toBe(10);
    expect(stepsBetweenChecks({ steps: 400 }, { batchSize: 32, validationRows: 2000 })).toBe(63);
    expect(stepsBetweenChecks({ steps: 5 }, { batchSize: 32, validationRows: 0 })).toBe(1);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Column, slotsPerRecord, valuesPerRecord } from "../../data/column";
import type { FieldType, FieldTypeOf } from "../../graph/field-type";
import { MetricName } from "../../problem/document";
import { metricsFor } from "../../problem/metrics";
import { levenshtein } from "./edit-distance";
import { metrics } from "./index";
import { countLabelled } from "./slots";

/** A column of records given value by value; null is a missing slot. */
function column(
  type: FieldType,
  records: readonly (readonly (number | null)[] | null)[],
  scores?: number[],
): Column {
  const values = valuesPerRecord(type);
  const slots = slotsPerRecord(type);
  const data = new Float32Array(records.length * values);
  const present = new Uint8Array(records.length * slots);
  const lengths = new Int32Array(records.length).fill(-1);
  records.forEach((record, row) => {
    if (record === null) return;
    lengths[row] = record.length;
    record.forEach((value, k) => {
      if (value === null) return;
      data[row * values + k] = value;
      present[row * slots + Math.floor((k * slots) / values)] = 1;
    });
    if (type.is === "text") present[row] = 1;
  });
  return {
    type,
    rows: records.length,
    data,
    present,
    ...(type.is === "text" || type.is === "sequence" ? { lengths } : {}),
    ...(scores === undefined ? {} : { scores: Float32Array.from(scores) }),
  };
}

const abc: FieldTypeOf<"label"> = { is: "label", classes: ["a", "b", "c"] };
const labels = (...values: (number | null)[]) =>
  column(
    abc,
    values.map((value) => (value === null ? null : [value])),
  );
const scalars = (...values: (number | null)[]) =>
  column(
    { is: "scalar" },
    values.map((value) => (value === null ? null : [value])),
  );

describe("accuracy", () => {
  it("is the share of labelled rows that are right; missing and impossible predictions are wrong", () => {
    const truth = labels(0, 1, 2, null, 0, 1);
    const predicted = labels(0, 1, 1, 2, null, -1);
    expect(metrics.accuracy.score(truth, predicted)).toBe(2 / 5);
    expect([...(metrics.accuracy.correct?.(truth, predicted) ?? [])]).toEqual([1, 1, 0, -1, 0, 0]);
  });

  it("never lets a truth that is no class be matched", () => {
    expect(metrics.accuracy.score(labels(-1), labels(-1))).toBe(0);
  });

  it("counts flags and the elements of sequences one by one, and then gives no record-wise answer", () => {
    const flags: FieldType = { is: "flags", names: ["x", "y"] };
    expect(
      metrics.accuracy.score(
        column(flags, [
          [1, 0],
          [null, 1],
        ]),
        column(flags, [
          [1, 1],
          [0, 1],
        ]),
      ),
    ).toBeCloseTo(2 / 3);
    const sequence: FieldType = { is: "sequence", of: abc, maxLength: 3 };
    const truth = column(sequence, [[0, 1, 2], [2]]);
    expect(
      metrics.accuracy.score(
        truth,
        column(sequence, [
          [0, 2],
          [2, 2],
        ]),
      ),
    ).toBe(2 / 4);
    expect(metrics.accuracy.correct?.(truth, truth)).toBeUndefined();
  });

  it("has no score where nothing is labelled", () => {
    expect(metrics.accuracy.score(labels(null, null), labels(0, 1))).toBeUndefined();
  });
});

describe("macro-f1", () => {
  it("is the mean of the classes' F1, by hand", () => {
    // a: tp 1, fp 1, fn 1 → 1/2. b: tp 1, fp 1, fn 0 → 2/3. c: tp 0, fn 1 → 0.
    expect(metrics["macro-f1"].score(labels(0, 0, 1, 2), labels(0, 1, 1, 0))).toBeCloseTo(
      (1 / 2 + 2 / 3 + 0) / 3,
    );
  });

  it("leaves out classes that nobody has, and counts a missing prediction as missed only", () => {
    expect(metrics["macro-f1"].score(labels(0, 1), labels(0, 1))).toBe(1);
    expect(metrics["macro-f1"].score(labels(0, 0), labels(0, null))).toBeCloseTo(2 / 3);
  });

  it("is the mean over flags of F1 of being set", () => {
    const flags: FieldType = { is: "flags", names: ["x", "y"] };
    const truth = column(flags, [
      [1, 0],
      [1, 1],
      [0, null],
    ]);
    const predicted = column(flags, [
      [1, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(metrics["macro-f1"].score(truth, predicted)).toBeCloseTo((2 / 3 + 2 / 3) / 2);
  });
});

describe("auc", () => {
  const binary: FieldType = { is: "label", classes: ["no", "yes"] };
  const withScores = (decided: (number | null)[], positive: number[]) =>
    column(
      binary,
      decided.map((value) => (value === null ? null : [value])),
      positive.flatMap((p) => [1 - p, p]),
    );

  it("equals the share of positive–negative pairs in the right order, ties half", () => {
    const scores = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(scores, (items) => {
        const truth = column(
          binary,
          items.map(([yes]) => [Number(yes)]),
        );
        const predicted = withScores(
          items.map(() => 0),
          items.map(([, score]) => score / 8),
        );
        const positives = items.filter(([yes]) => yes);
        const negatives = items.filter(([yes]) => !yes);
        const pairs = positives.flatMap(([, p]) =>
          negatives.map(([, n]): number => (p > n ? 1 : p === n ? 0.5 : 0)),
        );
        const expected = pairs.length === 0 ? undefined : pairs.reduce((a, b) => a + b, 0) / pairs.length;
        const found = metrics.auc.score(truth, predicted);
        if (expected === undefined) expect(found).toBeUndefined();
        else expect(found).toBeCloseTo(expected, 10);
      }),
    );
  });

  it("puts a missing prediction on the wrong side of all", () => {
    const truth = column(binary, [[1], [1], [0]]);
    expect(metrics.auc.score(truth, withScores([1, null, 0], [0.9, 0.9, 0.1]))).toBe(1 / 2);
  });

  it("is the mean over the flags that have both kinds", () => {
    const flags: FieldType = { is: "flags", names: ["x", "y", "z"] };
    const truth = column(flags, [
      [1, 0, 1],
      [0, 1, 1],
    ]);
    const predicted = column(
      flags,
      [
        [1, 1, 1],
        [0, 0, 0],
      ],
      [0.9, 0.8, 0.9, 0.1, 0.2, 0.3],
    );
    expect(metrics.auc.score(truth, predicted)).toBe(1 / 2);
  });
});

describe("rmse and mae", () => {
  it("measure differences over labelled values", () => {
    const truth = scalars(1, 2, null, 4);
    expect(metrics.rmse.score(truth, scalars(1, 4, 9, 3))).toBeCloseTo(Math.sqrt(5 / 3));
    expect(metrics.mae.score(truth, scalars(1, 4, 9, 3))).toBeCloseTo(1);
  });

  it("count a missing prediction as the largest mistake within the truth", () => {
    expect(metrics.mae.score(scalars(0, 10, 4), scalars(0, 10, null))).toBeCloseTo(2);
  });

  it("take every value of a vector", () => {
    const vector: FieldType = { is: "vector", size: 2 };
    expect(metrics.mae.score(column(vector, [[0, 0]]), column(vector, [[1, 3]]))).toBe(2);
  });
});

describe("iou", () => {
  const box: FieldType = { is: "box" };
  it("is 1 for the same box, 1/3 for halves that overlap by half, 0 for a missing one", () => {
    const truth = column(box, [[0.5, 0.5, 0.2, 0.2]]);
    expect(metrics.iou.score(truth, truth)).toBeCloseTo(1);
    expect(metrics.iou.score(truth, column(box, [[0.6, 0.5, 0.2, 0.2]]))).toBeCloseTo(1 / 3);
    expect(metrics.iou.score(truth, column(box, [[0.1, 0.1, 0.2, 0.2]]))).toBe(0);
    expect(metrics.iou.score(truth, column(box, [null]))).toBe(0);
  });

  it("is 0, not NaN, between boxes without area", () => {
    const point = column(box, [[0.5, 0.5, 0, 0]]);
    expect(metrics.iou.score(point, point)).toBe(0);
  });
});

describe("exact-match", () => {
  const text: FieldType = { is: "text", alphabet: ["a", "b"], maxLength: 3 };
  it("asks for all letters and the same length", () => {
    const truth = column(text, [[0, 1], [1], [], null]);
    const predicted = column(text, [[0, 1], [1, 0], [], [0]]);
    expect(metrics["exact-match"].score(truth, predicted)).toBe(2 / 3);
    expect([...(metrics["exact-match"].correct?.(truth, predicted) ?? [])]).toEqual([1, 0, 1, -1]);
  });

  it("looks at labelled flags only", () => {
    const flags: FieldType = { is: "flags", names: ["x", "y"] };
    expect(metrics["exact-match"].score(column(flags, [[1, null]]), column(flags, [[1, 1]]))).toBe(1);
  });
});

describe("edit-distance", () => {
  it("is edits per true symbol", () => {
    const text: FieldType = { is: "text", alphabet: ["a", "b", "c"], maxLength: 4 };
    const truth = column(text, [[0, 1, 2], [1], null]);
    expect(metrics["edit-distance"].score(truth, column(text, [[0, 2], [1, 1], [0]]))).toBe(2 / 4);
    expect(metrics["edit-distance"].score(truth, column(text, [[0, 1, 2], null, null]))).toBe(1 / 4);
  });

  it("obeys the axioms of a distance", () => {
    const word = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 6 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(levenshtein(a, b)).toBe(levenshtein(b, a));
        expect(levenshtein(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c));
        expect(levenshtein(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe("metrics", () => {
  it("are all there under their own names", () => {
    expect(Object.keys(metrics).sort()).toEqual([...MetricName.options].sort());
    for (const [name, metric] of Object.entries(metrics)) expect(metric.name).toBe(name);
  });

  it("score the truth as perfect, whatever the field's type", () => {
    const types: FieldType[] = [
      abc,
      { is: "label", classes: ["no", "yes"] },
      { is: "flags", names: ["x", "y"] },
      { is: "scalar" },
      { is: "vector", size: 2 },
      { is: "box" },
      { is: "text", alphabet: ["a", "b"], maxLength: 2 },
      { is: "sequence", of: abc, maxLength: 2 },
    ];
    const two: Record<string, number[][]> = {
      scalar: [[0], [1]],
      label: [[0], [1]],
      box: [
        [0.5, 0.5, 0.1, 0.1],
        [0.2, 0.2, 0.1, 0.1],
      ],
    };
    for (const type of types) {
      const truth = column(
        type,
        two[type.is] ?? [
          [0, 1],
          [1, 0],
        ],
      );
      for (const name of metricsFor(type)) {
        const metric = metrics[name];
        expect(metric.score(truth, truth)).toBeCloseTo(metric.higherIsBetter ? 1 : 0);
      }
    }
  });

  it("count the records that have any truth", () => {
    expect(countLabelled(labels(0, null, 2))).toBe(2);
    expect(countLabelled(column({ is: "sequence", of: abc, maxLength: 2 }, [[], null, [1]]))).toBe(2);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProblemData, SplitName } from "../data/column";
import { seed } from "../ids";
import type { ProblemSchema } from "../problem/document";
import { stream } from "../random/streams";
import { chooseRows, dealFolds, holdOut } from "./budget";

const schema: ProblemSchema = {
  format: 1,
  name: "budget-test",
  title: "Budget test",
  fields: { y: { type: { is: "label", classes: ["a", "b", "c"] }, price: 1 } },
  input: ["y"],
  target: ["y"],
  metrics: [{ target: "y", metric: "accuracy" }],
  split: { fractions: [0.8, 0, 0.2] },
};

function problemData(labels: readonly number[], groups?: readonly number[]): ProblemData {
  const rows = labels.length;
  const split = labels.map((_, row): SplitName => ((groups?.[row] ?? row) % 5 === 4 ? "test" : "train"));
  const data = Float32Array.from(labels);
  const present = new Uint8Array(rows).fill(1);
  const y = { type: schema.fields.y!.type, rows, data, present };
  return {
    rows,
    columns: { y },
    split,
    hash: "h",
    ...(groups === undefined ? {} : { groups: Int32Array.from(groups) }),
  };
}

const problem = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 15 })), {
    minLength: 20,
    maxLength: 120,
  })
  .map((records) => records.toSorted((a, b) => a[1] - b[1]))
  .map((records) =>
    problemData(
      records.map(([label]) => label),
      records.map(([, group]) => group),
    ),
  );

const trainRows = (data: ProblemData): number => data.split.filter((name) => name === "train").length;

const chosen = (data: ProblemData, budget: number | Record<string, number>, number = 1) => {
  const { value, diagnostics } = chooseRows(data, schema, budget, seed(number));
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join());
  return value;
};

describe("chooseRows", () => {
  it("gives every larger budget all rows of a smaller one, in the same order, and never a test row", () => {
    fc.assert(
      fc.property(problem, fc.nat(), fc.nat(), fc.nat(1000), (data, a, b, number) => {
        const most = trainRows(data);
        if (most < 2) return;
        const [small = 2, large = 2] = [2 + (a % (most - 1)), 2 + (b % (most - 1))].sort((x, y) => x - y);
        const few = chosen(data, small, number);
        const many = chosen(data, large, number);
        expect([...many.rows.slice(0, small)]).toEqual([...few.rows]);
        expect(new Set(many.rows).size).toBe(large);
        expect([...many.rows].every((row) => data.split[row] === "train")).toBe(true);
        expect([...many.test]).toEqual([...data.split.keys()].filter((row) => data.split[row] === "test"));
      }),
    );
  });

  it("keeps the rows of a group together", () => {
    fc.assert(
      fc.property(problem, (data) => {
        const most = trainRows(data);
        if (most < 2) return;
        const { groups } = chosen(data, most);
        const starts = [...groups].filter((group, k) => k === 0 || groups[k - 1] !== group);
        expect(new Set(starts).size).toBe(starts.length);
      }),
    );
  });

  it("gives every first part about the classes' proportions", () => {
    const data = problemData(
      Array.from({ length: 1000 }, (_, row) => (row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2)),
    );
    for (const number of [1, 2, 3]) {
      const { rows } = chosen(data, 100, number);
      const counts = [0, 1, 2].map(
        (label) => [...rows].filter((row) => data.columns.y?.data[row] === label).length,
      );
      const shares = [0, 1, 2].map((label) => {
        const train = [...data.split.keys()].filter((row) => data.split[row] === "train");
        return (100 * train.filter((row) => data.columns.y?.data[row] === label).length) / train.length;
      });
      counts.forEach((count, label) => expect(Math.abs(count - shares[label]!)).toBeLessThanOrEqual(2));
    }
  });

  it("has other rows with another seed, and the same with the same", () => {
    const data = problemData(Array.from({ length: 200 }, (_, row) => row % 3));
    expect([...chosen(data, 50, 1).rows]).toEqual([...chosen(data, 50, 1).rows]);
    expect([...chosen(data, 50, 1).rows]).not.toEqual([...chosen(data, 50, 2).rows]);
  });

  it("takes the largest of several fields' budgets as its rows", () => {
    const data = problemData(Array.from({ length: 200 }, (_, row) => row % 3));
    const { rows, limits } = chosen(data, { y: 60, z: 10 });
    expect(rows.length).toBe(60);
    expect(limits).toEqual({ y: 60, z: 10 });
  });

  it("refuses more rows than there are, and fewer than two", () => {
    const data = problemData([0, 1, 2, 0, 1]);
    expect(chooseRows(data, schema, 5, seed(1)).diagnostics.map(({ code }) => code)).toEqual([
      "budget-above-rows",
    ]);
    expect(chooseRows(data, schema, 1, seed(1)).diagnostics.map(({ code }) => code)).toEqual([
      "too-few-rows",
    ]);
  });
});

describe("holdOut", () => {
  it("never lets a group straddle training and validation, and loses no row", () => {
    fc.assert(
      fc.property(problem, fc.double({ min: 0, max: 0.5, noNaN: true }), (data, fraction) => {
        const most = trainRows(data);
        if (most < 2) return;
        const ordered = chosen(data, most);
        const { train, validation } = holdOut(ordered, fraction);
        const groupsOf = (rows: Int32Array) => new Set([...rows].map((row) => data.groups?.[row] ?? row));
        const validationGroups = groupsOf(validation);
        expect([...groupsOf(train)].some((group) => validationGroups.has(group))).toBe(false);
        expect(new Set([...train, ...validation])).toEqual(new Set(ordered.rows));
        expect(validation.length).toBeLessThanOrEqual(fraction * most + 1e-6);
      }),
    );
  });

  it("moves no row to the other side as the budget grows", () => {
    const data = problemData(Array.from({ length: 400 }, (_, row) => row % 3));
    const small = holdOut(chosen(data, 40), 0.2);
    const large = holdOut(chosen(data, 300), 0.2);
    expect([...large.train.slice(0, small.train.length)]).toEqual([...small.train]);
    expect([...large.validation.slice(0, small.validation.length)]).toEqual([...small.validation]);
    expect([small.validation.length, large.validation.length]).toEqual([8, 60]);
  });

  it("spares no row for validation where there are fewer than ten", () => {
    const data = problemData(Array.from({ length: 40 }, (_, row) => row % 3));
    expect(holdOut(chosen(data, 9), 0.5).validation.length).toBe(0);
    expect(holdOut(chosen(data, 10), 0.5).validation.length).toBe(5);
  });
});

describe("dealFolds", () => {
  it("puts each group into one fold, and deals evenly", () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: 2, max: 6 }), (data, folds) => {
        const most = trainRows(data);
        if (most < 2) return;
        const ordered = chosen(data, most);
        const dealt = dealFolds(ordered, folds, stream(seed(1), "folds"));
        const foldOf = new Map<number, number>();
        ordered.groups.forEach((group, k) => {
          expect(foldOf.get(group) ?? dealt[k]).toBe(dealt[k]);
          foldOf.set(group, dealt[k]!);
        });
        const sizes = Array.from(
          { length: folds },
          (_, fold) => [...foldOf.values()].filter((f) => f === fold).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import type { Cell, Comparison } from "@seams/core/measure";
import { compareCells } from "@seams/core/measure";
import { describe, expect, it } from "vitest";
import { costSeries, rowSeries } from "./chart-data";
import { cellsAsCsv, differenceText, rowsAsMarkdown, scoreText } from "./export";
import { pricedFields, readPrices, startingPrices, writePrices } from "./prices";
import { differenceOf, resultRows } from "./result-rows";

const BUDGETS = [32, 100] as const;
const SEEDS = [1, 2, 3];

function cell(pipeline: string, budget: number, seed: number): Cell {
  const accuracy = (pipeline === "each" ? 0.7 : 0.4) + budget / 1000 + seed / 100;
  return {
    pipeline,
    budget,
    seed,
    seconds: 2,
    cached: seed === 3,
    labels: pipeline === "each" ? { y: budget, digits: 2 * budget } : { y: budget },
    cost: 0,
    test: { accuracy },
    train: { accuracy: 1 },
    stages: {},
  };
}
const cells = ["each", "whole"].flatMap((pipeline) =>
  BUDGETS.flatMap((budget) => SEEDS.map((seed) => cell(pipeline, budget, seed))),
);
const compare = (some: readonly Cell[]): Comparison =>
  compareCells({
    problem: { name: "p", hash: "h" },
    engine: { version: "1", backend: "cpu", form: "eager", kernels: "k", threads: 1, node: "v20" },
    pipelines: [
      { id: "each", title: "Each digit", hash: "1" },
      { id: "whole", title: "=Whole | image", hash: "2" },
    ],
    budgets: BUDGETS,
    seeds: SEEDS,
    cells: some,
    metric: "accuracy",
  });
const comparison = compare(cells);

describe("charts", () => {
  it("show every seed's result, and means where there are some", () => {
    const [each] = rowSeries(comparison);
    expect(each?.dots).toHaveLength(6);
    expect(each?.points.map(({ x, n }) => [x, n])).toEqual([
      [32, 3],
      [100, 3],
    ]);
  });

  it("place the same scores at what their labels cost, by the prices of the moment", () => {
    const at = (digits: number) =>
      costSeries(comparison, { y: 1, digits }).map(({ points }) => points.map(({ x }) => x));
    expect(at(1)).toEqual([
      [96, 300],
      [32, 100],
    ]);
    expect(at(0)).toEqual([
      [32, 100],
      [32, 100],
    ]);
  });

  it("leave out what costs nothing: it has no place on a log axis", () => {
    const [each, whole] = costSeries(comparison, { y: 0, digits: 1 });
    expect(each?.points).toHaveLength(2);
    expect([whole?.points, whole?.dots]).toEqual([[], []]);
  });

  it("draw no band from two seeds", () => {
    const two = compare(cells.filter(({ seed }) => seed < 3));
    expect(rowSeries(two)[0]?.points.every(({ low }) => low === undefined)).toBe(true);
  });
});

describe("the table", () => {
  const rows = resultRows(comparison, { prices: { y: 1, digits: 1 }, baseline: "whole" });

  it("has one row a pipeline and budget, with labels, cost, and time of what trained", () => {
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({
      pipeline: "each",
      budget: 32,
      n: 3,
      labels: { y: 32, digits: 64 },
      cost: 96,
      seconds: 2,
      timed: 2,
    });
  });

  it("turns a pair around where the baseline comes first", () => {
    const forth = differenceOf(comparison.paired, { pipeline: "each", baseline: "whole", budget: 32 });
    const back = differenceOf(comparison.paired, { pipeline: "whole", baseline: "each", budget: 32 });
    expect(forth?.mean).toBeCloseTo(0.3, 12);
    expect([back?.mean, back?.low, back?.high]).toEqual([-forth!.mean, -forth!.high!, -forth!.low!]);
    expect([forth?.verdict, back?.verdict]).toEqual(["a", "b"]);
  });

  it("has no difference for the baseline itself", () => {
    expect(rows.filter(({ pipeline }) => pipeline === "whole").every(({ difference }) => !difference)).toBe(
      true,
    );
  });

  it("never writes a score without its n or its interval", () => {
    const [first] = rows;
    expect(scoreText("accuracy", first!)).toMatch(/^75\.2 % \(.* to .* %\)$/);
    expect(scoreText("accuracy", { ...first!, n: 2, low: undefined, high: undefined } as never)).toBe(
      "75.2 % (no interval from 2 seeds)",
    );
    expect(differenceText("accuracy", { mean: 0.02, n: 2, verdict: "undecided" })).toBe(
      "+2.0 points (no interval, n = 2, undecided)",
    );
  });
});

describe("files", () => {
  const csv = cellsAsCsv(comparison);

  it("hold every trial", () => {
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + cells.length);
    expect(lines[0]).toBe(
      "pipeline,title,budget,seed,status,seconds,cached,cost,labels digits,labels y,test accuracy,train accuracy",
    );
  });

  it("keep a title from becoming a spreadsheet's formula", () => {
    expect(csv).toContain("whole,'=Whole | image,32");
  });

  it("keep a title from breaking a Markdown table", () => {
    const rows = resultRows(comparison, { prices: {}, baseline: "each" });
    const text = rowsAsMarkdown(rows, { metric: "accuracy", baseline: "each" });
    expect(text.split("\n")[0]).toContain("minus Each digit");
    expect(text).toContain("=Whole \\| image");
  });
});

describe("prices", () => {
  it("are read as the command line writes them, and what is no price is left out", () => {
    expect(readPrices("digits=2,y=0.5,bad,z=-1,w=")).toEqual({ digits: 2, y: 0.5 });
  });

  it("are written only where they were changed", () => {
    expect(writePrices({ digits: 2, y: 1 }, { digits: 1, y: 1 })).toBe("digits=2");
    expect(readPrices(writePrices({ digits: 2 }, {}))).toEqual({ digits: 2 });
  });

  it("belong to the fields that some trial bought labels of", () => {
    expect(pricedFields(cells)).toEqual(["digits", "y"]);
  });

  it("start from the experiment's own where the problem is not there", () => {
    expect(startingPrices({ prices: { y: 3 } }, undefined)).toEqual({ y: 3 });
  });
});

import { describe, expect, it } from "vitest";
import { failedCell } from "./cell";
import { defaultMargin, marginOf, scoreOf } from "./margin";

const cell = (rmse: number) => ({
  ...failedCell(
    { pipeline: "a", budget: 10, seed: 1 },
    { code: "", message: "", severity: "error", place: { at: "graph" } },
  ),
  test: { rmse },
});

describe("the margin", () => {
  it("is one point of a share", () => {
    expect(defaultMargin("accuracy", [0.2, 0.9])).toBe(0.01);
  });

  it("is one percent of the mean of other scores, failed trials aside", () => {
    const { failed: _, ...fine } = cell(4);
    expect(
      marginOf({ metric: "rmse", cells: [fine, { ...fine, test: { rmse: 2 } }, cell(100)] }),
    ).toBeCloseTo(0.03, 12);
    expect(scoreOf(cell(100), "rmse")).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { budgetStops, budgetsUpTo, nearestStop } from "./budgets";

describe("budgets", () => {
  it("rise evenly on a logarithmic axis, up to all rows", () => {
    expect(budgetStops(400)).toEqual([16, 28, 51, 90, 160, 285, 400]);
    expect(budgetStops(10)).toEqual([10]);
  });

  it("snap to the nearest stop by ratio", () => {
    expect(nearestStop([16, 28, 51, 90], 38)).toBe(2);
    expect(nearestStop([16, 28, 51, 90], 1e6)).toBe(3);
    expect(nearestStop([16], 0)).toBe(0);
  });

  it("are three a comparison, none too small to learn from", () => {
    expect(budgetsUpTo(316)).toEqual([32, 100, 316]);
    expect(budgetsUpTo(20)).toEqual([20]);
    expect(budgetsUpTo(5)).toEqual([5]);
  });
});

import { describe, expect, it } from "vitest";
import { planComparison } from "./comparison-plan";

const form = { pipelines: 2, budgetText: "100, 32", seedText: "3", rows: 1000 };

describe("a new comparison", () => {
  it("multiplies pipelines, budgets and seeds", () => {
    expect(planComparison(form)).toEqual({
      budgets: [32, 100],
      seeds: [1, 2, 3],
      words: "2 × 2 × 3 = 12 trials",
      canStart: true,
    });
  });

  it("needs two pipelines, and takes twelve", () => {
    expect(planComparison({ ...form, pipelines: 1 })).toMatchObject({
      canStart: false,
      words: "Choose at least two pipelines.",
    });
    expect(planComparison({ ...form, pipelines: 13 }).canStart).toBe(false);
  });

  it("says what is wrong with a budget that the problem has no rows for", () => {
    const plan = planComparison({ ...form, budgetText: "32, 2000" });
    expect(plan.budgetError).toContain("1 to 1,000");
    expect(plan.canStart).toBe(false);
  });

  it("says what is wrong with the seeds", () => {
    expect(planComparison({ ...form, seedText: "many" }).seedError).toContain("whole number");
    expect(planComparison({ ...form, seedText: "101" }).canStart).toBe(false);
  });
});

import { type Cell, compareCells } from "@seams/core/measure";
import { describe, expect, it } from "vitest";
import { comparisonReport } from "./comparison-report";
import { escapeHtml } from "./html";

const BUDGETS = [32, 64, 128, 256, 512];

const cells = ["a", "b"].flatMap((pipeline, k) =>
  BUDGETS.flatMap((budget) =>
    [1, 2, 3].map(
      (seed): Cell => ({
        pipeline,
        budget,
        seed,
        seconds: 1,
        cached: false,
        labels: { y: budget * (k + 1) },
        cost: budget,
        test: { accuracy: 0.9 - (0.4 + 0.1 * k) / Math.sqrt(budget / 32) + 0.001 * ((seed * budget) % 7) },
        train: { accuracy: 1 },
        stages: {},
      }),
    ),
  ),
);

const comparison = compareCells({
  problem: { name: "p", hash: "0123456789abcdef" },
  engine: { version: "1", backend: "cpu", form: "eager", kernels: "stock", threads: 1, node: "v20" },
  pipelines: [
    { id: "a", title: "<script>alert(1)</script>", hash: "1" },
    { id: "b", title: "B & co", hash: "2" },
  ],
  budgets: BUDGETS,
  seeds: [1, 2, 3],
  cells,
  metric: "accuracy",
  chance: 0.1,
});

describe("the report", () => {
  const report = comparisonReport(comparison, { prices: { y: 2 }, labelBudget: 500 });

  it("is one file that runs no script and fetches nothing, whatever pipelines are called", () => {
    expect(report).not.toContain("<script");
    expect(report).not.toMatch(/(?:src|href)=/);
    expect(report).toContain(escapeHtml("<script>alert(1)</script>"));
    expect(report).not.toContain("NaN");
  });

  it("holds every mean, every trial as a dot, and the numbers as JSON", () => {
    expect(report.match(/class="dot"/g)?.length).toBe(2 * cells.length); // against rows and against costs
    expect(report).toContain(`${((comparison.summary[0]?.mean ?? 0) * 100).toFixed(1)} %`);
    expect(report).toContain(escapeHtml(JSON.stringify(comparison)));
    expect(report).toContain("Labels to buy for 500");
  });
});

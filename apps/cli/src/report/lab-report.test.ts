import { parseProblem } from "@seams/core";
import { labResult, planMultiTaskLab } from "@seams/core/labs";
import { describe, expect, it } from "vitest";
import { describeLab } from "../describe-lab";
import { escapeHtml } from "./html";
import { labReport } from "./lab-report";

const TITLE = "<script>alert(1)</script>";
const yesOrNo = { is: "label", classes: ["no", "yes"] };
const schema = parseProblem({
  format: 1,
  name: "p",
  title: "P",
  fields: { x: { is: "vector", size: 2 }, a: yesOrNo, b: yesOrNo },
  input: ["x"],
  target: ["a", "b"],
  metric: "accuracy",
  split: { column: "split" },
}).value;

const document = {
  format: 1 as const,
  title: TITLE,
  problem: "p",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    trunk: { kind: "shared-trunk", params: { heads: { a: { label: "a" }, b: { label: "b" } } } },
    "out-a": { kind: "answer", params: { field: "a" } },
    "out-b": { kind: "answer", params: { field: "b" } },
  },
  links: [
    { from: "in.value", to: "trunk.input" },
    { from: "trunk.a", to: "out-a.value" },
    { from: "trunk.b", to: "out-b.value" },
  ],
};

/** A result made by the lab itself, from trials whose scores are a formula. */
function madeResult() {
  if (schema === undefined) throw new Error("no schema");
  const { value: plan } = planMultiTaskLab({
    pipeline: { title: TITLE, document, schema, rows: 1000 },
    widths: [0.5, 1],
    missing: [0],
    ratios: [1],
    seeds: [1, 2, 3],
  });
  if (plan === undefined) throw new Error("no plan");
  const trials = plan.variants.flatMap(({ id, role }) =>
    plan.seeds.map((seed) => {
      const a = 0.8 + (role === "arm" ? 0.1 + 0.001 * seed : 0);
      return {
        pipeline: id,
        budget: 1000,
        seed,
        result: {
          plan: "h",
          budget: 1000,
          seed,
          engine: {
            version: "1",
            backend: "cpu" as const,
            form: "eager" as const,
            kernels: "stock",
            threads: 1,
            node: "v20",
          },
          test: { accuracy: (a + 0.7) / 2, "accuracy:a": a, "accuracy:b": 0.7 },
          train: {},
          labels: {},
          cost: 0,
          seconds: 1,
          stages: {},
          testRows: 100,
        },
      };
    }),
  );
  const result = labResult({ plan, schema, hash: "0123456789abcdef", trials, plans: new Map(), rows: 1000 });
  if (result === undefined) throw new Error("no result");
  return result;
}

describe("a lab's report", () => {
  const result = madeResult();
  const report = labReport(result);

  it("is one file that runs no script and fetches nothing, whatever pipelines are called", () => {
    expect(report).not.toContain("<script");
    expect(report).not.toMatch(/(?:src|href)=/);
    expect(report).toContain(escapeHtml(TITLE));
    expect(report).not.toContain("NaN");
  });

  it("holds a heat-map cell for every cell, with its number and seeds, and all numbers as JSON", () => {
    expect(report.match(/<td class="heat/g)).toHaveLength(result.cells.length);
    expect(report).toContain("+10.2");
    expect(report).toContain("n = 3");
    expect(report).toContain(escapeHtml(JSON.stringify(result)));
  });

  it("reads the same on a terminal, with a mark for each verdict", () => {
    const text = describeLab(result);
    expect(text).toContain("+10.2 [+10.0, +10.4] ↑");
    expect(text).toContain("0.0 [0.0, 0.0] =");
  });
});

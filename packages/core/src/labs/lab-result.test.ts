import { describe, expect, it } from "vitest";
import { denseDocument, labPipeline, labProblem, labTrialsOf, trunkDocument } from "../../test/support/labs";
import { seed as asSeed } from "../ids";
import { compile } from "../compile/compile";
import { noLabels } from "../diagnostics/catalog/trial";
import { stream } from "../random/streams";
import type { TrialResult } from "../train/events";
import type { LabPlan } from "./lab";
import { labResult } from "./lab-result";
import { labPanels } from "./panels";
import { planMultiTaskLab } from "./plan-multi-task";
import { planTransferLab } from "./plan-transfer";

type Test = (variant: string, budget: number, seed: number) => TrialResult["test"];

const noise = (...purpose: readonly (string | number)[]) => 0.002 * stream(asSeed(1), ...purpose).normal();

function resultOf(plan: LabPlan | undefined, schema: ReturnType<typeof labProblem>, test: Test) {
  if (plan === undefined) throw new Error("no plan");
  const plans = new Map(
    plan.variants.flatMap(({ id, document }) => {
      const compiled = compile(document, { problem: schema }).plan;
      return compiled === undefined ? [] : [[id, compiled] as const];
    }),
  );
  const result = labResult({ plan, schema, hash: "h", trials: labTrialsOf(plan, test), plans, rows: 5000 });
  if (result === undefined) throw new Error("no result");
  return result;
}

function transfer(metric: string, test: Test) {
  const schema = labProblem(["y"], { metric });
  const net = labPipeline(denseDocument([8]), schema);
  const { value } = planTransferLab({
    target: net,
    source: net,
    budgets: [32, 100],
    sourceBudgets: [1000],
    seeds: [1, 2, 3, 4, 5],
  });
  return resultOf(value, schema, test);
}

/** Frozen A gains at 32 rows only; random features lose. */
const helps: Test = (variant, budget, seed) => ({
  accuracy:
    0.7 +
    (variant === "source-1000-freeze-1" && budget === 32 ? 0.1 : 0) -
    (variant.startsWith("random") ? 0.1 : 0) +
    noise(variant, budget, seed),
});

describe("a transfer lab's result", () => {
  const result = transfer("accuracy", helps);
  const cellOf = (variant: string, budget: number) =>
    result.cells.find((cell) => cell.variant === variant && cell.budget === budget);

  it("says gain, loss and equivalent where that is so, paired with from scratch", () => {
    expect(cellOf("source-1000-freeze-1", 32)).toMatchObject({ verdict: "gain", over: "scratch", n: 5 });
    expect(cellOf("source-1000-freeze-1", 100)?.verdict).toBe("equivalent");
    expect(cellOf("random-freeze-1", 32)?.verdict).toBe("loss");
    expect(cellOf("source-1000-freeze-1", 32)?.gains).toHaveLength(5);
  });

  it("has intervals that hold 0 exactly where Holm doesn't reject, the controls apart from the grid", () => {
    for (const { adjusted, p = 1 } of result.cells)
      expect((adjusted?.low ?? -1) > 0 || (adjusted?.high ?? 1) < 0).toBe(p < 0.05);
    // 4 cells of the grid, 6 of the controls: the smallest p of a family is multiplied by its size.
    const alone = transfer("accuracy", (variant, ...place) =>
      variant.startsWith("random") || variant.startsWith("shuffled")
        ? { accuracy: 0.5 + noise("other", variant, ...place) }
        : helps(variant, ...place),
    );
    const grid = ({ cells }: typeof result) => cells.filter(({ role }) => role === "arm").map(({ p }) => p);
    expect(grid(alone)).toEqual(grid(result));
  });

  it("says where gains end, and that no control gains", () => {
    expect(result.words[0]).toMatch(/^Of 4 cells, 1 gain, 0 lose/);
    expect(result.words).toContain("From 100 rows of B on no cell is shown to gain.");
    expect(result.words.at(-1)).toMatch(/^None of the 6 control cells/);
  });

  it("doubts a gain that a control has too", () => {
    const anything = transfer("accuracy", (variant, budget, seed) => ({
      accuracy: (variant === "scratch" ? 0.6 : 0.7) + noise(variant, budget, seed),
    }));
    expect(anything.words.at(-1)).toMatch(/^6 of 6 control cells gain too/);
  });

  it("asks the rules of transfer about arms against controls, and nothing about controls", () => {
    expect(result.advice.map(({ rule }) => rule)).toEqual(["T2", "T2", "T3", "T3", "T4", "T5", "T5"]);
    expect(result.advice.every(({ about }) => about[0]?.startsWith("source-"))).toBe(true);
  });

  it("counts a lower error as a gain", () => {
    const errors = transfer("rmse", (variant, budget, seed) => ({
      rmse: (variant === "source-1000-freeze-1" ? 1 : 2) + noise(variant, budget, seed),
    }));
    const cell = errors.cells.find(({ variant }) => variant === "source-1000-freeze-1");
    expect(cell?.verdict).toBe("gain");
    expect(cell?.mean).toBeCloseTo(1, 1);
  });

  it("is drawn as one panel for each start, depth against rows", () => {
    const panels = labPanels(result);
    expect(panels.map(({ title }) => title)).toEqual([
      "1,000 rows of A",
      "A, labels shuffled",
      "random features",
    ]);
    expect(panels[0]).toMatchObject({ columns: ["32", "100"] });
    expect(panels[0]?.rows.map(({ label, cells }) => [label, cells.map((cell) => cell?.verdict)])).toEqual([
      ["all layers tuned", ["equivalent", "equivalent"]],
      ["all frozen but the head", ["gain", "equivalent"]],
    ]);
  });
});

describe("a multi-task lab's result", () => {
  const tasks = ["a", "b"];
  const schema = labProblem(tasks);
  const { value: plan } = planMultiTaskLab({
    pipeline: labPipeline(trunkDocument(tasks), schema),
    widths: [0.5, 1],
    missing: [0],
    ratios: [1],
    budget: 100,
    seeds: [1, 2, 3, 4, 5],
  });
  /** a gains what b loses: their mean stays. */
  const against: Test = (variant, budget, seed) => {
    const gain = variant.startsWith("single") ? 0 : 0.05;
    const [a, b] = [0.8 + gain + noise(variant, "a", seed), 0.8 - gain + noise(variant, "b", seed)];
    return { accuracy: (a + b) / 2, "accuracy:a": a, "accuracy:b": b };
  };
  const result = resultOf(plan, schema, against);

  it("never lets one task's gain make up for another's loss", () => {
    expect(result.cells.map(({ at, verdict }) => [at["task"], at["width"], verdict])).toEqual([
      ["a", "0.5", "gain"],
      ["b", "0.5", "loss"],
      ["a", "1", "gain"],
      ["b", "1", "loss"],
    ]);
    expect(result.words.filter((words) => words.startsWith("a: ") || words.startsWith("b: "))).toHaveLength(
      2,
    );
  });

  it("asks the rules of multi-task learning, and names the task to take out at every width", () => {
    const rules = result.advice.map(({ rule }) => rule);
    expect(rules).toContain("M2");
    expect(rules).toContain("M3");
    expect(rules.filter((rule) => rule === "M5")).toHaveLength(2);
  });

  it("shows failed trials beside the cells, in no mean", () => {
    if (plan === undefined) throw new Error("no plan");
    const trials = labTrialsOf(plan, against).map((trial) =>
      trial.pipeline.startsWith("a+b-width-1") && trial.seed === 5
        ? {
            pipeline: trial.pipeline,
            budget: trial.budget,
            seed: trial.seed,
            diagnostic: noLabels({ place: { at: "graph" }, field: "a", budget: 100 }),
          }
        : trial,
    );
    const partial = labResult({ plan, schema, hash: "h", trials, plans: new Map(), rows: 5000 });
    expect(partial?.failures).toMatchObject([{ seed: 5, code: "no-labels" }]);
    expect(partial?.cells.find(({ at }) => at["width"] === "1")?.n).toBe(4);
  });
});

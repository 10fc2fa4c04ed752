import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LabPipeline, planMultiTaskLab, planTransferLab } from "@seams/core/labs";
import { afterAll, describe, expect, it } from "vitest";
import { openProblem, runLab } from "../src/index";

const home = mkdtempSync(join(tmpdir(), "seams-labs-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const seeds = [1, 2, 3];
const run = { home, signal: new AbortController().signal, onEvent: () => undefined };

async function opened(problemId: string, name: string) {
  const { value: problem } = await openProblem(problemId);
  const found = problem?.pipelines.find(({ id }) => id === `${problemId}/${name}`);
  if (problem === undefined || found === undefined) throw new Error(`there is no ${problemId}/${name}`);
  const { title, document } = found;
  const pipeline: LabPipeline = { title, document, schema: problem.schema, rows: problem.rows.train };
  return { problem, pipeline };
}

describe("runLab", () => {
  it("finds that frozen features of A help B while it has few rows, and that neither control does", async () => {
    const b = await opened("anchor-e-target", "from-scratch");
    const a = await opened("anchor-e-source", "from-scratch");
    const { value: plan } = planTransferLab({
      target: b.pipeline,
      source: a.pipeline,
      budgets: [32],
      sourceBudgets: [10_000],
      freeze: [1],
      seeds,
    });
    if (plan === undefined) throw new Error("no plan");
    const question = { ...run, plan, problem: b.problem, source: a.problem };
    const { result, trials } = await runLab(question);
    expect(trials.every(({ end }) => end.is === "done")).toBe(true);
    const byVariant = new Map(result?.cells.map((cell) => [cell.variant, cell]));
    expect(byVariant.get("source-10000-freeze-1")).toMatchObject({ verdict: "gain", n: 3 });
    expect(byVariant.get("shuffled-10000-freeze-1")?.verdict).not.toBe("gain");
    expect(byVariant.get("random-freeze-1")?.verdict).not.toBe("gain");
    expect(result?.advice.find(({ rule }) => rule === "T2")?.says).toContain("A had 10,000 rows");
    // Each seed has a donor of its own, and a second run trains nothing.
    const workers: number[] = [];
    const again = await runLab({ ...question, onWorker: (pid: number) => workers.push(pid) });
    expect(again.result).toEqual(result);
    expect(workers).toEqual([]);
    const starts = trials.flatMap(({ pipeline, end }) =>
      pipeline === "source-10000-freeze-1" && end.is === "done"
        ? [end.result.stages["read"]?.startedFrom?.artifact]
        : [],
    );
    expect(new Set(starts).size).toBe(3);
  }, 180_000);

  it("trains single networks once for all groups that leave them alone", async () => {
    const { problem, pipeline } = await opened("anchor-d-related-0", "shared");
    const { value: plan } = planMultiTaskLab({
      pipeline,
      groups: [["a", "b"]],
      widths: [0.0625, 1],
      missing: [0],
      ratios: [1],
      budget: 316,
      seeds,
    });
    if (plan === undefined) throw new Error("no plan");
    const { result, trials } = await runLab({ ...run, plan, problem });
    expect(result?.cells.map(({ at, n }) => [at["task"], at["width"], n])).toEqual([
      ["a", "0.0625", 3],
      ["b", "0.0625", 3],
      ["a", "1", 3],
      ["b", "1", 3],
    ]);
    const scores = (variant: string, task: string) =>
      trials.flatMap(({ pipeline: id, end }) =>
        id === variant && end.is === "done" ? [end.result.test[`accuracy:${task}`]] : [],
      );
    const [single = "", narrow = ""] = plan.variants.map(({ id }) => id);
    expect(scores(narrow, "c")).toEqual(scores(single, "c"));
    expect(scores(narrow, "a")).not.toEqual(scores(single, "a"));
  }, 180_000);

  it("fails what would start from a donor that failed, with its reason, and goes on with the rest", async () => {
    const b = await opened("anchor-e-target", "from-scratch");
    const a = await opened("anchor-e-source", "from-scratch");
    const hot = { ...a.pipeline.document };
    const read = hot.stages["read"];
    if (read === undefined) throw new Error("there is no stage read");
    const params = { ...read.params, learningRate: 1e30, optimiser: "sgd" };
    const { value: plan } = planTransferLab({
      target: b.pipeline,
      source: { ...a.pipeline, document: { ...hot, stages: { ...hot.stages, read: { ...read, params } } } },
      budgets: [32],
      sourceBudgets: [100],
      freeze: [1],
      seeds,
    });
    if (plan === undefined) throw new Error("no plan");
    const { result } = await runLab({ ...run, plan, problem: b.problem, source: a.problem });
    expect(new Set(result?.failures.map(({ code }) => code))).toEqual(new Set(["loss-not-finite"]));
    expect(result?.cells.map(({ variant }) => variant)).toEqual(["random-freeze-1"]);
  }, 180_000);
});

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphDocument } from "@seams/core";
import { type LabResult, planTransferLab } from "@seams/core/labs";
import { openProblem, runLab } from "@seams/runner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApi, until, type TestApi } from "../test/harness";

const TIMEOUT = { timeout: 240_000 };
const TARGET = "anchor-e-target/from-scratch";
const SOURCE = "anchor-e-source/from-scratch";
const small = { budgets: [32], sourceBudgets: [1000], freeze: [1], seeds: [1, 2, 3] };

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ workers: 2 });
});
afterAll(() => api.close());

const transfer = (more: object = {}) =>
  api.client.labs.startTransfer.mutate({
    target: { id: TARGET },
    source: { id: SOURCE },
    ...small,
    ...more,
    key: randomUUID(),
  });
const read = (id: string) => api.client.experiments.get.query({ id });
const isOver = ({ status }: { readonly status: string }) => status !== "queued" && status !== "running";

/** What `seams lab` finds, in worker processes and a home of its own. */
async function fromCommandLine(): Promise<LabResult | undefined> {
  const [b, a] = [(await openProblem("anchor-e-target")).value, (await openProblem("anchor-e-source")).value];
  if (b === undefined || a === undefined) throw new Error("anchor E is gone");
  const pipeline = (of: typeof b) => {
    const found = of.pipelines[0];
    if (found === undefined) throw new Error(`${of.id} has no pipeline`);
    return { title: found.title, document: found.document, schema: of.schema, rows: of.rows.train };
  };
  const { value: plan } = planTransferLab({ target: pipeline(b), source: pipeline(a), ...small });
  if (plan === undefined) throw new Error("no plan");
  const home = await mkdtemp(join(tmpdir(), "seams-lab-"));
  const signal = new AbortController().signal;
  const { result } = await runLab({ plan, problem: b, source: a, home, signal, onEvent: () => undefined });
  await rm(home, { recursive: true, force: true });
  return result;
}

describe("a transfer lab", () => {
  it(
    "is an experiment: cancelled, resumed, and in the end with the numbers of `seams lab`",
    TIMEOUT,
    async () => {
      const { id } = await transfer();
      await api.client.experiments.cancel.mutate({ id });
      expect((await read(id)).status).toBe("cancelled");
      await api.client.experiments.resume.mutate({ id });
      const view = await until(async () => {
        const now = await read(id);
        return isOver(now) && now.lab !== null && now.lab.cells.every(({ n }) => n === 3) && now;
      }, 180_000);
      expect(view).toMatchObject({ kind: "transfer", status: "done", comparison: null });
      const expected = await fromCommandLine();
      const { engine: _, ...found } = view.lab ?? {};
      const { engine: __, ...wanted } = expected ?? {};
      expect(found).toEqual(JSON.parse(JSON.stringify(wanted)));
      expect((await api.client.experiments.list.query()).find((row) => row.id === id)?.kind).toBe("transfer");
    },
  );

  it(
    "leaves trials whose pipelines can be kept as one's own, starting from what they started from",
    TIMEOUT,
    async () => {
      const { id } = await transfer();
      const view = await until(async () => {
        const now = await read(id);
        return isOver(now) && now;
      }, 180_000);
      const started = view.trials.find(({ pipeline }) => pipeline === "source-1000-freeze-1");
      const trial = await api.client.trials.get.query({ id: started?.id ?? "" });
      expect(trial.experiment.kind).toBe("transfer");
      const start = trial.document.stages["read"]?.params["start"];
      expect(start).toMatchObject({ artifact: expect.stringMatching(/^[0-9a-f]{64}\/1$/), freeze: 1 });
      const kept = await api.client.pipelines.create.mutate({ document: trial.document as GraphDocument });
      const again = await api.client.trials.start.mutate({
        pipeline: kept.id,
        budget: 32,
        seed: 1,
        key: randomUUID(),
      });
      const ended = await until(async () => {
        const now = await api.client.trials.get.query({ id: again.id });
        return isOver(now.summary) && now;
      });
      expect(ended.summary.test).toEqual(started?.test);
    },
  );
});

describe("a multi-task lab", () => {
  it("is an experiment whose result tells every task", TIMEOUT, async () => {
    const { id } = await api.client.labs.startMultiTask.mutate({
      pipeline: { id: "anchor-d-related-0/shared" },
      groups: [["a", "b"]],
      widths: [1],
      missing: [0],
      ratios: [1],
      budget: 100,
      seeds: [1, 2, 3],
      key: randomUUID(),
    });
    const view = await until(async () => {
      const now = await read(id);
      return isOver(now) && now.lab !== null && now;
    }, 180_000);
    expect(view.kind).toBe("multi-task");
    expect(view.lab?.cells.map(({ at, n }) => [at["task"], n])).toEqual([
      ["a", 3],
      ["b", 3],
    ]);
  });
});

describe("a lab that can't be", () => {
  const codes = async (started: Promise<unknown>): Promise<readonly string[]> => {
    const error = await started.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const { data } = error as { data?: { diagnostics?: readonly { code: string }[] } }; // tRPC's own error
    return (data?.diagnostics ?? []).map(({ code }) => code);
  };

  it("is refused with diagnostics, and nothing is stored", async () => {
    const before = (await api.client.experiments.list.query()).length;
    expect(await codes(transfer({ seeds: [1, 2] }))).toEqual(["lab-too-few-seeds"]);
    expect(await codes(transfer({ budgets: [10_001] }))).toEqual(["budget-above-rows"]);
    expect(await codes(transfer({ source: { id: "digit-sums/end-to-end" } }))).toEqual([
      "lab-no-transfer-stage",
    ]);
    const oneHead = api.client.labs.startMultiTask.mutate({
      pipeline: { id: TARGET },
      seeds: [1, 2, 3],
      key: randomUUID(),
    });
    expect(await codes(oneHead)).toEqual(["lab-too-few-heads"]);
    expect(await api.client.experiments.list.query()).toHaveLength(before);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testApi, type TestApi } from "../../test/harness";
import type { ExamplesView, TraceView } from "../wire";

const PIPELINES = ["digit-sums/end-to-end", "digit-sums/each-digit"];
/** Three times the promise, since the machine of the tests may share its cores. */
const MOST_MS = 300;

let api: TestApi;
let experiment: string;
let examples: ExamplesView;

beforeAll(async () => {
  api = await testApi({ workers: 1 });
  const started = await api.client.experiments.start.mutate({
    problem: "digit-sums",
    pipelines: PIPELINES.map((id) => ({ id })),
    budgets: [64],
    seeds: [1],
    key: randomUUID(),
  });
  experiment = started.id;
  await vi.waitFor(
    async () => expect((await api.client.experiments.get.query({ id: experiment })).status).toBe("done"),
    { timeout: 120_000, interval: 250 },
  );
  examples = await api.client.experiments.examples.query({ id: experiment, budget: 64, seed: 1 });
}, 150_000);
afterAll(() => api.close());

const trialOf = (pipeline: string): string =>
  examples.pipelines.find((one) => one.pipeline === pipeline)?.trial ?? "";
const decomposed = (): string => trialOf("digit-sums/each-digit");
const trace = (
  position: number,
  edits: Record<string, TraceView["values"][number]["value"]> = {},
): Promise<TraceView> => api.client.trials.trace.mutate({ id: decomposed(), position, edits });
const valueAt = (view: TraceView, place: string) => view.values.find((one) => one.place === place);
const digits = (...names: string[]) => ({
  is: "sequence" as const,
  of: names.map((value) => ({ is: "label" as const, value })),
});

describe("one example through every seam, asked of the API", () => {
  it("says for each pipeline which test rows it gets right, as the result does", () => {
    expect(examples.pipelines.map(({ pipeline }) => pipeline)).toEqual(PIPELINES);
    for (const { correct } of examples.pipelines) expect(correct).toHaveLength(examples.testRows);
  });

  it("sends test records through, and agrees with the trial's own scores", async () => {
    const correct = examples.pipelines.find(({ trial }) => trial === decomposed())?.correct ?? [];
    for (const position of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const { outcome, values } = await trace(position);
      expect(outcome.right).toBe(correct[position] === 1);
      expect(values.length).toBeGreaterThan(2);
    }
  });

  it("lets a value be fixed by hand: the rest follows in less than 100 ms on a machine of its own", async () => {
    const before = await trace(0);
    const seam = before.values.find(({ label, place }) => label === "digits" && place.includes("."));
    if (seam === undefined) throw new Error("no seam with digits");
    const after = await trace(0, { [seam.place]: digits("3", "4") });
    expect(valueAt(after, seam.place)).toMatchObject({ edited: true, value: digits("3", "4") });
    expect(after.values.at(-1)?.value).toEqual({ is: "number", value: 7 });
    const times: number[] = [];
    for (let digit = 0; digit < 9; digit++)
      times.push((await trace(0, { [seam.place]: digits(String(digit), "4") })).milliseconds);
    expect(Math.min(...times)).toBeLessThan(MOST_MS);
  });

  it("says which single fix repairs a wrong answer", async () => {
    const correct = examples.pipelines.find(({ trial }) => trial === decomposed())?.correct ?? [];
    const wrong = correct.indexOf(0);
    expect(wrong).toBeGreaterThanOrEqual(0);
    const { fixes } = await trace(wrong);
    expect(fixes).toEqual([{ place: expect.stringContaining("."), outcome: { right: true, score: 1 } }]);
  });

  it("refuses a value that its place cannot hold, a place that isn't there, a row that isn't there", async () => {
    const before = await trace(0);
    const seam = before.values.find(({ label, place }) => label === "digits" && place.includes("."));
    for (const asked of [
      trace(0, { [seam?.place ?? ""]: digits("3", "eleven") }),
      trace(0, { "nowhere.output": digits("3", "4") }),
      trace(1_000_000),
    ])
      await expect(asked).rejects.toMatchObject({
        data: { code: "BAD_REQUEST", diagnostics: [expect.objectContaining({ code: "edit-does-not-fit" })] },
      });
  });

  it("says how good a stage has to be, and for which stages that can be asked", async () => {
    const asked = { id: experiment, pipeline: "digit-sums/each-digit", budget: 64, stage: "read" };
    const dose = await api.client.experiments.doseResponse.mutate(asked);
    expect(dose).toMatchObject({ stage: "read", metric: "accuracy", n: 1 });
    const [least, most] = [dose.points[0], dose.points.at(-1)];
    expect(most).toMatchObject({ quality: 1, mean: 1 });
    expect(least?.mean).toBeLessThan(0.3);
    expect(dose.own?.mean).toBeGreaterThan(0.5);
    await expect(
      api.client.experiments.doseResponse.mutate({ ...asked, stage: "add" }),
    ).rejects.toMatchObject({
      data: { diagnostics: [expect.objectContaining({ code: "no-truth-to-dose" })] },
    });
  });

  it("says so where a trial has not been trained", async () => {
    const { id } = await api.client.experiments.start.mutate({
      problem: "digit-sums",
      pipelines: [{ id: "digit-sums/each-digit" }],
      budgets: [2048],
      seeds: [11],
      key: randomUUID(),
    });
    await api.client.experiments.cancel.mutate({ id });
    const [waiting] = (await api.client.experiments.get.query({ id })).trials;
    await expect(
      api.client.trials.trace.mutate({ id: waiting?.id ?? "", position: 0 }),
    ).rejects.toMatchObject({ data: { diagnostics: [expect.objectContaining({ code: "not-trained" })] } });
  });
});

import { randomUUID } from "node:crypto";
import type { GraphDocument } from "@seams/core";
import {
  appendEvents,
  changeTrial,
  claimTrial,
  openDatabase,
  startEmbeddedPostgres,
  type Database,
} from "@seams/db";
import { result } from "@seams/db/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raw, testApi, until, type TestApi } from "../test/harness";
import { readLive } from "../test/live-reader";

const PROBLEM = "digit-sums";
let api: TestApi;
let database: Database;
let pipeline: { id: string; document: GraphDocument };
beforeAll(async () => {
  api = await testApi();
  database = await openDatabase({ url: api.databaseUrl, role: "worker", connections: 4 });
  const [first] = (await api.client.pipelines.list.query({ problem: PROBLEM })).filter(
    ({ origin }) => origin === "gallery",
  );
  pipeline = await api.client.pipelines.get.query({ id: first!.id });
});
afterAll(async () => {
  await database.close();
  await api.close();
});

describe("problems", () => {
  it("lists the gallery with fields in words and rows by split", async () => {
    const cards = await api.client.problems.list.query();
    expect(cards.length).toBeGreaterThanOrEqual(4);
    for (const card of cards) {
      expect(card.source).toBe("gallery");
      expect(card.target.length).toBeGreaterThan(0);
      expect(card.rows.train).toBeGreaterThan(0);
      expect(card.input[0]?.words).not.toBe("");
    }
  });

  it("describes every field of a problem: what is missing, and how often each class occurs", async () => {
    const { card, schema, provenance, fields } = await api.client.problems.get.query({ id: PROBLEM });
    expect(Object.keys(fields).sort()).toEqual(Object.keys(schema.fields).sort());
    expect(provenance.hash).toMatch(/^[0-9a-f]{64}$/);
    const [target] = card.target;
    const bars = fields[target!.field]!.histogram!;
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(
      card.rows.train - fields[target!.field]!.missing.train,
    );
  });

  it("pages through records, by split and by label, at most sixty at a time", async () => {
    const page = await api.client.problems.records.query({ id: PROBLEM, offset: 5, limit: 3, split: "test" });
    expect(page.records).toHaveLength(3);
    expect(page.records.every(({ split }) => split === "test")).toBe(true);
    const { card, fields } = await api.client.problems.get.query({ id: PROBLEM });
    expect(page.total).toBe(card.rows.test);
    const field = card.target[0]!.field;
    const { value, count } = fields[field]!.histogram![1]!;
    const labelled = await api.client.problems.records.query({
      id: PROBLEM,
      split: "train",
      label: { field, value },
    });
    expect(labelled.total).toBe(count);
    for (const record of labelled.records) expect(record.values[field]).toMatchObject({ is: "label", value });
    await expect(api.client.problems.records.query({ id: PROBLEM, limit: 61 })).rejects.toMatchObject({
      data: { httpStatus: 400 },
    });
    await expect(
      api.client.problems.records.query({ id: PROBLEM, missing: "no-such-field" }),
    ).rejects.toMatchObject({ data: { httpStatus: 404 } });
  });
});

describe("pipelines", () => {
  it("forks, saves, keeps versions and removes", async () => {
    const { id } = await api.client.pipelines.fork.mutate({ id: pipeline.id });
    const forked = await api.client.pipelines.get.query({ id });
    expect(forked).toMatchObject({ origin: "own", readOnly: false, version: 1 });
    const document = { ...forked.document, title: "Mine" };
    expect(await api.client.pipelines.save.mutate({ id, expectedVersion: 1, document })).toMatchObject({
      version: 2,
      hash: forked.hash,
    });
    expect((await api.client.pipelines.get.query({ id })).title).toBe("Mine");
    expect(await api.client.pipelines.get.query({ id, version: 1 })).toMatchObject({
      readOnly: true,
      title: forked.title,
    });
    expect(await api.client.pipelines.versions.query({ id })).toHaveLength(2);
    await api.client.pipelines.remove.mutate({ id });
    await expect(api.client.pipelines.get.query({ id })).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
  });

  it("tells the loser of two saves which versions there are", async () => {
    const { id } = await api.client.pipelines.create.mutate({ document: pipeline.document });
    await api.client.pipelines.save.mutate({ id, expectedVersion: 1, document: pipeline.document });
    await expect(
      api.client.pipelines.save.mutate({ id, expectedVersion: 1, document: pipeline.document }),
    ).rejects.toMatchObject({
      data: { code: "CONFLICT", conflict: { expectedVersion: 1, currentVersion: 2 } },
    });
  });

  it("keeps drafts that don't compile, but no documents that aren't any", async () => {
    const draft = { ...pipeline.document, links: [] };
    expect(await api.client.pipelines.create.mutate({ document: draft })).toMatchObject({ version: 1 });
    await expect(
      api.client.pipelines.create.mutate({ document: { ...draft, stages: 7, extra: true } }),
    ).rejects.toMatchObject({
      data: {
        code: "BAD_REQUEST",
        diagnostics: expect.arrayContaining([expect.objectContaining({ code: "unknown-key" })]),
      },
    });
  });

  it("doesn't let the gallery be changed", async () => {
    await expect(
      api.client.pipelines.save.mutate({ id: pipeline.id, expectedVersion: 1, document: pipeline.document }),
    ).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  });
});

describe("experiments", () => {
  const request = () => ({
    problem: PROBLEM,
    pipelines: [{ id: pipeline.id }],
    budgets: [64, 16],
    seeds: [1, 2],
    key: randomUUID(),
  });

  it("compiles on the server and refuses with the compiler's diagnostics, storing nothing", async () => {
    const { id } = await api.client.pipelines.create.mutate({
      document: { ...pipeline.document, links: [] },
    });
    const before = (await api.client.experiments.list.query()).length;
    await expect(
      api.client.experiments.start.mutate({ ...request(), pipelines: [{ id }] }),
    ).rejects.toMatchObject({
      data: {
        code: "BAD_REQUEST",
        diagnostics: expect.arrayContaining([
          expect.objectContaining({ severity: "error", place: expect.anything() }),
        ]),
      },
    });
    expect(await api.client.experiments.list.query()).toHaveLength(before);
  });

  it("refuses a budget above the data, and pipelines of another problem", async () => {
    await expect(
      api.client.experiments.start.mutate({ ...request(), budgets: [10_000_000] }),
    ).rejects.toMatchObject({
      data: { diagnostics: [expect.objectContaining({ code: "budget-above-rows" })] },
    });
    const other = (await api.client.problems.list.query()).find(({ id }) => id !== PROBLEM)!;
    await expect(
      api.client.experiments.start.mutate({ ...request(), problem: other.id }),
    ).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
  });

  it("makes one experiment of a hundred equal requests", async () => {
    const wanted = request();
    const ids = await Promise.all(
      Array.from({ length: 100 }, () => api.client.experiments.start.mutate(wanted)),
    );
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it("shows trials with their place in the queue; cancels and resumes them all", async () => {
    const { id } = await api.client.experiments.start.mutate(request());
    const view = await api.client.experiments.get.query({ id });
    expect(view).toMatchObject({ status: "queued", budgets: [64, 16], seeds: [1, 2], comparison: null });
    expect(view.trials.map(({ budget }) => budget)).toEqual([16, 16, 64, 64]);
    expect(view.trials.every(({ queuePosition }) => queuePosition !== undefined)).toBe(true);
    expect(await api.client.experiments.cancel.mutate({ id })).toEqual({ id, changed: 4 });
    expect((await api.client.experiments.get.query({ id })).status).toBe("cancelled");
    expect(await api.client.experiments.resume.mutate({ id })).toEqual({ id, changed: 4 });
    expect((await api.client.experiments.list.query()).find((row) => row.id === id)).toMatchObject({
      status: "queued",
      done: 0,
      total: 4,
    });
  });

  it("compares what has ended so far, and again when more has", async () => {
    const { id } = await api.client.experiments.start.mutate({ ...request(), budgets: [16] });
    const [first, second] = (await api.client.experiments.get.query({ id })).trials;
    for (const trial of [first!, second!]) {
      await claimTrial(database, trial.id, { worker: "test", leaseSeconds: 60 });
      await changeTrial(database, trial.id, {
        ask: "finish",
        attempt: 1,
        result: { ...result(0.75), budget: trial.budget, seed: trial.seed },
      });
      const view = await until(async () => {
        const now = await api.client.experiments.get.query({ id });
        return now.comparison?.cells.length === (trial === first ? 1 : 2) && now;
      }, 5_000);
      expect(view.trials.find((row) => row.id === trial.id)).toMatchObject({
        status: "done",
        test: { accuracy: 0.75 },
      });
    }
    expect((await api.client.experiments.get.query({ id })).status).toBe("done");
  });

  it("starts one trial alone, with its plan to read", async () => {
    const { id, experiment } = await api.client.trials.start.mutate({
      pipeline: pipeline.id,
      budget: 16,
      seed: 4_294_967_295,
      key: randomUUID(),
    });
    const view = await api.client.trials.get.query({ id });
    expect(view.summary).toMatchObject({ id, experiment, status: "queued", seed: 4_294_967_295, attempt: 0 });
    expect(view.plan.phases.length).toBeGreaterThan(0);
    expect(view.document).toEqual(pipeline.document);
    expect(await api.client.trials.cancel.mutate({ id })).toEqual({ id, changed: true });
    expect(await api.client.trials.cancel.mutate({ id })).toEqual({ id, changed: false });
    expect(await api.client.trials.resume.mutate({ id })).toEqual({ id, changed: true });
  });
});

describe("live events", () => {
  it("come over HTTP without gap or double while the API restarts five times", {
    timeout: 60_000,
  }, async () => {
    const { id } = await api.client.trials.start.mutate({
      pipeline: pipeline.id,
      budget: 16,
      seed: 1,
      key: randomUUID(),
    });
    await claimTrial(database, id, { worker: "test", leaseSeconds: 600 });
    const readers = Array.from({ length: 20 }, () => readLive(api.port, `trial=${id}`));
    for (let round = 0; round < 5; round++) {
      for (let step = 0; step < 10; step++) {
        await appendEvents(database, { trial: id, attempt: 1 }, [
          {
            type: "steps.finished",
            phase: "p",
            step: round * 10 + step,
            loss: 1,
            byHead: {},
            stepsPerSecond: 1,
          },
        ]);
      }
      await api.restart();
    }
    const { rows } = await database.pool.query<{ seq: string }>(
      "select seq from event where trial_id = $1 order by seq",
      [id],
    );
    const expected = rows.map((row) => Number(row.seq));
    await until(async () => readers.every(({ events }) => events.length >= expected.length), 20_000);
    for (const reader of readers) {
      expect(reader.events.map(({ seq }) => seq)).toEqual(expected);
      expect(reader.connections()).toBeGreaterThan(1);
      reader.close();
    }
  });

  it("asks for one topic that exists", async () => {
    const status = async (query: string) => (await raw(api.port, { path: `/live?${query}` })).status;
    expect(await status("")).toBe(400);
    expect(await status("trial=x")).toBe(400);
    expect(await status(`trial=${randomUUID()}`)).toBe(404);
    expect(await status(`trial=${randomUUID()}&experiment=${randomUUID()}`)).toBe(400);
  });
});

it("answers 503 while the database is away, and goes on when it is back", { timeout: 60_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), "seams-away-"));
  const server = await startEmbeddedPostgres({ home, settings: { fsync: "off" } });
  const cut = await testApi({ databaseUrl: server.url });
  await server.stop();
  const away = await raw(cut.port, { path: "/trpc/pipelines.list" });
  expect(away.status).toBe(503);
  expect(away.headers["retry-after"]).toBe("2");
  expect((await raw(cut.port, {})).status).toBe(503);
  const again = await startEmbeddedPostgres({ home, settings: { fsync: "off" } });
  await until(async () => (await raw(cut.port, { path: "/trpc/pipelines.list" })).status === 200, 10_000);
  await cut.close();
  await again.stop();
  await rm(home, { recursive: true, force: true });
});

import { randomUUID } from "node:crypto";
import { changeTrial, claimTrial, type Database, openDatabase } from "@seams/db";
import { result } from "@seams/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestApi, testApi, until } from "../test/harness";

let api: TestApi;
let database: Database;
beforeAll(async () => {
  api = await testApi({ program: "one" });
  database = await openDatabase({ url: api.databaseUrl, role: "worker", connections: 4 });
});
afterAll(async () => {
  await database.close();
  await api.close();
});

const start = async (seeds: readonly number[]): Promise<string> => {
  const pipelines = ["digit-sums/end-to-end", "digit-sums/each-digit"].map((id) => ({ id }));
  const request = { problem: "digit-sums", pipelines, budgets: [16], seeds: [...seeds], key: randomUUID() };
  return (await api.client.experiments.start.mutate(request)).id;
};
const view = (id: string) => api.client.experiments.get.query({ id });

async function finishAll(id: string): Promise<void> {
  for (const { id: trial, budget, seed, status } of (await view(id)).trials) {
    if (status !== "queued") continue;
    const attempt = (await claimTrial(database, trial, { worker: "test", leaseSeconds: 60 }))!;
    const found = { ...result(0.5 + seed / 100), budget, seed };
    await changeTrial(database, trial, { ask: "finish", attempt, result: found });
  }
}

const stored = async (id: string): Promise<{ program: string; revision: number } | undefined> =>
  (await database.pool.query("select program, revision from finding where experiment_id = $1", [id])).rows[0];
const whenStored = (id: string, program: string) =>
  until(async () => {
    const found = await stored(id);
    return found?.program === program && found;
  });
/** Marks what is stored, so that it is known again. */
const rename = (id: string, name: string) =>
  database.pool.query(
    "update finding set found = jsonb_set(found::jsonb, '{problem,name}', to_jsonb($2::text))::json where experiment_id = $1",
    [id, name],
  );

it("stores a comparison when its last trial has ended, though nobody looks", async () => {
  const id = await start([1, 2, 3]);
  expect(await stored(id)).toBeUndefined();
  await finishAll(id);
  await whenStored(id, "one");
});

it("answers a fresh process of the same program from what is stored, with the same words as before", async () => {
  const id = await start([1, 2, 3]);
  await finishAll(id);
  await whenStored(id, "one");
  const { lastSeq: _, ...before } = await view(id);
  expect(before.comparison?.paired).toHaveLength(1);
  expect(before).toMatchObject({ status: "done", trials: Array(6).fill({ status: "done" }) });
  await api.restart({ program: undefined }); // computes it
  const { lastSeq: __, ...computed } = await view(id);
  expect(before).toEqual(computed);
  await api.restart({ program: "one" });
  const { lastSeq: ___, ...after } = await view(id);
  expect(after).toEqual(before);
  await rename(id, "stored");
  await api.restart();
  expect((await view(id)).comparison?.problem.name).toBe("stored");
});

it("computes again under another program, and stores that", async () => {
  const id = await start([1, 2, 3]);
  await finishAll(id);
  await whenStored(id, "one");
  const { comparison } = await view(id);
  await rename(id, "stale");
  await api.restart({ program: "two" });
  await whenStored(id, "two");
  expect((await view(id)).comparison).toEqual(comparison);
  await api.restart();
});

it("doesn't take a comparison for current after a trial has been resumed and has ended", async () => {
  const id = await start([1, 2]);
  const [first] = (await view(id)).trials;
  await api.client.trials.cancel.mutate({ id: first!.id });
  await finishAll(id);
  const before = (await whenStored(id, "one")).revision;
  expect((await view(id)).comparison?.cells).toHaveLength(3);
  await api.client.trials.resume.mutate({ id: first!.id });
  await finishAll(id);
  await until(async () => ((await stored(id))?.revision ?? 0) > before);
  await api.restart();
  expect((await view(id)).comparison?.cells).toHaveLength(4);
});

it("keeps nothing where the program has no name", async () => {
  await api.restart({ program: undefined });
  const id = await start([1, 2, 3]);
  await finishAll(id);
  expect((await view(id)).comparison?.paired).toHaveLength(1);
  expect(await stored(id)).toBeUndefined();
  await api.restart();
  await whenStored(id, "one"); // what ended meanwhile is made up for
});

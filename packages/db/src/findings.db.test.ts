import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  changeTrial,
  changeTrials,
  claimTrial,
  createExperiment,
  type Database,
  experimentsWithoutFinding,
  keepFinding,
  readExperiment,
  readFinding,
  readTrials,
  readTrialScores,
  trialIds,
} from "./index";
import { claim, diagnostic, experiment, freshDatabase, oneTrial, result } from "../test/support";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const missing = (program = "p") => experimentsWithoutFinding(database, program, 100);
const keyOf = async (id: string, program = "p") => ({
  experiment: id,
  revision: (await readExperiment(database, id))!.revision,
  program,
});

const textsOf = (found: string) => ({ status: "done", trials: "[]", found });

async function finished(accuracy = 0.5) {
  const { experiment: id, trial } = await oneTrial(database);
  await claimTrial(database, trial, claim());
  await changeTrial(database, trial, { ask: "finish", attempt: 1, result: result(accuracy) });
  return { id, trial };
}

describe("a finding", () => {
  it("is read by the program that kept it, as long as no trial has ended since", async () => {
    const { id } = await finished();
    const key = await keyOf(id);
    const texts = { status: "done", trials: '[{"id": "t"}]', found: '{"words":["z","a"], "mean":0.50}' };
    await keepFinding(database, key, texts);
    expect(await readFinding(database, key)).toEqual(texts); // letter for letter
    expect(await readFinding(database, { ...key, program: "another" })).toBeUndefined();
    expect(await readFinding(database, { ...key, revision: key.revision + 1 })).toBeUndefined();
  });

  it("replaces the one before", async () => {
    const { id } = await finished();
    const key = await keyOf(id);
    await keepFinding(database, key, textsOf("1"));
    await keepFinding(database, { ...key, program: "next" }, textsOf("2"));
    expect(await readFinding(database, key)).toBeUndefined();
    expect(await readFinding(database, { ...key, program: "next" })).toEqual(textsOf("2"));
  });
});

describe("experiments without a finding", () => {
  it("are those of which every trial has ended, for each program", async () => {
    const { id } = await finished();
    expect(await missing()).toContain(id);
    await keepFinding(database, await keyOf(id), textsOf("{}"));
    expect(await missing()).not.toContain(id);
    expect(await missing("another")).toContain(id);
  });

  it("leave out what still waits or runs", async () => {
    const { experiment: id, trial } = await oneTrial(database);
    expect(await missing()).not.toContain(id);
    await claimTrial(database, trial, claim());
    expect(await missing()).not.toContain(id);
  });

  it("leave out what has failed as a whole, and have what did in part", async () => {
    const id = await createExperiment(database, experiment({ budgets: [8], seeds: [1] }));
    const [first = "", second = ""] = await trialIds(database, id);
    await changeTrials(database, [first, second], { ask: "claim", ...claim() });
    await changeTrial(database, first, { ask: "fail", attempt: 1, diagnostic });
    expect(await missing()).not.toContain(id);
    await changeTrial(database, second, { ask: "finish", attempt: 1, result: result() });
    expect(await missing()).toContain(id);
    await changeTrial(database, first, { ask: "resume" });
    expect(await missing()).not.toContain(id);
  });

  it("come newest first, and only from among the newest", async () => {
    const [older, newer] = [await finished(), await finished()];
    await database.pool.query("update experiment set created_at = now() + interval '1 hour' where id = $1", [
      older.id,
    ]);
    await database.pool.query("update experiment set created_at = now() + interval '2 hours' where id = $1", [
      newer.id,
    ]);
    expect(await experimentsWithoutFinding(database, "p", 2)).toEqual([newer.id, older.id]);
    expect(await experimentsWithoutFinding(database, "p", 1)).toEqual([newer.id]);
  });
});

describe("a trial's scores", () => {
  it("are those of its result, without what is long", async () => {
    const { id } = await finished(0.75);
    const [whole] = await readTrials(database, id);
    const [scored] = await readTrialScores(database, id);
    expect(scored).toEqual({ ...whole, result: { seconds: 0.1, test: { accuracy: 0.75 } } });
    expect(whole?.result?.correct).toEqual([1, 0]);
  });

  it("stand beside the moments of its start and end, to the millisecond", async () => {
    const { id, trial } = await finished();
    const [scored] = await readTrialScores(database, id);
    const stored = await database.prisma.trial.findUniqueOrThrow({ where: { id: trial } });
    expect([scored?.startedAt, scored?.endedAt]).toEqual([stored.startedAt, stored.endedAt]);
  });

  it("are not there before it is done", async () => {
    const { experiment: id } = await oneTrial(database);
    expect((await readTrialScores(database, id))[0]?.result).toBeNull();
  });

  it("were taken out of the results of trials that were done before there was a place for them", async () => {
    const { id } = await finished(0.25);
    const before = await readTrialScores(database, id);
    await database.pool.query("update trial set seconds = null, test = null");
    expect((await readTrialScores(database, id))[0]?.result).toBeNull();
    await database.pool.query(await backfill());
    expect(await readTrialScores(database, id)).toEqual(before);
  });
});

/** What the migration does to rows that are there. */
async function backfill(): Promise<string> {
  const migrations = new URL("../prisma/migrations/", import.meta.url);
  const name = (await readdir(migrations)).find((folder) => folder.endsWith("_findings"));
  const sql = await readFile(new URL(`${name}/migration.sql`, migrations), "utf8");
  return sql.split("\n").find((line) => line.startsWith("UPDATE"))!;
}

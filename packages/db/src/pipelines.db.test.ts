import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createPipeline,
  listPipelines,
  listVersions,
  readPipeline,
  removePipeline,
  savePipeline,
  type Database,
} from "./index";
import { document, freshDatabase } from "../test/support";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const content = (title: string) => ({ document: document(title), hash: title });

it("keeps every version as it was written, in the author's order of keys", async () => {
  const id = await createPipeline(database, { ...content("one"), description: "first" });
  const unordered = {
    ...document("two"),
    stages: { z: { kind: "field", params: {} }, a: { kind: "answer", params: {} } },
  };
  expect(await savePipeline(database, id, { document: unordered, hash: "h2", expectedVersion: 1 })).toEqual({
    is: "saved",
    version: 2,
  });
  const newest = await readPipeline(database, id);
  expect(newest?.pipeline).toMatchObject({ title: "two", version: 2, description: "first" });
  expect(Object.keys(newest!.version.document.stages)).toEqual(["z", "a"]);
  expect((await readPipeline(database, id, 1))?.version.document).toEqual(document("one"));
  expect((await listVersions(database, id)).map((version) => version.version)).toEqual([2, 1]);
});

it("lets one of many concurrent saves win each round, and loses nobody's work silently", {
  timeout: 60_000,
}, async () => {
  const id = await createPipeline(database, { ...content("shared"), description: "" });
  let saved = 0;
  await Promise.all(
    Array.from({ length: 20 }, async (_, client) => {
      let version = 1;
      for (let edit = 0; edit < 10; edit++) {
        const answer = await savePipeline(database, id, {
          ...content(`${client}/${edit}`),
          expectedVersion: version,
        });
        if (answer.is === "saved") saved++;
        if (answer.is === "missing") throw new Error("the pipeline vanished");
        version = answer.is === "saved" ? answer.version : answer.current;
      }
    }),
  );
  expect(saved).toBeGreaterThan(0);
  expect((await readPipeline(database, id))?.pipeline.version).toBe(saved + 1);
  expect(await listVersions(database, id)).toHaveLength(saved + 1);
});

it("takes a removed pipeline out of every list", async () => {
  const id = await createPipeline(database, { ...content("gone"), description: "" });
  expect(await removePipeline(database, id)).toBe(true);
  expect(await removePipeline(database, id)).toBe(false);
  expect(await readPipeline(database, id)).toBeUndefined();
  expect((await listPipelines(database)).map((row) => row.id)).not.toContain(id);
  expect(await savePipeline(database, id, { ...content("late"), expectedVersion: 1 })).toEqual({
    is: "missing",
  });
});

it("lists by problem, the latest change first", async () => {
  const older = await createPipeline(database, { ...content("older"), description: "" });
  const newer = await createPipeline(database, { ...content("newer"), description: "" });
  await savePipeline(database, older, { ...content("older, changed"), expectedVersion: 1 });
  const ids = (await listPipelines(database, "two-glyphs")).map((row) => row.id);
  expect(ids.indexOf(older)).toBeLessThan(ids.indexOf(newer));
  expect(await listPipelines(database, "nowhere")).toEqual([]);
});

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic } from "@seams/core";
import { zip } from "@seams/problems/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raw, testApi, type TestApi } from "../../test/harness";

import type { ImportPreview } from "../wire";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const ROWS = Array.from({ length: 60 }, (_, row) => `${row},${row % 7},${row % 3 === 0 ? "cat" : "dog"}`);
const TABLE = `width,height,animal\n${ROWS.join("\n")}\n`;

async function send(fileName: string, content: Buffer | string, name = ""): Promise<ImportPreview> {
  const form = new FormData();
  if (name !== "") form.set("name", name);
  form.set("file", new Blob([new Uint8Array(Buffer.from(content))]), fileName);
  const answer = await fetch(`${api.url}/import`, { method: "POST", body: form });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as ImportPreview;
}
const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);

/** Every file below the data folder, so that a test sees what an upload left there. */
async function files(): Promise<string[]> {
  const entries = await readdir(api.home, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("an import", () => {
  it("shows records, fields and rows first, and stores nothing before it is confirmed", async () => {
    const before = await api.client.problems.list.query();
    const { importId, preview } = await send("animals.csv", TABLE, "animals");
    expect(preview.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(preview.schema).toMatchObject({
      fields: { animal: { is: "label", classes: ["cat", "dog"] } },
      target: ["animal"],
    });
    expect(preview.rows.train + preview.rows.validation + preview.rows.test).toBe(60);
    expect(preview.records[0]?.values).toMatchObject({
      width: { is: "number", value: 0 },
      animal: { is: "label", value: "cat" },
    });
    expect(await api.client.problems.list.query()).toEqual(before);
    const { id } = await api.client.problems.importConfirm.mutate({ importId });
    expect(id).toBe("animals");
    const view = await api.client.problems.get.query({ id });
    expect(view.card).toMatchObject({ source: "imported", rows: preview.rows });
    expect((await api.client.problems.records.query({ id })).total).toBe(60);
    const written = JSON.parse(await readFile(join(api.home, "problems", id, "problem.json"), "utf8"));
    expect(written).toMatchObject({ format: 1, name: "animals" });
  });

  it("is read again with the schema that a person corrected, and keeps its first reading when that has mistakes", async () => {
    const { importId, preview } = await send("again.csv", TABLE);
    const schema = preview.schema as { fields: Record<string, unknown> }; // a problem.json
    const wrong = { ...schema, target: ["colour"] };
    await expect(api.client.problems.importConfirm.mutate({ importId, schema: wrong })).rejects.toMatchObject(
      {
        data: { code: "BAD_REQUEST", diagnostics: [expect.objectContaining({ severity: "error" })] },
      },
    );
    const corrected = { ...schema, fields: { ...schema.fields, height: { is: "scalar", price: 0 } } };
    const { id } = await api.client.problems.importConfirm.mutate({ importId, schema: corrected });
    expect((await api.client.problems.get.query({ id })).schema.fields["height"]?.type).toEqual({
      is: "scalar",
    });
  });

  it("names row and column of what is wrong", async () => {
    const lines = [
      '{"x": 1, "y": "a", "split": "train"}',
      '{"x": "one", "y": "a", "split": "train"}',
      '{"x": 3, "y": "c", "split": "test"}',
    ];
    const problem = {
      format: 1,
      name: "wrong",
      fields: { x: { is: "scalar" }, y: { is: "label", classes: ["a", "b"] } },
      input: ["x"],
      target: ["y"],
      metric: "accuracy",
      split: { column: "split" },
    };
    const { importId, preview } = await send(
      "wrong.zip",
      zip([
        { name: "problem.json", content: JSON.stringify(problem) },
        { name: "records.jsonl", content: lines.join("\n") },
      ]),
    );
    expect(preview.diagnostics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: "cell-wrong-type",
          place: { at: "cell", file: "records.jsonl", row: 2, column: "x" },
        }),
        expect.objectContaining({
          code: "cell-not-a-class",
          place: { at: "cell", file: "records.jsonl", row: 3, column: "y" },
        }),
      ]),
    );
    await expect(api.client.problems.importConfirm.mutate({ importId })).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
    });
    await api.client.problems.importDiscard.mutate({ importId });
  });

  it("is stored once by two clicks, and gone after it was discarded", async () => {
    const { importId } = await send("twice.csv", TABLE);
    const clicks = await Promise.allSettled(
      [1, 2].map(() => api.client.problems.importConfirm.mutate({ importId })),
    );
    expect(clicks.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const other = await send("other.csv", TABLE);
    await api.client.problems.importDiscard.mutate({ importId: other.importId });
    await expect(
      api.client.problems.importConfirm.mutate({ importId: other.importId }),
    ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    expect((await files()).filter((file) => file.includes(other.importId))).toEqual([]);
  });

  it("gets an id of its own where two have the same name", async () => {
    const ids: string[] = [];
    for (let time = 0; time < 2; time++) {
      const { importId } = await send("x.csv", TABLE, "Same name!");
      ids.push((await api.client.problems.importConfirm.mutate({ importId })).id);
    }
    expect(ids).toEqual(["same-name", "same-name-2"]);
  });
});

describe("hostile uploads", () => {
  it("are read apart: refused at once, the API's memory and disk as before", async () => {
    const bomb = zip([{ name: "a/zeros.csv", content: Buffer.alloc(60_000_000) }]);
    const before = process.memoryUsage().rss;
    const { importId, preview } = await send("bomb.zip", bomb);
    expect(codes(preview.diagnostics)).toContain("archive-refused");
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
    await api.client.problems.importDiscard.mutate({ importId });
    expect((await files()).filter((file) => file.includes("imports"))).toEqual([]);
  });

  it("never uses the upload's own name as a path", async () => {
    const { importId } = await send("../../..\\..\\escape.csv", TABLE);
    expect((await files()).filter((file) => file.includes("escape"))).toEqual([]);
    await api.client.problems.importDiscard.mutate({ importId });
  });

  it.each([
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/zip",
    "multipart/mixed; boundary=x",
    "",
  ])("takes no file as %j", async (type) => {
    const body = JSON.stringify({ files: [{ filepath: "/etc/passwd" }] });
    const answer = await raw(api.port, {
      method: "POST",
      path: "/import",
      headers: { "content-type": type },
      body,
    });
    expect(answer.status).toBe(415);
  });

  it("refuses a body that is too long before reading it, and one that breaks off", async () => {
    const type = { "content-type": "multipart/form-data; boundary=x" };
    const long = await raw(api.port, {
      method: "POST",
      path: "/import",
      headers: { ...type, "content-length": String(2 ** 40) },
    }).catch((error: NodeJS.ErrnoException) => error.code);
    expect(long).toMatchObject({ status: 413 });
    const half = await raw(api.port, {
      method: "POST",
      path: "/import",
      headers: type,
      body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc',
    });
    expect(half.status).toBe(400);
    expect((await files()).filter((file) => file.includes("imports"))).toEqual([]);
  });
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProblem } from "./problem";

const document = {
  format: 1,
  name: "signs",
  fields: {
    x: { is: "scalar" },
    y: { is: "label", classes: ["minus", "plus"] },
  },
  input: ["x"],
  target: ["y"],
  metric: "accuracy",
  split: { column: "split" },
};
const records = [-2, -1, 1, 2].map((x, row) => ({
  x,
  y: x < 0 ? "minus" : "plus",
  split: row % 2 === 0 ? "train" : "test",
}));

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "seams-problem-")), "signs");
  await mkdir(folder);
  await writeFile(join(folder, "problem.json"), JSON.stringify(document));
  await writeFile(join(folder, "records.jsonl"), records.map((record) => JSON.stringify(record)).join("\n"));
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

describe("opening a problem", () => {
  it("finds the gallery's by id, with pipelines and a hash that is known before loading", async () => {
    const { value } = await openProblem("digit-sums");
    expect(value?.reference).toBe("digit-sums");
    expect(value?.pipelines.map(({ id }) => id)).toContain("digit-sums/each-digit");
    expect(value?.rows.train).toBe(3600);
    expect(await value?.hash()).toBe((await value?.load())?.hash);
  });

  it("reads a folder, which another process finds by its whole path", async () => {
    const { value, diagnostics } = await openProblem(folder);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      id: "signs",
      reference: folder,
      rows: { train: 2, validation: 0, test: 2 },
    });
    expect((await value?.load())?.columns["x"]?.data).toEqual(Float32Array.from([-2, -1, 1, 2]));
    expect(await value?.hash()).toBe((await value?.load())?.hash);
  });

  it("tells what is wrong in a folder", async () => {
    await writeFile(join(folder, "records.jsonl"), JSON.stringify({ x: 1, y: "plu", split: "train" }));
    const { value, diagnostics } = await openProblem(folder);
    expect(value).toBeUndefined();
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: "cell-not-a-class", fix: expect.stringContaining("plus") }),
    );
  });

  it("says what a mistyped name may have meant", async () => {
    const { value, diagnostics } = await openProblem("digit-sum");
    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: "problem-unknown", fix: 'Did you mean "digit-sums"?' }),
    ]);
  });

  it("takes no folder without a problem.json for a problem", async () => {
    expect((await openProblem(tmpdir())).diagnostics.map(({ code }) => code)).toEqual(["problem-unknown"]);
    expect((await openProblem("")).diagnostics.map(({ code }) => code)).toEqual(["problem-unknown"]);
  });
});

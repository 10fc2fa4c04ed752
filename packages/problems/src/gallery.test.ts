import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { valuesPerRecord } from "@seams/core";
import { describe, expect, it } from "vitest";
import { dataHash } from "./data-hash";
import { findPipeline, findProblem, galleryProblems } from "./gallery";

const here = fileURLToPath(new URL(".", import.meta.url));

describe("the gallery", () => {
  it("lists every problem that has a folder", async () => {
    const folders = readdirSync(here, { recursive: true, encoding: "utf8" }).filter(
      (path) => /problem\.ts$/.test(path) && path.includes("/"),
    );
    expect(folders.length).toBeGreaterThanOrEqual(5);
    for (const folder of folders) {
      const exported: Record<string, unknown> = await import(/* @vite-ignore */ `${here}${folder}`);
      const problems = Object.values(exported).flat();
      expect(problems.length, folder).toBeGreaterThan(0);
      for (const problem of problems) expect(galleryProblems, folder).toContain(problem);
    }
  });

  it("finds problems and pipelines by id, and has no id twice", () => {
    const ids = galleryProblems.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const pipelines = galleryProblems.flatMap(({ pipelines }) => pipelines.map(({ id }) => id));
    expect(new Set(pipelines).size).toBe(pipelines.length);
    for (const id of ids) expect(findProblem(id)?.id).toBe(id);
    for (const id of pipelines) expect(findPipeline(id)?.id).toBe(id);
    expect(findProblem("digit-sum")).toBeUndefined();
    expect(findPipeline("digit-sums/each")).toBeUndefined();
  });

  it("calls generated problems synthetic in their titles, and only those", () => {
    for (const { card, schema } of galleryProblems) {
      expect(/synthetic/i.test(card.title), card.id).toBe(card.synthetic);
      expect(schema.title).toBe(card.title);
    }
  });
});

describe.each(galleryProblems.map((problem) => ({ id: problem.id, problem })))("$id", ({ problem }) => {
  it("loads the records that its card describes, the same every time", async () => {
    const { schema, card } = problem;
    const started = process.cpuUsage(); // on the processor: others may use it meanwhile
    const data = await problem.load();
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(5);
    expect(data.hash).toBe(card.provenance.hash);
    expect(await dataHash(schema, data)).toBe(data.hash);
    for (const part of ["train", "validation", "test"] as const) {
      expect(data.split.filter((name) => name === part).length, part).toBe(card.rows[part]);
    }
    expect(Object.keys(data.columns)).toEqual(Object.keys(schema.fields));
    for (const [name, { type }] of Object.entries(schema.fields)) {
      const column = data.columns[name]!;
      expect(column.type, name).toEqual(type);
      expect(column.rows, name).toBe(data.rows);
      expect(column.data.length, name).toBe(data.rows * valuesPerRecord(type));
      expect(column.data.every(Number.isFinite), name).toBe(true);
    }
  }, 60_000);
});

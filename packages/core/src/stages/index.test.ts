import { existsSync, readdirSync } from "node:fs";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { standardKinds, standardStages } from "./index";
import { paramsJsonSchema } from "./json-schema";
import { createRegistry } from "./registry";

describe("the list of stage kinds", () => {
  it("has every folder of this directory, and nothing else", () => {
    const here = new URL(".", import.meta.url);
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/${entry.name}.ts`, here)))
      .map((entry) => entry.name);
    expect(standardKinds.map(({ kind }) => kind).sort()).toEqual(folders.sort());
  });

  it("documents every kind and param, and renders a form for each", () => {
    for (const kind of standardKinds) {
      expect(kind.doc.summary, kind.kind).toMatch(/^[A-Z].*\.$/);
      expect(kind.doc.when, kind.kind).toMatch(/^[A-Z].*\.$/);
      const schema = z.toJSONSchema(kind.params, { io: "input" });
      for (const [name, param] of Object.entries(schema.properties ?? {})) {
        expect(param, `${kind.kind}.${name}`).toMatchObject({
          title: expect.any(String),
          help: expect.any(String),
        });
      }
    }
  });

  it("params of kinds that compute have each", () => {
    for (const kind of standardKinds) {
      const computes = kind.role === "learned" || kind.role === "algorithm";
      const properties = paramsJsonSchema(kind)["properties"];
      expect(Object.hasOwn(Object(properties), "each"), kind.kind).toBe(computes);
    }
  });

  it("can use its own example", () => {
    for (const kind of standardKinds) {
      const { each: _, ...params } = kind.doc.example;
      expect(kind.params.safeParse(params).success, kind.kind).toBe(true);
    }
  });

  it("finds kinds by their own name only", () => {
    expect(standardStages.get("formula")?.title).toBe("Formula");
    for (const name of ["constructor", "__proto__", "toString", ""])
      expect(standardStages.get(name)).toBeUndefined();
  });

  it("refuses two kinds of one name", () => {
    const [first] = standardKinds;
    expect(() => createRegistry([first, first] as never)).toThrow("two stage kinds");
  });
});

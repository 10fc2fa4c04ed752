import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { diagnosticCatalog } from "@seams/core";
import { describe, expect, it } from "vitest";
import { readProblemFolder } from "../src/folder/read";
import { folderSource } from "../src/folder/node";

const FOLDERS = fileURLToPath(new URL("folders/", import.meta.url));
const names = readdirSync(FOLDERS);

/** Folders that docs/errors shows: each has the mistake that its name says. */
describe("the problem folders with a mistake", () => {
  it.each(names)("%s: it is told, where it is, and what to do", async (code) => {
    const { diagnostics } = await readProblemFolder(folderSource(`${FOLDERS}${code}`));
    const one = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(one?.place.at).toMatch(/^(?:cell|field)$/);
    expect(one?.message).toMatch(/\.$/);
    expect(one?.fix).toMatch(/[.?]$/);
  });

  it("are named by codes of the catalogue", () => {
    const codes = diagnosticCatalog.map(({ code }) => code);
    for (const name of names) {
      expect(codes).toContain(name);
      expect(existsSync(`${FOLDERS}${name}/problem.json`)).toBe(true);
    }
  });
});

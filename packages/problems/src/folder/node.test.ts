import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { safePath } from "./file-source";
import { folderSource } from "./node";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "seams-folder-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe("a folder on disk", () => {
  it("lists its files and reads them", async () => {
    mkdirSync(join(home, "in/images"), { recursive: true });
    writeFileSync(join(home, "in/problem.json"), "{}");
    writeFileSync(join(home, "in/images/a.png"), "a");
    const source = folderSource(join(home, "in"));
    expect(await source.list()).toEqual(["images/a.png", "problem.json"]);
    expect(new TextDecoder().decode(await source.read("images/a.png"))).toBe("a");
    expect(await source.read("images")).toBeUndefined();
    expect(await source.read("none")).toBeUndefined();
  });

  it("never reads what lies outside, not even through a link", async () => {
    mkdirSync(join(home, "in"));
    writeFileSync(join(home, "secret"), "s");
    symlinkSync(join(home, "secret"), join(home, "in/link"));
    const source = folderSource(join(home, "in"));
    for (const path of ["../secret", "link", join(home, "secret"), "x/../../secret", "..\\secret"]) {
      expect(await source.read(path), path).toBeUndefined();
    }
  });
});

describe("a safe path", () => {
  it("stays below its folder", () => {
    expect(safePath("a/b.png")).toBe("a/b.png");
    expect(safePath("./a//b.png")).toBe("a/b.png");
    expect(safePath("a\\b.png")).toBe("a/b.png");
    const unsafe = [
      "",
      ".",
      "..",
      "../a",
      "a/../b",
      "a/..",
      "/a",
      "\\a",
      "C:/a",
      "C:a",
      "file://a",
      "a\0b",
      "a/.. /b",
      "...",
      "a/.../b",
      "\\\\host\\a",
    ];
    for (const path of unsafe) expect(safePath(path), JSON.stringify(path)).toBeUndefined();
  });
});

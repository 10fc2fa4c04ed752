import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GRAPH_FORMAT } from "./document";
import { climb, GRAPH_LADDER, type Ladder } from "./migrate";
import { readGraphDocument } from "./read";

/** Format 2 calls the title a name; format 3 has links as pairs. */
const ladder: Ladder = [
  ({ title, ...rest }) => ({ ...rest, name: title }),
  ({ links, ...rest }) => ({ ...rest, pairs: links }),
];

describe("bringing old documents up", () => {
  it("climbs from any rung to the top", () => {
    expect(climb({ format: 1, title: "t", links: [] }, ladder).value).toEqual({
      format: 3,
      name: "t",
      pairs: [],
    });
    expect(climb({ format: 2, name: "t", links: [] }, ladder).value).toEqual({
      format: 3,
      name: "t",
      pairs: [],
    });
    expect(climb({ format: 3, name: "t" }, ladder).value).toEqual({ format: 3, name: "t" });
  });

  it("leaves the old document as it was", () => {
    const old = Object.freeze({ format: 1, title: "t", links: [] });
    climb(old, ladder);
    expect(old).toEqual({ format: 1, title: "t", links: [] });
  });

  it.each([
    [4, "newer-format"],
    [0, "unknown-format"],
    [1.5, "unknown-format"],
    ["1", "unknown-format"],
    [undefined, "unknown-format"],
  ])("refuses format %j with %s", (format, code) => {
    expect(climb({ format }, ladder)).toMatchObject({ value: undefined, diagnostics: [{ code }] });
  });

  it("leads the graph's ladder to the format of its schema", () => {
    expect(GRAPH_LADDER.length + 1).toBe(GRAPH_FORMAT);
  });

  it("opens every document ever frozen", () => {
    const folder = new URL("../../test/samples/migrate/", import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const read = readGraphDocument(readFileSync(new URL(name, folder), "utf8"));
      expect(read.diagnostics, name).toEqual([]);
      expect(read.value?.format).toBe(GRAPH_FORMAT);
    }
  });
});

import { describe, expect, it } from "vitest";
import { checkGraphDocument, readGraphDocument } from "./read";

const small = {
  format: 1,
  title: "Small",
  problem: "p",
  stages: { in: { kind: "field", params: { field: "x" } } },
  links: [],
};

describe("reading a graph document", () => {
  it("gives the document, with what may be left out filled in", () => {
    const text = '{ "format": 1, "problem": "p", "stages": { "in": { "kind": "field" } }, "links": [] }';
    expect(readGraphDocument(text)).toEqual({
      value: {
        format: 1,
        title: "Untitled pipeline",
        problem: "p",
        stages: { in: { kind: "field", params: {} } },
        links: [],
      },
      diagnostics: [],
    });
  });

  it("reads back what it wrote", () => {
    const { value } = checkGraphDocument(small);
    expect(readGraphDocument(JSON.stringify(value)).value).toEqual(value);
  });

  it("lists everything at once, each with its line", () => {
    const text = `{ "format": 1, "problem": 7,
      "stages": {
        "1st": { "kind": "field" },
        "b": { "knd": "field" },
        "c": { "kind": "field", "params": [] } },
      "links": [
        { "from": "b", "to": "c.value" },
        { "from": "b.x", "to": "c.value", "mode": "jiont" }],
      "lyout": {} }`;
    const found = readGraphDocument(text).diagnostics.map(({ code, place, fix }) => ({ code, place, fix }));
    expect(found).toMatchObject([
      { code: "wrong-type", place: { path: ["problem"], line: 1 } },
      { code: "bad-name", place: { path: ["stages", "1st"], line: 3 } },
      { code: "missing-key", place: { path: ["stages", "b", "kind"], line: 4 } },
      { code: "unknown-key", place: { path: ["stages", "b", "knd"], line: 4 }, fix: 'Did you mean "kind"?' },
      { code: "wrong-type", place: { path: ["stages", "c", "params"], line: 5 } },
      { code: "bad-value", place: { path: ["links", 0, "from"], line: 7 } },
      { code: "bad-value", place: { path: ["links", 1, "mode"], line: 8 }, fix: 'Did you mean "joint"?' },
      { code: "unknown-key", place: { path: ["lyout"], line: 9 }, fix: 'Did you mean "layout"?' },
    ]);
  });

  it("refuses what a newer Seams wrote rather than dropping what it doesn't know", () => {
    expect(checkGraphDocument({ ...small, format: 2, nuance: true })).toMatchObject({
      value: undefined,
      diagnostics: [{ code: "newer-format", place: { path: ["format"] } }],
    });
  });

  it("keeps titles composed and visible", () => {
    const { value } = checkGraphDocument({ ...small, title: "e\u0301\u202etitle\u0000" });
    expect(value?.title).toBe("étitle");
  });

  it("checks values that were never text just as strictly", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`);
    expect(
      checkGraphDocument({ ...small, stages: { s: { kind: "x", params: deep } } }).diagnostics[0]?.code,
    ).toBe("document-too-deep");
    expect(checkGraphDocument(JSON.parse('{"__proto__": {"polluted": 1}}')).diagnostics[0]?.code).toBe(
      "forbidden-key",
    );
    expect(checkGraphDocument({ ...small, layout: { in: [0, Number.NaN] } }).diagnostics[0]?.code).toBe(
      "number-not-finite",
    );
    for (const nothing of [null, undefined, 3, "x", [], () => 1]) {
      expect(checkGraphDocument(nothing).diagnostics[0]?.code).toBe("unknown-format");
    }
  });

  it("has no stage or link named after parts of JavaScript's objects", () => {
    const named = { ...small, stages: Object.fromEntries([["constructor", { kind: "field" }]]) };
    expect(checkGraphDocument(named).value).toBeUndefined();
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrongType } from "../diagnostics/catalog/document";
import { scanJson, withLines } from "./scan";

const codes = (text: string): string[] => scanJson(text).map((found) => found.code);

describe("scanning JSON", () => {
  it("finds a key written twice, with both lines", () => {
    const found = scanJson('{\n "a": 1,\n "b": { "a": 2 },\n "a": 3\n}');
    expect(found).toMatchObject([
      {
        code: "duplicate-key",
        message: 'The key "a" was already written in line 2.',
        place: { path: ["a"], line: 4 },
      },
    ]);
    expect(codes('{"a": 1, "\\u0061": 2}')).toEqual(["duplicate-key"]);
  });

  it("refuses keys that reach into prototypes, however they are written", () => {
    expect(codes('{"__proto__": {}}')).toEqual(["forbidden-key"]);
    expect(codes('{"a": [{"\\u005f_proto__": {}, "constructor": 1, "prototype": 2}]}')).toEqual(
      Array(3).fill("forbidden-key"),
    );
  });

  it("refuses numbers that would become infinite", () => {
    expect(scanJson('{"a": [1, 1e999]}')).toMatchObject([
      { code: "number-not-finite", place: { path: ["a", 1] } },
    ]);
  });

  it("says where it is no JSON", () => {
    expect(scanJson('{\n "a": 1,\n}')).toMatchObject([
      {
        code: "document-not-json",
        message: 'This is not JSON: expected a key in double quotes, seen "}" in line 3, column 1.',
      },
    ]);
    for (const text of [
      "",
      "{",
      "[1 2]",
      '{"a" 1}',
      "'a'",
      "[01]",
      "nul",
      '"\\x"',
      '"a\nb"',
      "1 2",
      "[1,]",
      '{"a":}',
      "]",
    ]) {
      expect(codes(text), text).toEqual(["document-not-json"]);
    }
  });

  it("agrees with JSON.parse on what JSON is", () => {
    const mutated = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", '"', "{", "]", "1", "\\", " ", "e"),
    );
    fc.assert(
      fc.property(mutated, ([json, at, inserted]) => {
        const text = json.slice(0, at % (json.length + 1)) + inserted + json.slice(at % (json.length + 1));
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(codes(text).includes("document-not-json")).toBe(!valid);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  it("counts characters of texts, and bytes of the whole", () => {
    expect(codes(`["${"x".repeat(5000)}"]`)).toEqual(["text-too-long"]);
    expect(codes(`["${"é".repeat(2 ** 19)}"]`)).toEqual(["document-too-large"]);
  });

  it.each([
    ["a list a million deep", "[".repeat(1_000_000)],
    ["objects 100,000 deep", '{"a":'.repeat(100_000)],
    ["a closed list 1,000 deep", "[".repeat(1000) + "]".repeat(1000)],
    ["a key of a megabyte", `{"${"k".repeat(2 ** 20)}": 1}`],
    ["a million zeros", `[${"0,".repeat(500_000)}0]`],
    ["100,000 keys", `{${Array.from({ length: 70_000 }, (_, k) => `"k${k}":1`).join(",")}}`],
    ["100,000 equal keys", `{${'"k":1,'.repeat(100_000)}"k":1}`],
    ["a text of backslashes", `"${"\\\\".repeat(400_000)}"`],
    ["a million spaces", " ".repeat(1_000_000)],
  ])("takes at most 50 ms for %s", (_, bomb) => {
    scanJson(bomb);
    const start = process.cpuUsage(); // on the processor: others may use it meanwhile
    scanJson(bomb);
    const { user, system } = process.cpuUsage(start);
    // The promise is for a quiet machine; a busy one, with colder caches, gets three times that.
    expect((user + system) / 1_000).toBeLessThan(3 * 50);
  });
});

it("finds the lines of paths", () => {
  const text = '{\n "a": [\n  1,\n  { "b": 2 }\n ]\n}';
  const at = (...path: (string | number)[]) =>
    wrongType({ place: { at: "document", path }, expected: "", seen: "" });
  const found = withLines(
    { value: 1, diagnostics: [at(), at("a"), at("a", 0), at("a", 1, "b"), at("a", 1, "c")] },
    text,
  );
  expect(found.diagnostics.map(({ place }) => place.at === "document" && place.line)).toEqual([
    1, 2, 3, 4, 4,
  ]);
});

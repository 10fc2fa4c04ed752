import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import { graphHash } from "../graph/canonical";
import { diffGraphs } from "../graph/diff";
import { checkGraphDocument, readGraphDocument } from "../graph/read";
import { standardStages } from "../stages/index";
import { parseGraph } from "./1-parse";
import { compile } from "./compile";

const seedText = JSON.stringify({
  format: 1,
  title: "Read each digit, then add",
  problem: kitchenSink.name,
  stages: {
    photo: { kind: "field", params: { field: "photo" } },
    extra: { kind: "field", params: { field: "extra" }, title: "Extra" },
    tiles: { kind: "crop", params: { mode: "grid", columns: 2 } },
    many: { kind: "formula", params: { expression: 'if(x > 0.67, "dog", "cat")' } },
    group: { kind: "lookup", params: { table: { dog: 1, cat: 2 }, label: "y" } },
    add: { kind: "formula", params: { expression: "(a + b) mod 4", label: "y" } },
    read: { kind: "conv-net", params: { filters: [4], hidden: [8], size: 3, each: true } },
    digit: { kind: "dense-net", params: { inputs: ["tiles", "x"], hidden: [8], label: "digit" } },
    trunk: {
      kind: "shared-trunk",
      params: {
        hidden: [8],
        heads: { y: { label: "y", mask: "extra > 0" }, tags: { label: "tags", weight: 2 } },
      },
    },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "photo.value", to: "tiles.image" },
    { from: "tiles.output", to: "read.input" },
    { from: "read.output", to: "digit.tiles" },
    { from: "extra.value", to: "digit.x" },
    { from: "digit.output", to: "trunk.input", mode: "predicted" },
    { from: "extra.value", to: "many.x" },
    { from: "many.output", to: "group.key" },
    { from: "group.output", to: "add.a" },
    { from: "extra.value", to: "add.b", mode: "joint" },
    { from: "add.output", to: "out.value" },
  ],
  layout: { photo: [0, 0], out: [400, -0.5] },
});

/** Words that mean something, or nearly. */
const WORDS = [
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"each"',
  '"field"',
  '"formula"',
  '"extra.value"',
  '"out.value"',
  "true",
  "null",
  "-0",
  "1e999",
  "1e308",
  "-1",
  "99999999999999999999",
  "[]",
  "{}",
  '""',
  '"a.b.c"',
  '"\\ud800"',
  '"\u202e"',
  '"add"',
  '"sum(x"',
  '"1/0"',
  '{"kind":"crop"}',
  "[0,0]",
];

/** One change of a text: a piece is removed, doubled, moved, or a word is put over it. */
const mutation = fc.record({
  at: fc.nat(10_000),
  length: fc.nat(24),
  word: fc.constantFrom("", ...WORDS),
  how: fc.constantFrom("cut", "double", "put", "value", "value", "value"),
});

function mutate(
  text: string,
  { at, length, word, how }: { at: number; length: number; word: string; how: string },
): string {
  const start = at % Math.max(text.length, 1);
  const piece = text.slice(start, start + length);
  const rest = text.slice(start + length);
  if (how === "cut") return text.slice(0, start) + rest;
  if (how === "double") return text.slice(0, start) + piece + piece + rest;
  if (how === "put") return text.slice(0, start) + word + rest;
  // Over a whole text, number or empty list, so that much of it stays JSON.
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*|\[\]/g)];
  const chosen = values[at % Math.max(values.length, 1)];
  if (chosen === undefined) return text;
  return text.slice(0, chosen.index) + word + text.slice(chosen.index + chosen[0].length);
}

describe("10,000 damaged graph documents", () => {
  it("never make anything throw, and every refusal says where", () => {
    const base = checkGraphDocument(JSON.parse(seedText)).value;
    const slowest = { ms: 0 };
    let read = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const text = mutations.reduce(mutate, seedText);
        const start = process.cpuUsage().user; // other processes share the machine
        const document = readGraphDocument(text);
        const graph =
          document.value === undefined ? undefined : compile(document.value, { problem: kitchenSink });
        slowest.ms = Math.max(slowest.ms, (process.cpuUsage().user - start) / 1000);
        const diagnostics = [...document.diagnostics, ...(graph?.diagnostics ?? [])];
        if (document.value === undefined) expect(document.diagnostics.length).toBeGreaterThan(0);
        for (const { code, message, place } of diagnostics) {
          expect(code.length * message.length).toBeGreaterThan(0);
          expect(place.at).toBeDefined();
        }
        if (document.value === undefined || base === undefined) return;
        read++;
        graphHash(document.value);
        diffGraphs(base, document.value);
      }),
      { seed: 20, numRuns: 10_000 },
    );
    expect(read).toBeGreaterThan(500);
    expect(slowest.ms).toBeLessThan(200);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 60_000);
});

describe("hostile documents", () => {
  const polluted = (): unknown => Reflect.get({}, "polluted");

  it("cannot reach into prototypes, as text or as value", () => {
    const hostile = ["__proto__", "constructor", "prototype"].flatMap((key) => [
      `{"format":1,"problem":"p","stages":{"${key}":{"kind":"field","polluted":1}},"links":[],"layout":{}}`,
      `{"format":1,"problem":"p","stages":{"a":{"kind":"field","params":{"${key}":{"polluted":1}}}},"links":[]}`,
      `{"format":1,"problem":"p","stages":{},"links":[],"layout":{"${key}":[0,0]},"${key}":{"polluted":1}}`,
      `{"${key}":{"polluted":1,"format":1},"format":1,"problem":"p","stages":{},"links":[]}`,
    ]);
    for (const text of hostile) {
      for (const { value, diagnostics } of [readGraphDocument(text), checkGraphDocument(JSON.parse(text))]) {
        expect(value).toBeUndefined();
        expect(diagnostics.map(({ code }) => code)).toContain("forbidden-key");
      }
    }
    expect(polluted()).toBeUndefined();
  });

  it("inherit nothing where names of JavaScript's own objects are used as names", () => {
    for (const name of ["toString", "valueOf", "hasOwnProperty"]) {
      const { value } = checkGraphDocument({
        format: 1,
        problem: kitchenSink.name,
        stages: {
          in: { kind: name, params: { field: name } },
          f: { kind: "formula", params: { expression: `${name} + 1`, label: name } },
          a: { kind: "answer", params: { field: name } },
        },
        links: [{ from: `${name}.value`, to: `f.${name}` }],
      });
      if (value === undefined) throw new Error(name);
      const { diagnostics } = parseGraph(value, { problem: kitchenSink, stages: standardStages });
      expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-kind", "unknown-field", "unknown-stage"]);
    }
  });

  it.each([1e3, 1e4, 1e5])("nested %i deep are refused within 50 ms", (depth) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const text = `{"format":1,"problem":"p","links":[],"stages":{"s":{"kind":"x","params":{"a":${open.repeat(depth)}1${close.repeat(depth)}}}}}`;
      const start = performance.now();
      expect(readGraphDocument(text).diagnostics[0]?.code).toBe("document-too-deep");
      // The promise is for a quiet machine; a busy one gets three times that.
      expect(performance.now() - start).toBeLessThan(3 * 50);
    }
  });
});

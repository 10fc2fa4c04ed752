import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../random/streams";
import { seed } from "../ids";
import { canonicalJson, graphHash, hashBytes, hashJson } from "./canonical";
import type { GraphDocument } from "./document";

describe("canonical JSON", () => {
  it("sorts keys, drops what is undefined, and knows one zero", () => {
    expect(canonicalJson({ b: [1, -0, undefined], a: { d: undefined, c: "é\n" } })).toBe(
      '{"a":{"c":"é\\n"},"b":[1,0,null]}',
    );
  });
  it("is the same for equal values and parses back", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(structuredClone(value))).toBe(text);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
  it("throws for what JSON cannot say", () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow("canonical");
    expect(() => canonicalJson(() => 1)).toThrow("canonical");
  });
});

it("hashes are sha-256", () => {
  // sha-256 of the four characters null, and of no bytes (FIPS 180-4 test vector)
  expect(hashJson(null)).toBe("74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b");
  expect(hashBytes()).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(hashBytes(Uint8Array.of(1), Uint8Array.of(2))).toBe(hashBytes(Uint8Array.of(1, 2)));
});

const field = { kind: "field", params: { field: "x" } };
const net = { kind: "dense-net", params: { hidden: [8] } };
const answer = { kind: "answer", params: { field: "y" } };

const base: GraphDocument = {
  format: 1,
  title: "A",
  problem: "p",
  stages: {
    in: field,
    left: net,
    right: net,
    join: { kind: "formula", params: { expression: "a + b" } },
    out: answer,
  },
  links: [
    { from: "in.value", to: "left.input" },
    { from: "in.value", to: "right.input" },
    { from: "left.output", to: "join.a" },
    { from: "right.output", to: "join.b", mode: "predicted" },
    { from: "join.output", to: "out.value" },
  ],
};

/** The same pipeline with other stage names, another order, another title and layout. */
function disguised(document: GraphDocument, number: number): GraphDocument {
  const random = stream(seed(number), "disguise");
  const names = Object.keys(document.stages);
  const order = [...random.permutation(names.length)];
  const newNames = new Map(names.map((name, index) => [name, `n${order[index]}-${number}`]));
  const end = (written: string): string => {
    const [stage = "", port = ""] = written.split(".");
    return `${newNames.get(stage)}.${port}`;
  };
  const stages = order.map((index) => {
    const name = names[index] ?? "";
    return [newNames.get(name) ?? "", { ...document.stages[name], title: `T${number}` }] as const;
  });
  const links = [...random.permutation(document.links.length)].flatMap((index) => {
    const link = document.links[index];
    return link === undefined ? [] : [{ ...link, from: end(link.from), to: end(link.to) }];
  });
  return {
    ...document,
    title: "B",
    stages: Object.fromEntries(stages) as never,
    links,
    layout: { [stages[0]?.[0] ?? "a"]: [number, 0] },
  };
}

describe("a graph's hash", () => {
  it("knows a pipeline under other names, titles, orders and layouts", () => {
    for (let number = 0; number < 50; number++)
      expect(graphHash(disguised(base, number))).toBe(graphHash(base));
  });

  it("knows interchangeable twins", () => {
    const twins: GraphDocument = {
      ...base,
      links: base.links.map(({ from, to }) => ({ from, to: to.replace("join.b", "join.a2") })),
      stages: { ...base.stages, join: { kind: "k", params: {} } },
    };
    const many: GraphDocument = {
      ...twins,
      stages: Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`s${k}`, k < 6 ? field : net])),
      links: Array.from({ length: 6 }, (_, k) => ({ from: `s${k}.value`, to: `s${k + 6}.input` })),
    };
    for (let number = 0; number < 30; number++) {
      expect(graphHash(disguised(twins, number))).toBe(graphHash(twins));
      expect(graphHash(disguised(many, number))).toBe(graphHash(many));
    }
  });

  it.each<[string, (document: GraphDocument) => GraphDocument]>([
    [
      "a param",
      (d) => ({ ...d, stages: { ...d.stages, left: { kind: "dense-net", params: { hidden: [9] } } } }),
    ],
    [
      "a kind",
      (d) => ({ ...d, stages: { ...d.stages, left: { kind: "conv-net", params: { hidden: [8] } } } }),
    ],
    ["a mode", (d) => ({ ...d, links: d.links.map(({ from, to }) => ({ from, to })) })],
    ["a link", (d) => ({ ...d, links: d.links.slice(1) })],
    [
      "a port",
      (d) => ({ ...d, links: d.links.map((link) => ({ ...link, to: link.to.replace("join.a", "join.c") })) }),
    ],
    ["the problem", (d) => ({ ...d, problem: "q" })],
    ["a further stage", (d) => ({ ...d, stages: { ...d.stages, more: net } })],
    [
      "sharing one twin",
      (d) => ({
        ...d,
        links: d.links.map((link) => ({ ...link, from: link.from.replace("right.", "left.") })),
      }),
    ],
  ])("changes with %s", (_, change) => {
    expect(graphHash(change(base))).not.toBe(graphHash(base));
  });

  it("tells one ring of six from two rings of three", () => {
    const ring = (next: (k: number) => number): GraphDocument => ({
      ...base,
      stages: Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`s${k}`, k < 6 ? field : net])),
      links: Array.from({ length: 6 }, (_, k) => [
        { from: `s${k}.value`, to: `s${k + 6}.a` },
        { from: `s${next(k)}.value`, to: `s${k + 6}.b` },
      ]).flat(),
    });
    const one = ring((k) => (k + 1) % 6);
    const two = ring((k) => (k < 3 ? (k + 1) % 3 : 3 + ((k + 1) % 3)));
    expect(graphHash(one)).not.toBe(graphHash(two));
    for (let number = 0; number < 10; number++)
      expect(graphHash(disguised(one, number))).toBe(graphHash(one));
  });

  it("takes under a second for the largest graph of twins", () => {
    const stages = Object.fromEntries(Array.from({ length: 500 }, (_, k) => [`s${k}`, net]));
    const links = Array.from({ length: 499 }, (_, k) => ({ from: `s${k}.output`, to: `s${k + 1}.input` }));
    for (const wired of [[], links]) {
      const start = performance.now();
      graphHash({ ...base, stages, links: wired });
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });
});

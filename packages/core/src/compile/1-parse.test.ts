import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import type { GraphDocument, LinkDocument } from "../graph/document";
import { standardStages } from "../stages/index";
import { parseGraph } from "./1-parse";

type Stages = GraphDocument["stages"];

const source = { kind: "field", params: { field: "extra" } };
const answer = { kind: "answer", params: { field: "y" } };
const formula = (expression: string, more: object = {}) => ({
  kind: "formula",
  params: { expression, ...more },
});
const link = (from: string, to: string): LinkDocument => ({ from, to });

function parse(stages: Stages, links: readonly LinkDocument[]) {
  const document: GraphDocument = {
    format: 1,
    title: "T",
    problem: kitchenSink.name,
    stages,
    links: [...links],
  };
  return parseGraph(document, { problem: kitchenSink, stages: standardStages });
}
const codes = (stages: Stages, links: readonly LinkDocument[]): string[] =>
  parse(stages, links).diagnostics.map((found) => found.code);

describe("parsing a graph", () => {
  it("gives stages with their params read, and links between ports", () => {
    const { value, diagnostics } = parse(
      { in: source, add: { ...formula("x + 1"), title: "Add one" }, out: answer },
      [link("in.value", "add.x"), { ...link("add.output", "out.value"), mode: "joint" }],
    );
    expect(diagnostics).toEqual([]);
    expect([...(value?.stages.values() ?? [])].map(({ id, title, each }) => ({ id, title, each }))).toEqual([
      { id: "in", title: "in", each: false },
      { id: "add", title: "Add one", each: false },
      { id: "out", title: "out", each: false },
    ]);
    expect(value?.links).toEqual([
      { index: 0, from: { stage: "in", port: "value" }, to: { stage: "add", port: "x" } },
      {
        index: 1,
        from: { stage: "add", port: "output" },
        to: { stage: "out", port: "value" },
        mode: "joint",
      },
    ]);
    expect(value?.unfed.size).toBe(0);
  });

  it("takes each out of the params of stages that compute", () => {
    const { value } = parse({ f: formula("x > 1", { each: true }) }, []);
    expect(value?.stages.values().next().value).toMatchObject({
      each: true,
      params: { expression: "x > 1" },
    });
    expect(codes({ f: formula("x", { each: 1 }) }, [])).toEqual(["param-wrong-type"]);
    expect(codes({ in: { kind: "field", params: { field: "extra", each: true } } }, [])).toEqual([
      "each-not-here",
    ]);
  });

  it("lists everything at once, each at its place", () => {
    const { value, diagnostics } = parse(
      {
        a: { kind: "formla", params: {} },
        b: formula("x +"),
        c: { kind: "formula", params: { expresion: "x" } },
        d: { kind: "answer", params: { field: 7 } },
        e: { kind: "crop", params: { rows: 0, mode: "gird" } },
        in: source,
        out: answer,
      },
      [
        link("in.value", "out.value"),
        link("b.output", "out.value"),
        link("inn.value", "b.x"),
        link("in.valu", "out.value"),
        link("out.value", "in.value"),
        link("a.output", "b.x"),
      ],
    );
    expect(
      diagnostics.map(({ code, place, fix }) => [code, place.at === "link" ? place.index : place, fix]),
    ).toEqual([
      ["unknown-kind", { at: "stage", stage: "a" }, 'Did you mean "formula"?'],
      ["formula-syntax", { at: "param", stage: "b", path: ["expression"] }, expect.anything()],
      ["missing-param", { at: "param", stage: "c", path: ["expression"] }, expect.anything()],
      ["unknown-param", { at: "param", stage: "c", path: ["expresion"] }, 'Did you mean "expression"?'],
      ["param-wrong-type", { at: "param", stage: "d", path: ["field"] }, expect.anything()],
      ["param-out-of-range", { at: "param", stage: "e", path: ["mode"] }, 'Did you mean "grid"?'],
      ["param-out-of-range", { at: "param", stage: "e", path: ["rows"] }, expect.anything()],
      ["port-linked-twice", 1, expect.anything()],
      ["unknown-stage", 2, 'Did you mean "in"?'],
      ["unknown-port", 3, 'Did you mean "value"?'],
      ["port-linked-twice", 3, expect.anything()],
      ["unknown-port", 4, expect.anything()],
      ["unknown-port", 4, expect.anything()],
    ]);
    expect([...(value?.stages.keys() ?? [])]).toEqual(["in", "out"]);
    expect(value?.links).toHaveLength(1);
  });

  it("says nothing about links of a stage whose error was said, and remembers the ports they would feed", () => {
    const { value, diagnostics } = parse({ bad: formula("x +"), add: formula("x + y"), out: answer }, [
      link("bad.whatever", "add.x"),
      link("add.output", "out.value"),
      link("out.value", "bad.x"),
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["formula-syntax", "unknown-port"]);
    expect([...(value?.unfed ?? [])]).toEqual(["add.x"]);
    expect(value?.links.map(({ index }) => index)).toEqual([1]);
  });

  it("names the stages of each circle, in the links' direction, once", () => {
    const { value, diagnostics } = parse(
      {
        a: formula("x + z"),
        b: formula("x"),
        c: formula("x + y"),
        d: formula("x"),
        e: formula("x"),
        out: answer,
      },
      [
        link("a.output", "b.x"),
        link("b.output", "c.x"),
        link("c.output", "a.x"),
        link("a.output", "c.y"),
        link("d.output", "d.x"),
        link("c.output", "e.x"),
        link("e.output", "out.value"),
      ],
    );
    expect(diagnostics.map(({ code, message, place }) => [code, message, place])).toEqual([
      ["cycle", 'The stages "a" and "c" feed each other in a circle.', { at: "stage", stage: "a" }],
      ["cycle", 'The stage "d" is linked to itself.', { at: "stage", stage: "d" }],
    ]);
    expect(value?.links.map(({ index }) => index)).toEqual([5, 6]);
    expect([...(value?.unfed ?? [])].sort()).toEqual(["a.x", "b.x", "c.x", "c.y", "d.x"]);
  });

  it("holds to the limits", () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, k) => [`s${k}`, source]));
    expect(codes(many, [])).toEqual(["too-many-stages"]);
    expect(codes({ in: source }, Array(2001).fill(link("in.value", "in.x")))).toEqual(["too-many-links"]);
    const names = Array.from({ length: 33 }, (_, k) => `x${k}`);
    expect(codes({ f: formula(names.join("+")) }, [])).toEqual(["too-many-ports"]);
    expect(codes({}, [])).toEqual(["empty-graph"]);
  });

  it("warns where the document was written for another problem", () => {
    const document: GraphDocument = {
      format: 1,
      title: "T",
      problem: "other",
      stages: { in: source },
      links: [],
    };
    const { value, diagnostics } = parseGraph(document, { problem: kitchenSink, stages: standardStages });
    expect(diagnostics).toMatchObject([{ code: "other-problem", severity: "warning" }]);
    expect(value?.stages.size).toBe(1);
  });

  it("takes less than 10 ms for 500 stages", () => {
    const stages = Object.fromEntries(
      Array.from({ length: 500 }, (_, k) => [
        `s${k}`,
        k === 0 ? source : formula("sum(x, 1) mod 4 + if(x > 2, x, 0)"),
      ]),
    );
    const links = Array.from({ length: 499 }, (_, k) =>
      link(k === 0 ? "s0.value" : `s${k}.output`, `s${k + 1}.x`),
    );
    const document: GraphDocument = { format: 1, title: "T", problem: kitchenSink.name, stages, links };
    const times = Array.from({ length: 15 }, () => {
      const start = process.cpuUsage().user; // other processes share the machine
      const parsed = parseGraph(document, { problem: kitchenSink, stages: standardStages });
      expect(parsed.diagnostics).toEqual([]);
      return (process.cpuUsage().user - start) / 1000;
    });
    // The promise is for a quiet machine; a busy one gets three times that.
    expect(Math.min(...times)).toBeLessThan(3 * 10);
  });
});

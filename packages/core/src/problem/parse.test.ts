import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProblem, readProblemDocument } from "./parse";

const twoGlyphs = {
  format: 1,
  name: "two-glyphs",
  title: "Two glyphs and a rule",
  fields: {
    glyphs: { is: "sequence", of: { is: "vector", size: 8 }, maxLength: 2 },
    digits: { is: "sequence", of: { is: "label", classes: ["0", "1"] }, maxLength: 2, price: 1 },
    extra: { is: "scalar" },
    y: { is: "label", classes: ["0", "1"], price: 2 },
    size: { is: "scalar", unit: "m" },
  },
  input: ["glyphs", "extra"],
  target: ["y"],
  metric: "accuracy",
  split: { column: "split" },
};

const codes = (value: unknown): string[] => parseProblem(value).diagnostics.map((found) => found.code);

describe("parsing problem.json", () => {
  it("splits prices from types", () => {
    const { value, diagnostics } = parseProblem(twoGlyphs);
    expect(diagnostics).toEqual([]);
    expect(value?.fields["y"]).toEqual({ type: { is: "label", classes: ["0", "1"] }, price: 2 });
    expect(value?.fields["glyphs"]?.price).toBe(0);
    expect(value?.metrics).toEqual([{ target: "y", metric: "accuracy" }]);
  });

  it("takes metrics by target, in lists, or both; the first is the headline", () => {
    const targets = { ...twoGlyphs, target: ["y", "size"] };
    expect(
      parseProblem({ ...targets, metric: { size: "mae", y: ["macro-f1", "accuracy"] } }).value?.metrics,
    ).toEqual([
      { target: "size", metric: "mae" },
      { target: "y", metric: "macro-f1" },
      { target: "y", metric: "accuracy" },
    ]);
    expect(parseProblem({ ...targets, metric: ["accuracy", "rmse"] }).value?.metrics).toEqual([
      { target: "y", metric: "accuracy" },
      { target: "size", metric: "rmse" },
    ]);
  });

  it.each<[string, object, string[]]>([
    ["a metric that doesn't fit", { metric: "rmse" }, ["metric-does-not-fit"]],
    ["a slip in the metric", { metric: "acuracy" }, ["unknown-metric"]],
    ["no metric for a target", { target: ["y", "size"] }, ["target-without-metric"]],
    [
      "a metric for what is no target",
      { metric: { y: "accuracy", digits: "accuracy" } },
      ["metric-of-non-target"],
    ],
    ["an input that is not described", { input: ["glyphs", "ekstra"] }, ["problem-field-unknown"]],
    ["an input that is a target", { input: ["glyphs", "y"] }, ["input-is-target", "price-on-input"]],
    ["no input", { input: [] }, ["no-fields-named"]],
    ["an input twice", { input: ["glyphs", "glyphs"] }, ["listed-twice"]],
    ["fractions of less than 1", { split: { fractions: [0.5, 0.1, 0.1] } }, ["fractions-do-not-sum"]],
    ["no test part", { split: { fractions: [0.9, 0.1, 0] } }, ["split-leaves-none"]],
    ["a newer format", { format: 2 }, ["newer-format"]],
    ["an unknown key", { targets: ["y"] }, ["unknown-key"]],
    ["no split", { split: undefined }, ["missing-key"]],
  ])("finds %s", (_, change, expected) => {
    expect(codes({ ...twoGlyphs, ...change })).toEqual(expected);
  });

  it("finds what is wrong with a field, and still checks the rest", () => {
    const fields = {
      ...twoGlyphs.fields,
      a: { is: "vektor", size: 2 },
      b: { is: "label", classes: ["x", "x"] },
      c: { is: "scalar", low: 2, high: 1, prize: 3 },
      d: { is: "scalar", low: 2, high: 1 },
      "e f": { is: "box" },
      g: { is: "sequence", of: { is: "sequence", of: { is: "box" }, maxLength: 2 }, maxLength: 2 },
    };
    const found = parseProblem({ ...twoGlyphs, fields, metric: "rmse" }).diagnostics;
    expect(
      found.map(({ code, place, fix }) => [code, place.at === "document" && place.path.join("."), fix]),
    ).toEqual([
      ["bad-value", "fields.a.is", 'Did you mean "vector"?'],
      ["listed-twice", "fields.b.classes.1", expect.anything()],
      ["unknown-key", "fields.c.prize", 'Did you mean "price"?'],
      ["bounds-reversed", "fields.d", expect.anything()],
      ["bad-value", "fields.e f", expect.anything()],
      ["bad-value", "fields.g.of.is", expect.anything()],
      ["metric-does-not-fit", "metric", expect.anything()],
    ]);
  });

  it("names the line in a text", () => {
    const text = JSON.stringify({ ...twoGlyphs, metric: "rmse" }, undefined, 2);
    const line = text.split("\n").findIndex((words) => words.includes('"metric"')) + 1;
    expect(readProblemDocument(text).diagnostics).toMatchObject([
      { code: "metric-does-not-fit", place: { line } },
    ]);
    expect(readProblemDocument(JSON.stringify(twoGlyphs)).value).toEqual(parseProblem(twoGlyphs).value);
  });

  it("never throws, and always says where", () => {
    const part = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom<unknown>("accuracy", ["y"], { y: "auc" }, undefined),
    );
    const changed = fc.dictionary(fc.constantFrom(...Object.keys(twoGlyphs)), part);
    fc.assert(
      fc.property(changed, (change) => {
        const { value, diagnostics } = parseProblem({ ...twoGlyphs, ...change });
        expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
        for (const { place } of diagnostics) expect(place.at).toBe("document");
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});

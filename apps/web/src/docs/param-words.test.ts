import { paramsJsonSchema, standardKinds } from "@seams/core";
import { describe, expect, it } from "vitest";
import { acceptedWords, paramRows } from "./param-words";

describe("the docs of params", () => {
  it("say what may be written", () => {
    expect(acceptedWords({ type: "integer", minimum: 1, maximum: 64, unit: "px" })).toBe(
      "whole number, 1 to 64 px",
    );
    expect(acceptedWords({ enum: ["grid", "box"] })).toBe("one of grid, box");
    expect(acceptedWords({ const: "all" })).toBe("all");
    expect(acceptedWords({ anyOf: [{ const: "all" }, { type: "integer", minimum: 0 }] })).toBe(
      "all, or whole number, at least 0",
    );
    expect(acceptedWords({ type: "array", items: { type: "number" }, maxItems: 4 })).toBe(
      "list of number (at most 4 entries)",
    );
    expect(acceptedWords({ type: "object", additionalProperties: { type: "string" } })).toBe(
      "names with text each",
    );
  });

  it("keep the order, the default and the reason of each param", () => {
    expect(
      paramRows({
        properties: { b: { type: "boolean", default: false, help: "Why." }, aSize: { type: "number" } },
        required: ["aSize"],
      }),
    ).toEqual([
      {
        name: "b",
        title: "B",
        accepts: "true or false",
        standard: "false",
        required: false,
        help: "Why.",
      },
      { name: "aSize", title: "A size", accepts: "number", required: true },
    ]);
  });

  it("tell the params within a param after it, of one object or of named ones", () => {
    const rows = paramRows({
      properties: {
        start: { type: "object", properties: { artifact: { type: "string" } }, required: ["artifact"] },
        heads: {
          type: "object",
          additionalProperties: { type: "object", properties: { weight: { type: "number", default: 1 } } },
        },
      },
    });
    expect(rows.map(({ name, required, standard }) => [name, required, standard])).toEqual([
      ["start", false, undefined],
      ["start.artifact", true, undefined],
      ["heads", false, undefined],
      ["heads.*.weight", false, "1"],
    ]);
  });

  it("know every param of every kind", () => {
    for (const kind of standardKinds) {
      const rows = paramRows(paramsJsonSchema(kind));
      expect(rows.length, kind.kind).toBeGreaterThan(0);
      for (const { name, accepts } of rows) expect(accepts, `${kind.kind}.${name}`).not.toBe("any JSON");
    }
  });
});

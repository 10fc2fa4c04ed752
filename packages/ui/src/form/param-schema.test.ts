import { paramsJsonSchema, standardKinds } from "@seams/core";
import { describe, expect, it } from "vitest";
import { controlFor, type ParamSchema, rangeWords, withValue, wordsOf } from "./param-schema";

describe("the control of a param", () => {
  it("follows from the shape of its values", () => {
    expect(controlFor({ type: "boolean" })).toEqual({ is: "switch" });
    expect(controlFor({ type: "integer" })).toEqual({ is: "number", whole: true });
    expect(controlFor({ type: "string", enum: ["a", "b"] })).toEqual({ is: "choice", choices: ["a", "b"] });
    expect(controlFor({ type: "array", items: { type: "integer" } })).toEqual({ is: "numbers", whole: true });
    expect(controlFor({ anyOf: [{ type: "string", const: "all" }, { type: "integer" }] }).is).toBe(
      "alternatives",
    );
    expect(controlFor({ type: "object", additionalProperties: { type: "object", properties: {} } }).is).toBe(
      "named-groups",
    );
    expect(controlFor({}).is).toBe("json");
  });

  it("is known for every param of every kind, and a field is picked from the problem's", () => {
    for (const kind of standardKinds) {
      const schema: ParamSchema = paramsJsonSchema(kind);
      for (const [name, param] of Object.entries(schema.properties ?? {})) {
        expect(controlFor(param).is, `${kind.kind}.${name}`).not.toBe("json");
        if (name === "field" || name === "label") expect(controlFor(param).is).toBe("field");
      }
    }
  });
});

describe("words about a param", () => {
  it("say its range", () => {
    expect(rangeWords({ minimum: 1, maximum: 1024 })).toBe("1 to 1,024");
    expect(rangeWords({ exclusiveMinimum: 0 })).toBe("more than 0");
    expect(rangeWords({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toBe("at least 0");
    expect(rangeWords({})).toBeUndefined();
  });
  it("make a title of a name", () => {
    expect(wordsOf("learningRate")).toBe("Learning rate");
  });
});

describe("setting a value at a path", () => {
  it("changes that place only and keeps the order of keys", () => {
    const params = { a: 1, heads: { x: { label: "y", weight: 1 } }, b: 2 };
    const next = withValue(params, ["heads", "x", "weight"], 3);
    expect(next).toEqual({ a: 1, heads: { x: { label: "y", weight: 3 } }, b: 2 });
    expect(Object.keys(next)).toEqual(["a", "heads", "b"]);
    expect(params.heads.x.weight).toBe(1);
  });
  it("takes a key away when there is no value", () => {
    expect(withValue({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 });
  });
});

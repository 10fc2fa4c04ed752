import { expect, it } from "vitest";
import { standardKinds } from "../stages/index";
import { paramsJsonSchema } from "../stages/json-schema";
import { graphJsonSchema, problemJsonSchema } from "./json-schema";

it("the schemas of both documents are plain JSON with their keys", () => {
  const graph = graphJsonSchema();
  expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  expect(graph).toMatchObject({
    type: "object",
    required: ["format", "problem", "stages", "links"],
    additionalProperties: false,
  });
  const problem = problemJsonSchema();
  expect(JSON.parse(JSON.stringify(problem))).toEqual(problem);
  expect(problem).toMatchObject({
    required: expect.arrayContaining(["fields", "input", "target", "metric", "split"]),
  });
});

it("params of kinds that compute have each", () => {
  for (const kind of standardKinds) {
    const computes = kind.role === "learned" || kind.role === "algorithm";
    const properties = paramsJsonSchema(kind)["properties"];
    expect(Object.hasOwn(Object(properties), "each"), kind.kind).toBe(computes);
  }
});

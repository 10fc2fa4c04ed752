import { expect, it } from "vitest";
import { problemJsonSchema } from "../problem/json-schema";
import { graphJsonSchema } from "./json-schema";

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

import * as z from "zod";
import { ProblemDocument } from "../problem/document";
import { GraphDocument } from "./document";

type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of graph documents as they are written, for docs/schemas and editors. */
export const graphJsonSchema = (): JsonSchema => ({
  ...z.toJSONSchema(GraphDocument, { io: "input" }),
  title: "Seams graph document, format 1",
});

/** The JSON Schema of problem.json as it is written. */
export const problemJsonSchema = (): JsonSchema => ({
  ...z.toJSONSchema(ProblemDocument, { io: "input" }),
  title: "Seams problem.json, format 1",
});

import * as z from "zod";
import { ProblemDocument } from "./document";

/** The JSON Schema of problem.json as it is written, for docs/schemas and editors. */
export const problemJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(ProblemDocument, { io: "input" }),
  title: "Seams problem.json, format 1",
});

import * as z from "zod";
import { GraphDocument } from "./document";

/** The JSON Schema of graph documents as they are written, for docs/schemas and editors. */
export const graphJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(GraphDocument, { io: "input" }),
  title: "Seams graph document, format 1",
});

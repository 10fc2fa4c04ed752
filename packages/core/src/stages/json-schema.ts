import * as z from "zod";
import { eachParam } from "./define";
import type { StageKind } from "./stage";

/**
 * The JSON Schema of a kind's params as a document writes them: defaults, bounds, `title`, `help` and `unit` of each.
 * Forms and docs read only this. Kinds that compute have `each` beside their own params.
 */
export function paramsJsonSchema({ params, role }: StageKind): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(params, { io: "input" });
  if (role === "source" || role === "output") return schema;
  const each = z.toJSONSchema(z.strictObject({ each: eachParam }), { io: "input" }).properties?.["each"];
  return { ...schema, properties: { ...schema.properties, ...(each === undefined ? {} : { each }) } };
}

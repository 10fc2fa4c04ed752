import { newerFormat, unknownFormat } from "../diagnostics/catalog/document";
import type { Checked } from "../diagnostics/diagnostic";
import { describeValue } from "../diagnostics/words";

/** A JSON object, not yet checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Rungs by the format they start from: rung k−1 makes format k+1 of format k. Shipped rungs never change. */
export type Ladder = readonly ((document: JsonObject) => JsonObject)[];

/** Format 1 is the first, so that there is nothing to climb yet. A frozen old file in test/samples/migrate tests each rung. */
export const GRAPH_LADDER: Ladder = [];

/** Brings a graph document up to the newest format. What is newer than this program is refused, never cut down. */
export const migrateGraph = (value: unknown): Checked<JsonObject> => climb(value, GRAPH_LADDER);

/** Brings a document up a ladder. A document that is no object, or names no format, stays on the ground. */
export function climb(value: unknown, ladder: Ladder): Checked<JsonObject> {
  const newest = ladder.length + 1;
  const place = { at: "document", path: ["format"] } as const;
  if (!isObject(value)) {
    const seen = describeValue(value);
    return { value: undefined, diagnostics: [unknownFormat({ place: { at: "document", path: [] }, seen })] };
  }
  const format = Object.hasOwn(value, "format") ? value["format"] : undefined;
  if (typeof format !== "number" || !Number.isInteger(format) || format < 1) {
    return { value: undefined, diagnostics: [unknownFormat({ place, seen: describeValue(format) })] };
  }
  if (format > newest)
    return { value: undefined, diagnostics: [newerFormat({ place, seen: format, known: newest })] };
  const climbed = ladder
    .slice(format - 1)
    .reduce<JsonObject>((document, rung, step) => ({ ...rung(document), format: format + step + 1 }), value);
  return { value: climbed, diagnostics: [] };
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

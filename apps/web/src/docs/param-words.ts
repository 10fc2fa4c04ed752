import { type ParamSchema, rangeWords, wordsOf } from "@seams/ui/graph";

/** One param of a stage kind as the docs list it. */
export interface ParamRow {
  readonly name: string;
  readonly title: string;
  /** What may be written: "whole number, 1 to 64", "one of grid, box". */
  readonly accepts: string;
  /** As JSON; undefined where the param has to be written or may be left away. */
  readonly standard?: string;
  readonly required: boolean;
  readonly help?: string;
}

/** A kind's params, from its own schema; params within a param follow it: `start.freeze`, `heads.*.label`. */
export function paramRows(schema: ParamSchema): readonly ParamRow[] {
  return rowsWithin(schema, "");
}

function rowsWithin({ properties = {}, required = [] }: ParamSchema, prefix: string): readonly ParamRow[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const row: ParamRow = {
      name,
      title: schema.title ?? wordsOf(key),
      accepts: acceptedWords(schema),
      ...(schema.default === undefined ? {} : { standard: JSON.stringify(schema.default) }),
      required: required.includes(key),
      ...(schema.help === undefined ? {} : { help: schema.help }),
    };
    const { additionalProperties: each } = schema;
    const entries = typeof each === "object" ? rowsWithin(each, `${name}.*.`) : [];
    return [row, ...rowsWithin(schema, `${name}.`), ...entries];
  });
}

/** What a schema lets pass, in words. */
export function acceptedWords(schema: ParamSchema): string {
  const choices = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  if (choices.length > 0) return choices.length === 1 ? String(choices[0]) : `one of ${choices.join(", ")}`;
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternatives.map(acceptedWords).join(", or ");
  const unit = schema.unit === undefined ? "" : ` ${schema.unit}`;
  const range = rangeWords(schema);
  const within = range === undefined ? "" : `, ${range}`;
  const { type = "any" } = schema;
  switch (type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `whole number${within}${unit}`;
    case "number":
      return `number${within}${unit}`;
    case "string":
      return "text";
    case "array":
      return listWords(schema);
    case "object":
      return objectWords(schema);
    default:
      return "any JSON";
  }
}

function listWords({ items, prefixItems, minItems, maxItems }: ParamSchema): string {
  if (prefixItems !== undefined) return `list of ${prefixItems.map(acceptedWords).join(" and ")}`;
  const of = items === undefined ? "" : ` of ${acceptedWords(items)}`;
  const least = minItems === undefined ? "" : `at least ${minItems}`;
  const most = maxItems === undefined ? "" : `at most ${maxItems}`;
  const count = [least, most].filter((words) => words !== "").join(", ");
  return `list${of}${count === "" ? "" : ` (${count} entries)`}`;
}

function objectWords({ properties, additionalProperties }: ParamSchema): string {
  if (properties !== undefined) return `object with ${Object.keys(properties).join(", ")}`;
  return typeof additionalProperties === "object"
    ? `names with ${acceptedWords(additionalProperties)} each`
    : "object";
}

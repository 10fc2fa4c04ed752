/** The part of JSON Schema that zod writes for params, as the form reads it. */
export interface ParamSchema {
  readonly type?: string;
  readonly title?: string;
  readonly help?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: ParamSchema;
  readonly prefixItems?: readonly ParamSchema[];
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: ParamSchema;
  readonly additionalProperties?: ParamSchema | boolean;
  readonly anyOf?: readonly ParamSchema[];
  readonly oneOf?: readonly ParamSchema[];
}

/** Where a param stands: keys from the outside in. */
export type ParamPath = readonly (string | number)[];

/** Which control a param gets. `json` is the honest fallback for shapes that no control knows. */
export type Control =
  | { readonly is: "field" | "switch" | "text" | "words" | "json" }
  | { readonly is: "choice"; readonly choices: readonly (string | number)[] }
  | { readonly is: "number" | "numbers"; readonly whole: boolean }
  | { readonly is: "group"; readonly properties: Readonly<Record<string, ParamSchema>> }
  | { readonly is: "table" }
  | { readonly is: "named-groups"; readonly of: ParamSchema }
  | { readonly is: "alternatives"; readonly of: readonly ParamSchema[] };

/** Names of fields have one form, which no other text has. */
const FIELD_NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}$";
/** Zod's own bounds of whole numbers are no bounds that a person should read. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Chooses a param's control by the shape of its values alone. */
export function controlFor(schema: ParamSchema): Control {
  const choices = (schema.enum ?? []).filter(
    (choice) => typeof choice === "string" || typeof choice === "number",
  );
  if (choices.length > 0) return { is: "choice", choices };
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternativesControl(alternatives);
  switch (schema.type) {
    case "boolean":
      return { is: "switch" };
    case "integer":
    case "number":
      return { is: "number", whole: schema.type === "integer" };
    case "string":
      return { is: schema.pattern?.endsWith(FIELD_NAME) === true ? "field" : "text" };
    case "array":
      return listControl(schema);
    case "object":
      return objectControl(schema);
    case undefined:
    default:
      return { is: "json" };
  }
}

function alternativesControl(of: readonly ParamSchema[]): Control {
  const constants = of
    .map((each) => each.const)
    .filter((value) => typeof value === "string" || typeof value === "number");
  return constants.length === of.length ? { is: "choice", choices: constants } : { is: "alternatives", of };
}

function listControl({ items, prefixItems }: ParamSchema): Control {
  const kinds = new Set((prefixItems ?? (items === undefined ? [] : [items])).map(({ type }) => type));
  if (kinds.size !== 1) return { is: "json" };
  if (kinds.has("integer")) return { is: "numbers", whole: true };
  if (kinds.has("number")) return { is: "numbers", whole: false };
  return { is: kinds.has("string") ? "words" : "json" };
}

function objectControl({ properties, additionalProperties }: ParamSchema): Control {
  if (properties !== undefined) return { is: "group", properties };
  if (typeof additionalProperties !== "object") return { is: "json" };
  return additionalProperties.type === "object"
    ? { is: "named-groups", of: additionalProperties }
    : { is: "table" };
}

/** "1 to 1,024", "at least 0", "up to 4 numbers": what a control takes, in words; undefined where anything goes. */
export function rangeWords({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: ParamSchema): string | undefined {
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  const lowest =
    low === undefined || low <= -SAFE
      ? undefined
      : `${exclusiveMinimum === undefined ? "" : "more than "}${low.toLocaleString("en")}`;
  const highest =
    high === undefined || high >= SAFE
      ? undefined
      : `${exclusiveMaximum === undefined ? "" : "less than "}${high.toLocaleString("en")}`;
  if (lowest !== undefined && highest !== undefined) return `${lowest} to ${highest}`;
  if (lowest !== undefined) return exclusiveMinimum === undefined ? `at least ${lowest}` : lowest;
  if (highest !== undefined) return exclusiveMaximum === undefined ? `at most ${highest}` : highest;
  return undefined;
}

/** "learningRate" → "Learning rate", for params without a title. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[-_]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** True where two params are the same JSON. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(Reflect.get(a, key), Reflect.get(b, key)));
}

/** Puts a value at a path, or takes it away (undefined), copying what it changes. */
export function withValue(
  params: Readonly<Record<string, unknown>>,
  path: ParamPath,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [key, ...rest] = path;
  if (key === undefined) return params;
  const name = String(key);
  const inner = rest.length === 0 ? value : withValue(recordOf(params[name]), rest, value);
  const others = Object.entries(params).filter(([other]) => other !== name);
  if (inner === undefined) return Object.fromEntries(others);
  // A key that is there keeps its place.
  return Object.hasOwn(params, name)
    ? Object.fromEntries(Object.entries(params).map(([other, old]) => [other, other === name ? inner : old]))
    : Object.fromEntries([...others, [name, inner]]);
}

/** An object's entries, or none where the value is no object. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

import fc from "fast-check";

/** The part of JSON Schema that zod writes for params. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** Names that random params use: some are fields of the problem under test, some are not. */
const NAMES = ["y", "x", "a", "b", "input", "not-there", "head", "flatten"];
/** Texts that may stand where an expression is asked for. */
const TEXTS = ["present(y)", "a == 1", "y", "1 + 1", "x +", "sum(digits) mod 4", "`odd name` > 2", "?"];
const MOST_ENTRIES = 4;

/** Params that a schema lets through, or nearly: what it doesn't say in JSON Schema may still refuse them. */
export function randomParams(schema: unknown): fc.Arbitrary<unknown> {
  return valueOf(schema as Schema); // zod's own JSON Schema, read by the keys above
}

function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valueOf));
  switch (schema.type) {
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return numberOf(schema);
    case "string":
      return schema.pattern === undefined
        ? fc.oneof(fc.constantFrom(...TEXTS), fc.string({ minLength: 1, maxLength: 20 }))
        : fc.constantFrom(...NAMES);
    case "array":
      return fc.array(valueOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? MOST_ENTRIES, MOST_ENTRIES),
      });
    case "object":
      return objectOf(schema);
    case undefined:
    default:
      return fc.constant(undefined);
  }
}

function numberOf({ type, minimum, exclusiveMinimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? exclusiveMinimum ?? -1000, -1e6);
  const max = Math.min(maximum ?? 1000, 1e6);
  if (type === "integer")
    return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 5) }));
  return fc.double({ min, max, noNaN: true, minExcluded: exclusiveMinimum !== undefined });
}

function objectOf({ properties, required, additionalProperties }: Schema): fc.Arbitrary<unknown> {
  if (properties !== undefined) {
    const entries = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valueOf(of)]));
    return fc.record(entries, { requiredKeys: [...(required ?? [])] });
  }
  const of = typeof additionalProperties === "object" ? valueOf(additionalProperties) : fc.constant(0);
  return fc.dictionary(fc.constantFrom(...NAMES), of, { minKeys: 1, maxKeys: MOST_ENTRIES });
}

import * as z from "zod";
import { nearest } from "./nearest";
import { describeValue } from "./words";

/** What a schema has against one place of a value, in words that any family of diagnostics can use. */
export type Complaint =
  | {
      readonly is: "unknown-key";
      readonly path: Path;
      readonly key: string;
      readonly known: readonly string[];
    }
  | { readonly is: "missing-key"; readonly path: Path; readonly key: string }
  | { readonly is: "bad-name"; readonly path: Path; readonly name: string }
  | { readonly is: "wrong-type"; readonly path: Path; readonly expected: string; readonly seen: string }
  | {
      readonly is: "bad-value";
      readonly path: Path;
      readonly expected: string;
      readonly seen: string;
      /** Of a slip in one of a few words: the word that was meant. */
      readonly near?: string | undefined;
    };

type Path = readonly (string | number)[];

/** Reads a value with a schema. The complaints are all there are; `value` is there exactly when there are none. */
export function readWith<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { readonly value?: T; readonly complaints: readonly Complaint[] } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, complaints: [] };
  return { complaints: parsed.error.issues.flatMap((issue) => complaintsOf(issue, { schema, value })) };
}

interface Reading {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

function complaintsOf(issue: z.core.$ZodIssue, reading: Reading): Complaint[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  const seenValue = valueAt(reading.value, path);
  const seen = describeValue(seenValue);
  const last = path.at(-1);
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(reading, path);
    return issue.keys.map((key) => ({ is: "unknown-key", path: [...path, key], key, known }));
  }
  if (issue.code === "invalid_key") return [{ is: "bad-name", path, name: String(last) }];
  if (seenValue === undefined && typeof last === "string") return [{ is: "missing-key", path, key: last }];
  if (issue.code === "invalid_type") {
    const wholeNeeded = issue.expected === "int" && typeof seenValue === "number";
    return [
      { is: wholeNeeded ? "bad-value" : "wrong-type", path, expected: typeWords(issue.expected), seen },
    ];
  }
  const near = typeof seenValue === "string" ? nearest(seenValue, choicesOf(issue)) : undefined;
  return [{ is: "bad-value", path, expected: expectedWords(issue), seen, near }];
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};
const typeWords = (expected: string): string => TYPE_WORDS[expected] ?? expected;

/** "a number of at least 1", "one of "a" and "b"", … */
function expectedWords(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small")
    return boundWords(issue.origin, "at least", issue.minimum, issue.inclusive !== false);
  if (issue.code === "too_big")
    return boundWords(issue.origin, "at most", issue.maximum, issue.inclusive !== false);
  if (issue.code === "invalid_value") return oneOf(issue.values.map((value) => JSON.stringify(value)));
  if (issue.code === "not_multiple_of") return `a multiple of ${issue.divisor}`;
  if (issue.code === "invalid_format") return "a name: a letter, then letters, digits, _ or -";
  if (issue.code === "invalid_union") return unionWords(issue);
  return issue.message;
}

/** The words that would have been right, where there are a few. */
function choicesOf(issue: z.core.$ZodIssue): string[] {
  const choices: readonly unknown[] =
    issue.code === "invalid_value"
      ? issue.values
      : "options" in issue && Array.isArray(issue.options)
        ? issue.options
        : [];
  return choices.filter((choice) => typeof choice === "string");
}

function boundWords(origin: string, bound: string, limit: number | bigint, inclusive: boolean): string {
  if (origin === "string") return `a text of ${bound} ${limit} characters`;
  if (origin === "array") return `a list of ${bound} ${limit}`;
  if (inclusive) return `${bound} ${limit}`;
  return bound === "at least" ? `more than ${limit}` : `less than ${limit}`;
}

function unionWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options : undefined;
  if (options !== undefined) return oneOf(options.map((option) => JSON.stringify(option)));
  const alternatives = issue.errors.flatMap((errors) => {
    const first = errors[0];
    if (first === undefined) return [];
    return [first.code === "invalid_type" ? typeWords(first.expected) : expectedWords(first)];
  });
  return [...new Set(alternatives)].join(", or ") || issue.message;
}

const oneOf = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] ?? "") : `one of ${words.join(", ")}`;

/** What stands at a path; own keys only. */
function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, step)) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

/** The keys that the schema knows at a path. */
function keysAt({ schema, value }: Reading, path: Path): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (let depth = 0; depth <= path.length; depth++) {
    at = unwrapped(at, valueAt(value, path.slice(0, depth)));
    const step = path[depth];
    if (step === undefined) break;
    if (at instanceof z.ZodObject) at = shapeOf(at)[step];
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(shapeOf(at)) : [];
}

const shapeOf = (schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> => schema.shape;

/** Takes wrappers off, and chooses the alternative that the value's discriminator names. */
function unwrapped(schema: z.core.$ZodType | undefined, value: unknown): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const named = valueAt(value, [key]);
    return schema.options.find(
      (option) =>
        option instanceof z.ZodObject && z.safeParse(shapeOf(option)[key] ?? z.never(), named).success,
    );
  }
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema;
}

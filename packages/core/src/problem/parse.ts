import * as z from "zod";
import {
  problemFieldUnknown,
  boundsReversed,
  fractionsDoNotSum,
  inputIsTarget,
  listedTwice,
  noFieldsNamed,
  priceOnInput,
  splitLeavesNone,
} from "../diagnostics/catalog/problem";
import { missingKey } from "../diagnostics/catalog/document";
import { readWith } from "../diagnostics/complaints";
import { type Checked, type Diagnostic, isClean, type Place } from "../diagnostics/diagnostic";
import { documentDiagnostic } from "../diagnostics/documents";
import { nearest } from "../diagnostics/nearest";
import type { FieldType } from "../graph/field-type";
import { inspectJson } from "../graph/inspect";
import { climb, type Ladder } from "../graph/migrate";
import { readJson, withLines } from "../graph/scan";
import { cleanText } from "../graph/text";
import {
  FieldDocument,
  FieldName,
  FieldNames,
  ProblemDocument,
  type ProblemField,
  type ProblemSchema,
  SplitDocument,
} from "./document";
import { parseMetrics } from "./parse-metrics";

/** Format 1 of problem.json is the first: nothing to climb yet. */
const PROBLEM_LADDER: Ladder = [];

/** The keys of problem.json; each part is read by itself, so that a mistake in one doesn't hide those in another. */
const Parts = z.strictObject({
  ...ProblemDocument.shape,
  fields: z.unknown().optional(),
  input: z.unknown().optional(),
  target: z.unknown().optional(),
  metric: z.unknown().optional(),
  split: z.unknown().optional(),
});

/** Reads the text of a problem.json. */
export function readProblemDocument(text: string): Checked<ProblemSchema> {
  const read = readJson(text);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  return withLines(parseMigrated(read.value), text);
}

/** Checks a problem.json that came as a value. All diagnostics at once. */
export function parseProblem(value: unknown): Checked<ProblemSchema> {
  const hostile = inspectJson(value);
  return hostile.length > 0 ? { value: undefined, diagnostics: hostile } : parseMigrated(value);
}

function parseMigrated(value: unknown): Checked<ProblemSchema> {
  const migrated = climb(value, PROBLEM_LADDER);
  if (migrated.value === undefined) return { value: undefined, diagnostics: migrated.diagnostics };
  const written = migrated.value;
  const reader = new Reader();
  const whole = reader.read(Parts, written, []);
  const fields = parseFields(written["fields"], reader);
  const input = parseNames("input", { written, fields, reader });
  const target = parseNames("target", { written, fields, reader });
  for (const field of input.filter((name) => target.includes(name))) {
    reader.add(inputIsTarget({ place: at("target"), field }));
  }
  for (const field of input.filter((name) => (fields[name]?.price ?? 0) > 0)) {
    reader.add(priceOnInput({ place: at("fields", field, "price"), field }));
  }
  const metrics = parseMetrics(written["metric"], { fields, target });
  metrics.diagnostics.forEach((found) => {
    reader.add(found);
  });
  const split = parseSplit(written["split"], reader);
  const { diagnostics } = reader;
  if (whole === undefined || metrics.value === undefined || split === undefined || !isClean(diagnostics)) {
    return { value: undefined, diagnostics };
  }
  const { name, title = name } = whole;
  return {
    value: { format: 1, name, title: cleanText(title), fields, input, target, metrics: metrics.value, split },
    diagnostics,
  };
}

/** Collects diagnostics, and reads parts. */
class Reader {
  readonly diagnostics: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** A part's value; undefined, and complaints added, where it cannot be read. */
  read<T>(schema: z.ZodType<T>, value: unknown, path: readonly (string | number)[]): T | undefined {
    if (value === undefined) {
      this.add(missingKey({ place: at(...path), key: String(path.at(-1)) }));
      return undefined;
    }
    const read = readWith(schema, value);
    for (const complaint of read.complaints) this.add(documentDiagnostic(complaint, path));
    return read.value;
  }
}

type Fields = Readonly<Record<string, ProblemField>>;

const at = (...path: (string | number)[]): Place => ({ at: "document", path });

function parseFields(written: unknown, reader: Reader): Fields {
  const entries = reader.read(z.record(z.string(), z.unknown()), written, ["fields"]) ?? {};
  const fields: [string, ProblemField][] = [];
  for (const [name, value] of Object.entries(entries)) {
    const known = reader.read(FieldName, name, ["fields", name]);
    const field = reader.read(FieldDocument, value, ["fields", name]);
    if (known === undefined || field === undefined) continue;
    const { price = 0, ...type } = field;
    for (const found of typeDiagnostics(type, ["fields", name])) reader.add(found);
    fields.push([name, { type, price }]);
  }
  return Object.fromEntries(fields);
}

/** What a type's own schema cannot say. */
function typeDiagnostics(type: FieldType, path: readonly (string | number)[]): Diagnostic[] {
  switch (type.is) {
    case "label":
      return twice(type.classes, [...path, "classes"]);
    case "flags":
      return twice(type.names, [...path, "names"]);
    case "text":
      return twice(type.alphabet, [...path, "alphabet"]);
    case "sequence":
      return typeDiagnostics(type.of, [...path, "of"]);
    case "scalar": {
      const { low, high } = type;
      if (low === undefined || high === undefined || low < high) return [];
      return [boundsReversed({ place: at(...path), low, high })];
    }
    case "image":
    case "signal":
    case "vector":
    case "box":
      return [];
  }
}

function twice(names: readonly string[], path: readonly (string | number)[]): Diagnostic[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [listedTwice({ place: at(...path, index), key: String(path.at(-1)), name })];
  });
}

function parseNames(
  key: "input" | "target",
  {
    written,
    fields,
    reader,
  }: {
    readonly written: Readonly<Record<string, unknown>>;
    readonly fields: Fields;
    readonly reader: Reader;
  },
): readonly string[] {
  const value = written[key];
  if (Array.isArray(value) && value.length === 0) {
    reader.add(noFieldsNamed({ place: at(key), key }));
    return [];
  }
  const names = reader.read(FieldNames, value, [key]) ?? [];
  for (const found of twice(names, [key])) reader.add(found);
  // A field that is described wrongly is there: only its description is complained about.
  const described = written["fields"];
  const known = described !== null && typeof described === "object" ? Object.keys(described) : [];
  names.forEach((field, index) => {
    if (known.includes(field)) return;
    reader.add(
      problemFieldUnknown({ place: at(key, index), key, field, near: nearest(field, known), known }),
    );
  });
  return names.filter((name) => Object.hasOwn(fields, name));
}

function parseSplit(written: unknown, reader: Reader): ProblemSchema["split"] | undefined {
  const split = reader.read(SplitDocument, written, ["split"]);
  if (split === undefined || "column" in split) return split;
  const [train, validation, test] = split.fractions;
  const sum = train + validation + test;
  // Written with a few decimals: a thousandth away is a mistake, a rounding error is not.
  if (Math.abs(sum - 1) > 1e-3) reader.add(fractionsDoNotSum({ place: at("split", "fractions"), sum }));
  if (train === 0) reader.add(splitLeavesNone({ place: at("split", "fractions", 0), part: "training" }));
  if (test === 0) reader.add(splitLeavesNone({ place: at("split", "fractions", 2), part: "test" }));
  return split;
}

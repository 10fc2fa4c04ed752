import { type FieldType, metricsFor, parseProblem, type Diagnostic } from "@seams/core";
import * as z from "zod";
import type { FieldPart } from "../values/value-words";

/** A field's part in a draft; one that is left out stays in the file and goes nowhere else. */
export type DraftPart = FieldPart | "left out";

/** A field of a draft as problem.json writes it: type and price in one object. */
export type DraftField = Readonly<Record<string, unknown>> & { readonly is: string };

/** problem.json while a person corrects it: its parts are there, whether they are right is checked apart. */
export interface Draft {
  readonly format: 1;
  readonly name: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, DraftField>>;
  readonly input: readonly string[];
  readonly target: readonly string[];
  readonly metric: unknown;
  readonly split: Readonly<Record<string, unknown>>;
}

const DraftDocument = z.looseObject({
  format: z.literal(1),
  name: z.string(),
  title: z.string().optional(),
  fields: z.record(z.string(), z.looseObject({ is: z.string() })),
  input: z.array(z.string()),
  target: z.array(z.string()),
  metric: z.unknown(),
  split: z.record(z.string(), z.unknown()),
});

/** A preview's problem.json as a draft; undefined where it is so wrong that only its text can be corrected. */
export function readDraft(written: unknown): Draft | undefined {
  const read = DraftDocument.safeParse(typeof written === "string" ? parse(written) : written);
  if (!read.success) return undefined;
  const { format, name, title, fields, input, target, metric, split } = read.data;
  return { format, name, title: title ?? name, fields, input, target, metric, split };
}

/** What is wrong with a draft by itself; whether its data fit is found when it is read again. */
export const checkDraft = (draft: unknown): readonly Diagnostic[] => parseProblem(draft).diagnostics;

/** The part that a field has. */
export function partOf({ fields, input, target }: Draft, name: string): DraftPart {
  if (!Object.hasOwn(fields, name)) return "left out";
  if (input.includes(name)) return "input";
  return target.includes(name) ? "target" : "intermediate";
}

/** Gives a field another part. `first` is the draft as it was guessed: what was left out comes back as it was there. */
export function withPart(draft: Draft, name: string, part: DraftPart, first: Draft): Draft {
  const known = draft.fields[name] ?? first.fields[name];
  const others = Object.entries(draft.fields).filter(([other]) => other !== name);
  const fields =
    part === "left out" || known === undefined
      ? Object.fromEntries(others)
      : inOrder({ ...draft.fields, [name]: priced(known, part) }, first);
  const listed = (names: readonly string[], wanted: DraftPart): string[] => {
    const without = names.filter((other) => other !== name);
    return part === wanted
      ? Object.keys(inOrder(Object.fromEntries([...without, name].map((n) => [n, 0])), first))
      : without;
  };
  return withMetrics({
    ...draft,
    fields,
    input: listed(draft.input, "input"),
    target: listed(draft.target, "target"),
  });
}

/** Labels cost; inputs don't. */
function priced(field: DraftField, part: DraftPart): DraftField {
  const { price, ...type } = field;
  if (part === "input") return type;
  return { ...type, price: typeof price === "number" ? price : 1 };
}

/** Keys in the order of the file's columns. */
function inOrder<T>(entries: Readonly<Record<string, T>>, { fields }: Draft): Readonly<Record<string, T>> {
  const order = Object.keys(fields);
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => place(a) - place(b)));
}

/** Gives a field another type, and keeps its price. */
export function withType(draft: Draft, name: string, type: FieldType): Draft {
  const price = draft.fields[name]?.["price"];
  const field = { ...type, ...(price === undefined ? {} : { price }) };
  return withMetrics({ ...draft, fields: { ...draft.fields, [name]: field } });
}

/** Asks another price for one label of a field. Nonsense counts as free. */
export const withPrice = (draft: Draft, name: string, price: number): Draft => {
  const field = draft.fields[name];
  if (field === undefined) return draft;
  const asked = Number.isFinite(price) && price >= 0 ? price : 0;
  return { ...draft, fields: { ...draft.fields, [name]: { ...field, price: asked } } };
};

/** How records are told apart for training and test. */
export type DraftSplit =
  | { readonly by: "column"; readonly column: string; readonly group?: string }
  | { readonly by: "seed"; readonly test: number; readonly seed: number; readonly group?: string };

/** A draft's split as the form shows it. Parts are in percent. */
export function splitOf({ split }: Draft): DraftSplit {
  const { column, fractions, seed, group } = split;
  const grouped = typeof group === "string" ? { group } : {};
  if (typeof column === "string") return { by: "column", column, ...grouped };
  const test: unknown = Array.isArray(fractions) ? fractions[2] : undefined;
  return {
    by: "seed",
    test: typeof test === "number" ? Math.round(test * 100) : 20,
    seed: typeof seed === "number" ? seed : 0,
    ...grouped,
  };
}

/** Writes a split. What is no test record trains; early stopping takes its own part of each budget. */
export function withSplit(draft: Draft, split: DraftSplit): Draft {
  const grouped = split.group === undefined || split.group === "" ? {} : { group: split.group };
  if (split.by === "column") return { ...draft, split: { column: split.column, ...grouped } };
  const test = Math.min(99, Math.max(1, split.test)) / 100;
  return {
    ...draft,
    split: { fractions: [Number((1 - test).toFixed(2)), 0, test], seed: split.seed, ...grouped },
  };
}

/** A field's type without its price; undefined where it is none. */
export function typeOf({ fields }: Draft, name: string): FieldType | undefined {
  const field = fields[name];
  if (field === undefined) return undefined;
  const { price: _, ...type } = field;
  // Only names and types are asked of core: a problem of this one field has to parse.
  const alone = parseProblem({
    format: 1,
    name: "p",
    fields: { x: type, y: { is: "scalar" } },
    input: ["x"],
    target: ["y"],
    metric: "rmse",
    split: { column: "split" },
  });
  return alone.value?.fields["x"]?.type;
}

/** Metrics that still fit the targets; the usual one where another type or target made the old one wrong. */
function withMetrics(draft: Draft): Draft {
  const metrics = draft.target.map((name) => {
    const type = typeOf(draft, name);
    const fitting: readonly string[] = type === undefined ? [] : metricsFor(type);
    const chosen = metricOf(draft, name);
    return [name, chosen !== undefined && fitting.includes(chosen) ? chosen : fitting[0]] as const;
  });
  return { ...draft, metric: Object.fromEntries(metrics.filter(([, metric]) => metric !== undefined)) };
}

/** The headline metric that a draft names for a target. */
export function metricOf({ metric }: Draft, target: string): string | undefined {
  const own =
    typeof metric === "object" && metric !== null && !Array.isArray(metric)
      ? Object.entries(metric).find(([name]) => name === target)?.[1]
      : metric;
  const first: unknown = Array.isArray(own) ? own[0] : own;
  return typeof first === "string" ? first : undefined;
}

/** Scores a target by another metric. */
export const withMetric = (draft: Draft, target: string, metric: string): Draft => ({
  ...draft,
  metric: {
    ...Object.fromEntries(draft.target.map((name) => [name, metricOf(draft, name)])),
    [target]: metric,
  },
});

/** Types that a column of words or numbers can have. */
export const PLAIN_TYPES = ["scalar", "label", "text"] as const;

/** A type for values of which some were seen. */
export function plainType(is: (typeof PLAIN_TYPES)[number], seen: readonly string[]): FieldType {
  switch (is) {
    case "scalar":
      return { is: "scalar" };
    case "label":
      return { is: "label", classes: [...new Set(seen)].sort(byNumberThenName) };
    case "text": {
      const letters = [...new Set(seen.flatMap((text) => [...text]))].sort();
      return {
        is: "text",
        alphabet: letters.length === 0 ? ["a"] : letters,
        maxLength: Math.max(1, ...seen.map((text) => [...text].length)),
      };
    }
  }
}

const byNumberThenName = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON at all: no draft
  }
}

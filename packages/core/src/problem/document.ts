import * as z from "zod";
import type { EnvironmentFacts } from "../environment/environment";
import { FieldType } from "../graph/field-type";

/** Names of fields and metrics: a letter first, then letters, digits, `_` or `-`. */
export const FieldName = z.string().regex(/^(?!(?:constructor|prototype)$)[A-Za-z][A-Za-z0-9_-]{0,63}$/);

export const SplitDocument = z.union([
  z.strictObject({ column: z.string().min(1), group: z.string().min(1).optional() }),
  z.strictObject({
    fractions: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)]),
    seed: z.int().min(0).optional(),
    group: z.string().min(1).optional(),
  }),
]);
export type Split = z.infer<typeof SplitDocument>;

/** The metrics that a problem may name now. */
export const MetricName = z.enum([
  "accuracy",
  "macro-f1",
  "auc",
  "rmse",
  "mae",
  "iou",
  "exact-match",
  "edit-distance",
  "map",
  "iou-50",
  "word-error-rate",
  "bleu",
]);
export type MetricName = z.infer<typeof MetricName>;

/** One metric, or several of which the first is the headline. */
const Metrics = z.union([MetricName, z.array(MetricName).min(1).max(8)]);

/** For every target that they fit, or by target. */
export const MetricChoice = z.union([Metrics, z.record(FieldName, Metrics)]);

/** A field type as problem.json writes it: with the price of one label beside its own keys. */
const price = z.number().min(0).max(1e9).optional();
const priced = FieldType.options.map((option) => option.extend({ price }));
// A tuple's map is typed as an array: there are as many options as field types, at least one.
export const FieldDocument = z.discriminatedUnion(
  "is",
  priced as [(typeof priced)[number], ...typeof priced],
);

/** Names, in order. */
export const FieldNames = z.array(FieldName).min(1).max(1000);

/** problem.json, format 1, as it is written. */
export const ProblemDocument = z.strictObject({
  format: z.literal(1),
  name: FieldName,
  title: z.string().max(80).optional(),
  fields: z.record(FieldName, FieldDocument),
  input: FieldNames,
  target: FieldNames,
  metric: MetricChoice,
  split: SplitDocument,
});

/**
 * The parsed `problem.json`, format 1. Field types arrive here with their `price` split off.
 * Written by people and scripts; see docs/reference/problem-folder.md.
 */
export interface ProblemSchema {
  readonly format: 1;
  readonly name: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, ProblemField>>;
  readonly input: readonly string[];
  readonly target: readonly string[];
  /** The first one is the headline. One entry a target field where the metrics differ. */
  readonly metrics: readonly TargetMetric[];
  readonly split: Split;
  /** The world in which pipelines are judged, where there is one; then the headline is their success in it. */
  readonly environment?: EnvironmentFacts;
}

export interface ProblemField {
  readonly type: FieldType;
  /** Cost of one label of this field; 0 for inputs and where nothing is said. */
  readonly price: number;
}

export interface TargetMetric {
  readonly target: string;
  readonly metric: MetricName;
}

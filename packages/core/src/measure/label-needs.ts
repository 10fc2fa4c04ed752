import { listNames } from "../diagnostics/words";
import type { SeededAttribution } from "./attributions";
import { type Prices } from "./cell";
import type { Cell, Comparison, LabelNeed } from "./comparison";
import { type LabelKind, type LabelPlan, planLabels } from "./costs/plan-labels";
import { learningCurve, type LearningCurve } from "./learning-curve/curve";
import type { BudgetErrors } from "./learning-curve/samples";

/** What label needs are told from. */
export interface LabelNeedsQuestion extends Pick<Comparison, "pipelines" | "seeds" | "cells"> {
  readonly attributions: readonly SeededAttribution[];
  /** Curves of the whole pipelines' errors, in their order. */
  readonly curves: readonly LearningCurve[];
  /** The fields that a stage of a trial was trained on. */
  readonly fieldsOf: (cell: Cell, stage: string) => readonly string[];
}

/**
 * What more labels of each kind would do to a pipeline. Where errors can be attributed, a field's part is the sum of what
 * its stages cost (the waterfall), fitted against rows: the parts and what the ceiling leaves add up to the whole error.
 * Where they can't, a pipeline that learns from one field alone has one part, the whole.
 */
export function tellLabelNeeds(question: LabelNeedsQuestion): readonly LabelNeed[] {
  const { pipelines, attributions, cells } = question;
  return pipelines.flatMap(({ id }, index) => {
    const own = cells.filter((cell) => cell.pipeline === id && cell.failed === undefined);
    const largest = own.reduce<Cell | undefined>(
      (best, cell) => (best === undefined || cell.budget > best.budget ? cell : best),
      undefined,
    );
    if (largest === undefined) return [];
    const parts = attributions.filter(({ shown }) => shown.pipeline === id);
    const curve = question.curves[index];
    return parts.length > 0
      ? needsByStage(id, { parts, largest }, question)
      : curve === undefined
        ? []
        : needOfWhole(id, { curve, largest }, question);
  });
}

function needsByStage(
  pipeline: string,
  { parts, largest }: { readonly parts: readonly SeededAttribution[]; readonly largest: Cell },
  { seeds, fieldsOf }: LabelNeedsQuestion,
): LabelNeed[] {
  const stages = parts[0]?.shown.steps.map(({ stage }) => stage) ?? [];
  const fieldOf = stages.map((stage) => fieldsOf(largest, stage));
  const mixed = stages.filter((_, k) => (fieldOf[k]?.length ?? 0) !== 1);
  const fields = [...new Set(fieldOf.flat())];
  return fields.map((field) => {
    const about = { pipeline, field, labelsPerRow: labelsPerRow(largest, field) };
    if (mixed.length > 0)
      return { ...about, words: `No curve: ${listNames(mixed)} learns from several fields at once.` };
    const budgets = parts.map(
      ({ shown, bySeed }): BudgetErrors => ({
        rows: shown.budget,
        errors: seeds.map((seed) => {
          const gains = bySeed.get(seed);
          return gains?.reduce((sum, gain, k) => (fieldOf[k]?.[0] === field ? sum + gain : sum), 0);
        }),
      }),
    );
    return { ...about, ...curveOf(learningCurve({ budgets })) };
  });
}

function needOfWhole(
  pipeline: string,
  { curve, largest }: { readonly curve: LearningCurve; readonly largest: Cell },
  { fieldsOf }: LabelNeedsQuestion,
): LabelNeed[] {
  const fields = [...new Set(Object.keys(largest.stages).flatMap((stage) => fieldsOf(largest, stage)))];
  return fields.map((field) => {
    const about = { pipeline, field, labelsPerRow: labelsPerRow(largest, field) };
    return fields.length === 1
      ? { ...about, ...curveOf(curve) }
      : { ...about, words: "No curve: several kinds of labels, and no error that belongs to one of them." };
  });
}

function curveOf(found: LearningCurve): Pick<LabelNeed, "curve" | "words"> {
  if (found.status !== "ok") return { words: found.words };
  const { curve, first, last, words } = found;
  return { curve: { ...curve, first, last }, words };
}

const labelsPerRow = ({ labels, budget }: Cell, field: string): number => (labels[field] ?? 0) / budget;

/** A plan for one pipeline, or why there is none. */
export type PipelineLabelPlan =
  | { readonly done: true; readonly plan: LabelPlan; readonly needs: readonly LabelNeed[] }
  | { readonly done: false; readonly words: string };

/**
 * How to spend a total on labels for one pipeline, by the prices of single labels.
 * @param total in the unit of the prices
 */
export function planPipelineLabels(
  { labelNeeds }: Pick<Comparison, "labelNeeds">,
  pipeline: string,
  { prices, total }: { readonly prices: Prices; readonly total: number },
): PipelineLabelPlan {
  const needs = labelNeeds.filter((need) => need.pipeline === pipeline);
  const refused = needs.find(({ curve }) => curve === undefined);
  if (needs.length === 0) return { done: false, words: "No plan: nothing is known of its labels." };
  if (refused !== undefined)
    return { done: false, words: `No plan for labels of ${refused.field}. ${refused.words}` };
  const kinds = needs.flatMap(({ field, labelsPerRow: perRow, curve }): LabelKind[] => {
    if (curve === undefined) return [];
    const { first, last, ...fitted } = curve;
    return [{ field, price: perRow * (prices[field] ?? 0), curve: { curve: fitted, first, last } }];
  });
  const free = kinds.find(({ price }) => !(price > 0));
  if (free !== undefined) return { done: false, words: `No plan: a label of ${free.field} costs nothing.` };
  const plan = planLabels(kinds, total);
  return plan === undefined
    ? { done: false, words: "No plan: the total is too small for anything that was measured." }
    : { done: true, plan, needs };
}

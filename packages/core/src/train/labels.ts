import type { TrainingPlan } from "../compile/plan";
import type { ProblemSchema } from "../problem/document";
import { isTraining } from "./fits";
import type { RowSet } from "./row-set";

/**
 * Labels that a trial uses, by field: those of the targets, and of every field that a stage learns from, that are there
 * in the budget's rows and allowed by the field's own budget. A flag and a sequence's element count one each.
 */
export function countLabels(
  plan: TrainingPlan,
  problem: ProblemSchema,
  rows: RowSet,
): Readonly<Record<string, number>> {
  const fields = new Set([
    ...problem.target,
    ...plan.phases.filter(isTraining).flatMap(({ labels }) => labels),
  ]);
  return Object.fromEntries(
    [...fields].map((field) => [field, rows.field(field).present.reduce((sum, there) => sum + there, 0)]),
  );
}

/** What the labels cost at the problem's prices. */
export const costOf = (labels: Readonly<Record<string, number>>, { fields }: ProblemSchema): number =>
  Object.entries(labels).reduce((cost, [field, count]) => cost + count * (fields[field]?.price ?? 0), 0);

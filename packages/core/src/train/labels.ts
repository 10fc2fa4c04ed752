import type { TrainingPlan } from "../compile/plan";
import type { ProblemSchema } from "../problem/document";
import type { Seed } from "../ids";
import { isTraining } from "./fits";
import { rowsToLearnFrom } from "./label-use";
import type { RowSet } from "./row-set";

/**
 * Labels that a trial uses, by field: those of the targets, and of every field that a stage learns from, that are there
 * in the budget's rows, allowed by the field's own budget, and hidden from no stage that learns from them. A flag and a
 * sequence's element count one each.
 */
export function countLabels(
  plan: TrainingPlan,
  problem: ProblemSchema,
  { rows, seed }: { readonly rows: RowSet; readonly seed: Seed },
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const phase of plan.phases.filter(isTraining)) {
    const seen = rowsToLearnFrom(phase, rows, seed);
    for (const field of phase.labels)
      counts.set(field, Math.max(counts.get(field) ?? 0, countIn(seen, field)));
  }
  const unlearned = problem.target.filter((field) => !counts.has(field));
  return Object.fromEntries([
    ...problem.target.map((field) => [field, counts.get(field) ?? 0]),
    ...counts,
    ...unlearned.map((field) => [field, countIn(rows, field)]),
  ]);
}

const countIn = (rows: RowSet, field: string): number =>
  rows.field(field).present.reduce((sum, there) => sum + there, 0);

/** What the labels cost at the problem's prices. */
export const costOf = (labels: Readonly<Record<string, number>>, { fields }: ProblemSchema): number =>
  Object.entries(labels).reduce((cost, [field, count]) => cost + count * (fields[field]?.price ?? 0), 0);

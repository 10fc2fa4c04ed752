import { labTooFewSeeds, labTooLarge } from "../diagnostics/catalog/labs";
import { budgetAboveRows } from "../diagnostics/catalog/trial";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { FEWEST_SEEDS } from "../measure/interval";
import { type LabPlan, labTrials, MOST_LAB_TRIALS } from "./lab";

const GRAPH = { at: "graph" } as const;

/** Budgets above the rows that there are. */
export const checkBudgets = (budgets: readonly number[], rows: number): readonly Diagnostic[] =>
  budgets.flatMap((budget) => (budget <= rows ? [] : [budgetAboveRows({ place: GRAPH, budget, rows })]));

/** Fewer seeds than a verdict needs. */
export const checkSeeds = (seeds: readonly number[]): readonly Diagnostic[] =>
  new Set(seeds).size >= FEWEST_SEEDS
    ? []
    : [labTooFewSeeds({ place: GRAPH, seeds: new Set(seeds).size, need: FEWEST_SEEDS })];

/** More trials than an experiment may have. */
export function checkSize(
  plan: Pick<LabPlan, "variants" | "budgets" | "seeds" | "donors">,
): readonly Diagnostic[] {
  const trials = labTrials(plan);
  return trials <= MOST_LAB_TRIALS ? [] : [labTooLarge({ place: GRAPH, trials, limit: MOST_LAB_TRIALS })];
}

/** What a lab's numbers of rows are where nobody chose: those of a list that there are, else all rows. */
export function rowsUpTo(rows: number, list: readonly number[]): readonly number[] {
  const fitting = list.filter((budget) => budget <= rows);
  return fitting.length > 0 ? fitting : [rows];
}

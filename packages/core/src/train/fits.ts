import type { Phase, TrainingPlan, TrainPhase, ValueSource } from "../compile/plan";
import { type Column, slotsPerRecord } from "../data/column";
import { noLabels, tooFewRows } from "../diagnostics/catalog/trial";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Seed } from "../ids";
import { stream } from "../random/streams";
import { type BudgetRows, dealFolds, filterRows, holdOut, type OrderedRows } from "./budget";
import { rowsToLearnFrom } from "./label-use";
import { letThrough, type RowSet } from "./row-set";
import { lossKinds, type LossName } from "../losses/index";

/** One training of one phase: on all its rows, or on all but one fold's. Rows are positions in the budget. */
export interface Fit {
  /** The phase's id, and the fold's number where it is one of a cross-fitting. */
  readonly id: string;
  readonly phase: TrainPhase;
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** A phase's fits. */
export interface PhaseFits {
  readonly full: Fit;
  /** By number of folds, where a link cross-fits it. */
  readonly folds: ReadonlyMap<number, CrossFit>;
}

/** K fits, each without one fold. */
export interface CrossFit {
  readonly fits: readonly Fit[];
  /** By position in the budget: the fold that was left out of fit k; −1 for rows that no fit has seen. */
  readonly foldOf: Int32Array;
}

/** What a phase's rows are chosen from. */
export interface FitQuestion {
  readonly plan: TrainingPlan;
  readonly seed: Seed;
  readonly budget: BudgetRows;
  /** The budget's rows as training sees them. */
  readonly rows: RowSet;
}

export const isTraining = (phase: Phase): phase is TrainPhase => phase.do === "train";

/**
 * Says which rows each phase trains on, and which it stops early by: those of the budget that have a label for one of
 * its heads, less a validation part. Known before anything is trained, so that keys are.
 */
export function planFits(question: FitQuestion): {
  readonly fits: ReadonlyMap<string, PhaseFits>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const fits = new Map<string, PhaseFits>();
  const diagnostics: Diagnostic[] = [];
  for (const phase of question.plan.phases.filter(isTraining)) {
    const labelled = labelledRows(phase, { ...question, groups: question.budget.groups });
    if (labelled.rows.length === 0) {
      const place = { at: "stage", stage: phase.train[0] ?? phase.losses[0]?.stage } as const;
      const field = phase.losses[0]?.target ?? "";
      const where = place.stage === undefined ? ({ at: "graph" } as const) : { ...place, stage: place.stage };
      diagnostics.push(noLabels({ place: where, field, budget: question.budget.rows.length }));
      continue;
    }
    const folds = new Map<number, CrossFit>();
    for (const count of foldCounts(question.plan, phase.id)) {
      const crossFit = planFolds(phase, { count, labelled, question });
      if ("code" in crossFit) diagnostics.push(crossFit);
      else folds.set(count, crossFit);
    }
    fits.set(phase.id, { full: fitOn(phase.id, phase, labelled), folds });
  }
  return { fits, diagnostics };
}

/** A phase's fit on other rows than the budget's: those with a label, less a validation part. */
export function fitOver(
  { id, phase }: Pick<Fit, "id" | "phase">,
  rows: RowSet,
  { seed, groups }: { readonly seed: Seed; readonly groups: Int32Array },
): Fit {
  return fitOn(id, phase, labelledRows(phase, { rows, seed, groups }));
}

function fitOn(id: string, phase: TrainPhase, rows: OrderedRows): Fit {
  return { id, phase, ...holdOut(rows, phase.training.validation) };
}

/** Positions in the budget that have a label for one of the phase's heads. */
function labelledRows(
  phase: TrainPhase,
  { groups, seed, ...question }: Pick<FitQuestion, "rows" | "seed"> & Pick<OrderedRows, "groups">,
): OrderedRows {
  const rows = rowsToLearnFrom(phase, question.rows, seed);
  const heads = phase.losses.map(({ target, mask, loss }) => {
    const column = rows.field(target);
    const lets = letThrough(mask, rows);
    return (row: number) => isLabelled(column, row, loss) && lets(row);
  });
  const positions = { rows: Int32Array.from(groups.keys()), groups };
  return filterRows(positions, (row) => heads.some((counts) => counts(row)));
}

/** Whether a head finds anything to learn from in a record. */
function isLabelled(column: Column, row: number, loss: LossName): boolean {
  const { frames } = lossKinds[loss];
  if (frames !== undefined) return frames.isLabelled(column, row);
  const { type, present } = column;
  const slots = slotsPerRecord(type);
  return present.subarray(row * slots, (row + 1) * slots).includes(1);
}

interface FoldQuestion {
  readonly count: number;
  readonly labelled: OrderedRows;
  readonly question: FitQuestion;
}

function planFolds(phase: TrainPhase, { count, labelled, question }: FoldQuestion): CrossFit | Diagnostic {
  const groups = new Set(labelled.groups).size;
  if (groups < count) {
    const what = `in groups of their own to cross-fit in ${count} folds`;
    return tooFewRows({ place: { at: "graph" }, have: groups, need: count, what });
  }
  const dealt = dealFolds(labelled, count, stream(question.seed, "folds", phase.signature));
  const foldOf = new Int32Array(question.budget.rows.length).fill(-1);
  labelled.rows.forEach((row, index) => {
    foldOf[row] = dealt[index] ?? -1;
  });
  const fits = Array.from({ length: count }, (_, fold) =>
    fitOn(
      `${phase.id} fold ${fold + 1}/${count}`,
      phase,
      filterRows(labelled, (index) => dealt[index] !== fold),
    ),
  );
  return { fits, foldOf };
}

/** The numbers of folds in which any training input cross-fits a phase. */
function foldCounts(plan: TrainingPlan, phase: string): ReadonlySet<number> {
  const counts = new Set<number>();
  for (const { inputs } of plan.phases.filter(isTraining)) {
    for (const { source } of inputs) {
      eachSource(source, (inner) => {
        if (inner.is === "cross-fitted" && inner.phase === phase) counts.add(inner.folds);
      });
    }
  }
  return counts;
}

/** Calls back for a source and everything that it is made from. */
export function eachSource(source: ValueSource, visit: (source: ValueSource) => void): void {
  visit(source);
  if (source.is !== "field") for (const inner of Object.values(source.inputs)) eachSource(inner, visit);
}

import { wholeNumbers } from "../editor/whole-numbers";

/** What the API takes in one comparison. */
const MOST = { pipelines: 12, budgets: 20, seeds: 100 } as const;

/** What stands in the form of a new comparison. */
export interface ComparisonForm {
  readonly pipelines: number;
  readonly budgetText: string;
  readonly seedText: string;
  /** Training rows of the problem, where they are known. */
  readonly rows: number | undefined;
}

/** What the form says: what to start, or why not. */
export interface ComparisonPlan {
  readonly budgets: readonly number[];
  /** 1, 2, …: as many as were asked for. */
  readonly seeds: readonly number[];
  readonly budgetError?: string;
  readonly seedError?: string;
  /** "2 × 3 × 3 = 18 trials", or what is missing. */
  readonly words: string;
  readonly canStart: boolean;
}

/** Reads the form of a new comparison. */
export function planComparison({ pipelines, budgetText, seedText, rows }: ComparisonForm): ComparisonPlan {
  const most = rows ?? Number.MAX_SAFE_INTEGER;
  const written = wholeNumbers(budgetText, { least: 1, most, count: MOST.budgets });
  const counted = wholeNumbers(seedText, { least: 1, most: MOST.seeds, count: 1 });
  const budgets = "values" in written ? [...written.values].sort((a, b) => a - b) : [];
  const seedCount = "values" in counted ? (counted.values[0] ?? 0) : 0;
  const trials = pipelines * budgets.length * seedCount;
  const refusal = refusalOf(pipelines) ?? (trials === 0 ? "Write budgets and seeds." : undefined);
  return {
    budgets,
    seeds: Array.from({ length: seedCount }, (_, index) => index + 1),
    ...("reason" in written ? { budgetError: written.reason } : {}),
    ...("reason" in counted ? { seedError: counted.reason } : {}),
    words: refusal ?? `${pipelines} × ${budgets.length} × ${seedCount} = ${trials} trials`,
    canStart: refusal === undefined,
  };
}

function refusalOf(pipelines: number): string | undefined {
  if (pipelines > MOST.pipelines) return `Choose at most ${MOST.pipelines} pipelines.`;
  return pipelines < 2 ? "Choose at least two pipelines." : undefined;
}

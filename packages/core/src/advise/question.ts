import { countOf } from "../diagnostics/words";
import type { Prices } from "../measure/cell";
import type { Cell, Comparison } from "../measure/comparison";
import { FEWEST_SEEDS, meanInterval, type MeanInterval } from "../measure/interval";
import { type NumberStyle, writeDifference, writeEnds } from "../measure/numbers";
import { studentQuantile } from "../measure/student-t";
import type { Advice, Measurement, Prediction, SuggestedRun } from "./advice";
import type { PipelineFacts } from "./facts";

/** What rules are asked about: a comparison before its advice, and how its pipelines are cut. */
export interface AdviceQuestion {
  readonly comparison: Omit<Comparison, "advice">;
  readonly facts: readonly PipelineFacts[];
  readonly prices: Prices;
  /** δ */
  readonly margin: number;
  readonly style: NumberStyle;
  /** Score of the best constant answer, where it is known. */
  readonly chance?: number | undefined;
  /** Score with every field in between true and the answers' own stages as they are; by cell, where measured. */
  readonly goldOf?: ((cell: Cell) => number | undefined) | undefined;
  /** Training rows that the problem has. */
  readonly rowsAvailable?: number | undefined;
  /** Rows that the artifact was trained on from which a pipeline starts. */
  readonly donorRows?: ReadonlyMap<string, number>;
}

/** One rule: what it says of a comparison. Nothing where no pipelines of its kind are there. */
export type Rule = (question: AdviceQuestion) => readonly Advice[];

/** Which trial a cell is, in one word. */
export const cellId = ({ pipeline, budget, seed }: Pick<Cell, "pipeline" | "budget" | "seed">): string =>
  `${pipeline}@${budget}#${seed}`;

/** Gains of a over b at one budget, as improvements, paired by seed. */
export interface Gain extends MeanInterval {
  readonly differences: readonly number[];
  readonly cells: readonly string[];
}

/** Budgets at which a pipeline has scores, rising. */
export const budgetsOf = ({ comparison }: AdviceQuestion, pipeline: string): readonly number[] =>
  [
    ...new Set(
      comparison.cells
        .filter((cell) => cell.pipeline === pipeline && cell.failed === undefined)
        .map(({ budget }) => budget),
    ),
  ].sort((a, b) => a - b);

/** Budgets at which both have scores, rising. */
export const commonBudgets = (question: AdviceQuestion, a: string, b: string): readonly number[] => {
  const others = new Set(budgetsOf(question, b));
  return budgetsOf(question, a).filter((budget) => others.has(budget));
};

/** A pipeline's cells at a budget, by seed. */
export const cellsAt = (
  { comparison }: AdviceQuestion,
  pipeline: string,
  budget: number,
): ReadonlyMap<number, Cell> =>
  new Map(
    comparison.cells
      .filter((cell) => cell.pipeline === pipeline && cell.budget === budget && cell.failed === undefined)
      .map((cell) => [cell.seed, cell]),
  );

/**
 * The gain of a over b at a budget: an improvement is above 0 whichever way the metric points.
 * @param score name in the test scores; default: the headline
 */
export function gainAt(
  question: AdviceQuestion,
  [a, b]: readonly [string, string],
  { budget, score = question.comparison.metric }: { readonly budget: number; readonly score?: string },
): Gain | undefined {
  const sign = question.comparison.higherIsBetter ? 1 : -1;
  const [ofA, ofB] = [cellsAt(question, a, budget), cellsAt(question, b, budget)];
  const cells: string[] = [];
  const differences = [...ofA].flatMap(([seed, cell]) => {
    const other = ofB.get(seed);
    const [one, two] = [cell.test[score], other?.test[score]];
    if (other === undefined || one === undefined || two === undefined) return [];
    cells.push(cellId(cell), cellId(other));
    return [sign * (one - two)];
  });
  return differences.length === 0 ? undefined : { ...meanInterval(differences), differences, cells };
}

/** Claimed for every prediction that comes from seeds. */
export const CONFIDENCE = 0.95;

/**
 * Where the mean over as many new seeds will lie: x̄ ± t·sd·√(2/n), the prediction interval of a mean of n more values.
 * Undefined under 3 seeds.
 */
export function foretellMean({
  mean,
  sd,
  n,
}: MeanInterval): { readonly low: number; readonly high: number } | undefined {
  if (n < FEWEST_SEEDS) return undefined;
  const half = studentQuantile((1 + CONFIDENCE) / 2, n - 1) * sd * Math.sqrt(2 / n);
  return { low: mean - half, high: mean + half };
}

/** As many seeds as the comparison has, none of them used yet. */
export function freshSeeds({ comparison: { seeds } }: AdviceQuestion): readonly number[] {
  const first = Math.max(0, ...seeds) + 1;
  return seeds.map((_, k) => first + k);
}

/** The prediction that the same gain is found with new seeds, with the run that would refute it and the confidence claimed. */
export function predictGain(
  question: AdviceQuestion,
  [a, b]: readonly [PipelineFacts, PipelineFacts],
  {
    gain,
    budget,
    score = question.comparison.metric,
  }: { readonly gain: Gain; readonly budget: number; readonly score?: string },
): { readonly prediction?: Prediction; readonly test?: SuggestedRun; readonly confidence?: number } {
  const ends = foretellMean(gain);
  if (ends === undefined) return {};
  const seeds = freshSeeds(question);
  const says = `With ${countOf(seeds.length, "new seed")} at ${countOf(budget, "row")}, ${a.title} gains ${writeEnds(ends.low, ends.high, question.style)} over ${b.title}.`;
  return {
    prediction: { says, of: a.id, over: b.id, rows: budget, score, ...ends },
    test: {
      says: `Compare both again at ${countOf(budget, "row")} with new seeds.`,
      pipelines: [a.id, b.id],
      budgets: [budget],
      seeds,
    },
    confidence: CONFIDENCE,
  };
}

/** A gain as a number behind an advice. */
export function measurementOf(what: string, { mean, low, high, n }: MeanInterval): Measurement {
  return { what, value: mean, ...(low === undefined || high === undefined ? {} : { low, high }), n };
}

/** `+6.1 points (95 % interval +4.0 to +8.2, 5 seeds)` */
export function gainInWords({ mean, low, high, n }: MeanInterval, style: NumberStyle): string {
  const ends =
    low === undefined || high === undefined ? "no interval" : `95 % interval ${writeEnds(low, high, style)}`;
  return `${writeDifference(mean, style)} (${ends}, ${countOf(n, "seed")})`;
}

/** What a gain shows against δ: above it, below −δ, or neither. */
export function sideOf({ mean, low, high }: MeanInterval, margin: number): "gain" | "loss" | "open" {
  if (low !== undefined && low > 0 && mean > margin) return "gain";
  return high !== undefined && high < 0 && mean < -margin ? "loss" : "open";
}

/** Every pipeline of one kind with every one of another. */
export const pairsOf = (
  { facts }: AdviceQuestion,
  isFirst: (one: PipelineFacts) => boolean,
  isSecond: (one: PipelineFacts) => boolean,
): readonly (readonly [PipelineFacts, PipelineFacts])[] =>
  facts
    .filter(isFirst)
    .flatMap((a) => facts.filter((b) => b !== a && isSecond(b)).map((b) => [a, b] as const));

import type { EngineInfo } from "../train/stepper";
import type { EnvironmentFacts } from "../environment/environment";
import type { Scores } from "../train/events";
import type { Advice } from "../advise/advice";
import type { AttributionStep } from "./attribution/attribute";
import type { Blame } from "./attribution/blame";
import type { HalfWay } from "./learning-curve/curve";
import type { CurveFamily } from "./learning-curve/family";

/** The `compare` result of docs/reference/results.md, format 1. The same from CLI, API and screen. */
export interface Comparison {
  readonly format: 1;
  readonly problem: { readonly name: string; readonly hash: string };
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly engine: EngineInfo;
  readonly pipelines: readonly { readonly id: string; readonly title: string; readonly hash: string }[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly cells: readonly Cell[];
  readonly summary: readonly Summary[];
  readonly paired: readonly PairedDifference[];
  /** Each pair over all budgets that both have results at. Empty with one budget. */
  readonly headline: readonly HeadlineDifference[];
  readonly crossover: readonly Crossing[];
  readonly curves: readonly CurveSummary[];
  /** Learning curves of single stages on their own labels, as they are used. */
  readonly stageCurves: readonly StageCurve[];
  /** By pipeline and budget. Empty where no labelled stage lies on the way to an answer. */
  readonly attribution: readonly PipelineAttribution[];
  /** What more labels of each kind would do, for the label planner. */
  readonly labelNeeds: readonly LabelNeed[];
  readonly advice: readonly Advice[];
  /** Where the problem has an environment; then `metric` is success in it, under its first condition. */
  readonly closedLoop?: ClosedLoopComparison;
}

/** How pipelines fare where their answers decide what they see next. */
export interface ClosedLoopComparison extends EnvironmentFacts {
  /** The metric of single answers that stands beside it. */
  readonly openLoop: string;
  readonly summary: readonly ClosedLoopSummary[];
  readonly paired: readonly (PairedDifference & { readonly condition: string })[];
  /** How mistakes compound, pair by pair; empty where the environment doesn't tell mistakes. */
  readonly compounding: readonly (PairedDifference & { readonly condition: string })[];
  /** What each stage's errors cost under the conditions after the first, whose attribution is the comparison's own. */
  readonly attribution: readonly (PipelineAttribution & { readonly condition: string })[];
}

/** Success of a pipeline at a budget under a condition, and what else was measured there. */
export interface ClosedLoopSummary {
  readonly pipeline: string;
  readonly budget: number;
  readonly condition: string;
  /** Over seeds; `low` and `high` are Wilson's 95 % interval of a share of so many episodes. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly episodes: number;
  /** Seeds. */
  readonly n: number;
  /** Every closed-loop metric, by its plain name. */
  readonly scores: Scores;
  /** Mean score of single answers on test rows. */
  readonly openLoop?: number;
  /** Mistakes of an episode up to each horizon, mean over seeds. */
  readonly mistakes?: readonly number[];
  /** The slope of their logarithm against the horizon's; the ends absent under 3 seeds. */
  readonly compounding?: {
    readonly mean: number;
    readonly low?: number;
    readonly high?: number;
    readonly n: number;
  };
}

/** A stage's fitted learning curve, of the error of its own metric. */
export interface StageCurve extends CurveSummary {
  readonly stage: string;
  readonly metric: string;
}

/** What each stage's errors cost a pipeline at one budget. */
export interface PipelineAttribution {
  readonly pipeline: string;
  readonly budget: number;
  /** Upstream first. Gains sum to ceiling − base, as improvements; ends absent under 3 seeds. */
  readonly steps: readonly AttributionStep[];
  /** Mean score as it is, and with every labelled stage true. */
  readonly base: number;
  readonly ceiling: number;
  readonly n: number;
  /** Stages whose gain is shown to be below 0. */
  readonly undone: readonly string[];
  readonly ceilings: readonly StageCeiling[];
  /** Stages on the way to another's answer: how good they have to be can be asked. */
  readonly between: readonly string[];
  /** Test rows by fate, summed over the seeds. */
  readonly blame?: Blame;
  readonly words: string;
}

/** The final score if one stage were perfect. */
export interface StageCeiling {
  readonly stage: string;
  /** What follows as it was trained. */
  readonly frozen: number;
  readonly low?: number;
  readonly high?: number;
  readonly n: number;
  /** What follows trained again on the truth; absent where nobody has measured it (`--oracles` does). */
  readonly retrained?: number;
  /** retrained − frozen as an improvement, paired by seed; a mismatch where it is shown to be above δ. */
  readonly gap?: number;
  readonly mismatch?: boolean;
}

/** The part of a pipeline's error that falls with the rows labelled in one way, as a curve of those rows. */
export interface LabelNeed {
  readonly pipeline: string;
  readonly field: string;
  /** Labels of the field in one row. */
  readonly labelsPerRow: number;
  /** Absent where no curve can be told, which `words` explains. */
  readonly curve?: {
    readonly family: CurveFamily;
    readonly params: Readonly<Record<string, number>>;
    readonly first: number;
    readonly last: number;
  };
  readonly words: string;
}

/** One trial's numbers. `pipeline` is a pipeline id. */
export interface Cell {
  readonly pipeline: string;
  readonly budget: number;
  readonly seed: number;
  readonly seconds: number;
  readonly cached: boolean;
  readonly labels: Readonly<Record<string, number>>;
  readonly cost: number;
  /** Moments that an expert was asked about on top of the budget; absent: none. */
  readonly asked?: number;
  readonly test: Scores;
  readonly train: Scores;
  readonly stages: Readonly<Record<string, Scores>>;
  /** Present where the trial failed: its diagnostic's code and message. Such a cell enters no mean. */
  readonly failed?: { readonly code: string; readonly message: string };
}

/** Mean over seeds of the headline metric with a 95 % interval; `low`/`high` absent under 3 seeds. */
export interface Summary {
  readonly pipeline: string;
  readonly budget: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly n: number;
}

/** A mean of a − b, paired by seed, and what follows from it. */
export interface Judgement {
  readonly a: string;
  readonly b: string;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly n: number;
  /** Two-sided t-test, Holm-adjusted over budgets × pairs; a headline's over pairs. */
  readonly p?: number;
  /** Exact sign-flip p; cannot reach .05 under 6 seeds. */
  readonly signFlip?: number;
  /** Standard error from the finite test set, where rows are scored right or wrong. */
  readonly testSetError?: number;
  /** √(se_seed² + se_test²) */
  readonly totalError?: number;
  readonly verdict: "a" | "b" | "equivalent" | "undecided";
  /** Where undecided: the seeds that would decide it at 80 % power. */
  readonly seedsNeeded?: number;
  /** The verdict in a sentence that cites its numbers. */
  readonly words: string;
}

/** a − b at one budget, paired by seed. */
export interface PairedDifference extends Judgement {
  readonly budget: number;
}

/**
 * The mean of a − b over log₂ n between the first and the last common budget: the paired difference of the areas under
 * the two curves, in the metric's unit.
 */
export interface HeadlineDifference extends Judgement {
  readonly from: number;
  readonly to: number;
}

/** Where two pipelines change places, in rows. */
export interface Crossing {
  readonly a: string;
  readonly b: string;
  readonly kind: "interval" | "one-sided" | "never" | "several" | "not-estimable" | "model-based";
  /** Ends of the interval; one of them where it is one-sided; the outermost of several. */
  readonly low?: number;
  readonly high?: number;
  /** Where the mean difference, or the fitted curves, cross. */
  readonly estimate?: number;
  /** The parts, where there are several. */
  readonly stretches?: readonly {
    readonly low?: number;
    readonly high?: number;
    readonly estimate?: number;
  }[];
  /** Which pipeline is better before it, or wherever it is decided. */
  readonly before?: string;
  /** From the fitted curves: P(they have crossed by 2× and by 4× the last budget). */
  readonly byTwice?: number;
  readonly byFourTimes?: number;
  /** Fewest seeds at any budget it is told from. */
  readonly n: number;
  readonly words: string;
}

/** A pipeline's fitted learning curve. */
export interface CurveSummary {
  readonly pipeline: string;
  readonly status: "ok" | "not-estimable" | "non-monotone";
  readonly family?: CurveFamily;
  /** Of the error, which is 1 − score where higher is better: a, b and the shape's. */
  readonly params?: Readonly<Record<string, number>>;
  /** Seeds behind its intervals. */
  readonly n: number;
  /** First and last fitted budget, and the rows up to which the line runs. */
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
  /** Budgets at chance or with too few seeds. */
  readonly leftOut: readonly number[];
  /** The curve in the metric's unit, by rising rows. */
  readonly line: readonly CurveSpot[];
  /** n½, rows for half the way from chance to the ceiling; absent where chance is not known. */
  readonly half?: HalfWay;
  readonly words: string;
}

/** A place on a fitted curve, with its 95 % interval where 3 seeds span all budgets. */
export interface CurveSpot {
  readonly rows: number;
  readonly score: number;
  readonly low?: number;
  readonly high?: number;
  /** Behind the last budget. */
  readonly extrapolated: boolean;
}

import type { EngineInfo } from "../train/stepper";
import type { Scores } from "../train/events";

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
  /** Filled by the science issue; empty until then, and said so on screen. */
  readonly crossover: readonly [];
  readonly curves: readonly [];
  readonly attribution: readonly [];
  readonly advice: readonly [];
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

/** a − b at one budget, paired by seed. */
export interface PairedDifference {
  readonly a: string;
  readonly b: string;
  readonly budget: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly n: number;
  /** Two-sided t-test, Holm-adjusted over budgets × pairs. */
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

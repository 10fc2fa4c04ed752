/** The rules of science.md §5: transfer, multi-task, end to end. */
export type RuleName = `T${1 | 2 | 3 | 4 | 5}` | `M${1 | 2 | 3 | 4 | 5}` | `E${1 | 2 | 3 | 4 | 5 | 6 | 7}`;

/**
 * What a rule says of these very runs. `holds`: its condition is met; `fails`: it is not; `unknown`: the rule abstains,
 * and says which measurement would decide it.
 */
export interface Advice {
  readonly rule: RuleName;
  readonly title: string;
  readonly outcome: "holds" | "fails" | "unknown";
  /** Pipelines that it is about. */
  readonly about: readonly string[];
  /** A few sentences that cite their numbers. */
  readonly says: string;
  /** A statement with a number that a run can refute; absent where the rule abstains or only describes. */
  readonly prediction?: Prediction;
  /** Cells that it rests on, as `cellId` names them. */
  readonly evidence: readonly string[];
  /** The numbers it rests on. */
  readonly measurements: readonly Measurement[];
  /** The run that would refute the prediction, or decide where the rule abstains. */
  readonly test?: SuggestedRun;
  /** The chance of the prediction coming true that it claims, to be scored by what comes of it. */
  readonly confidence?: number;
}

/** What is expected of a run that hasn't been made: the mean over its seeds of a score or of a gain lies in a range. */
export interface Prediction {
  readonly says: string;
  /** The pipeline whose score it is, or whose gain over `over`. */
  readonly of: string;
  readonly over?: string;
  readonly rows: number;
  /** Name of the score in a cell's test scores. */
  readonly score: string;
  readonly low: number;
  readonly high: number;
}

/** One number behind an advice. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** Seeds, or what else was counted. */
  readonly n: number;
}

/** A run that one click, or one command, starts. */
export interface SuggestedRun {
  readonly says: string;
  readonly pipelines: readonly string[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
}

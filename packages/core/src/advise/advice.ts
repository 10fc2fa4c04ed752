/** The rules of science.md §5: transfer, multi-task, end to end. */
export type RuleName =
  | `T${1 | 2 | 3 | 4 | 5 | 6}`
  | `M${1 | 2 | 3 | 4 | 5}`
  | `E${1 | 2 | 3 | 4 | 5 | 6 | 7}`;

/**
 * What a rule says of these very runs. `holds`: its condition is met; `fails`: it is not; `unknown`: the rule abstains,
 * and says which measurement would decide it.
 */
export interface Advice {
  readonly rule: RuleName;
  readonly title: string;
  readonly outcome: "holds" | "fails" | "unknown";
  /** Pipelines it is about. */
  readonly about: readonly string[];
  /** One or two sentences that cite their numbers. */
  readonly says: string;
  /** A statement with a number that another run can refute; absent where the rule abstains. */
  readonly prediction?: Prediction;
  /** Measurements it rests on, with intervals where there are any. */
  readonly evidence: readonly Evidence[];
  /** The run that would refute the prediction, or decide where the rule abstains. */
  readonly test?: SuggestedRun;
  /** How sure the rule is that its prediction comes true; absent where it abstains. */
  readonly confidence?: number;
}

/** What is expected of a run that hasn't been made. */
export interface Prediction {
  readonly says: string;
  /** The quantity, told so that a program can check it: a − b of the headline score at a number of rows. */
  readonly a?: string;
  readonly b?: string;
  readonly rows?: number;
  readonly low?: number;
  readonly high?: number;
}

/** One number behind an advice. */
export interface Evidence {
  readonly what: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** Seeds, or rows. */
  readonly n: number;
  /** Cells it was measured in, as `pipeline · budget · seed`. */
  readonly cells?: readonly string[];
}

/** A run that one click, or one command, starts. */
export interface SuggestedRun {
  readonly says: string;
  readonly pipelines: readonly string[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
}

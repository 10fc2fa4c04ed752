import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Blame } from "../measure/attribution/blame";
import type { Upstream } from "../measure/attribution/precedence";
import type { ClosedLoopResult } from "./closed-loop";
import type { AskedLabels } from "./gathered-rows";
import type { EngineInfo } from "./stepper";

/** Metric name → value. */
export type Scores = Readonly<Record<string, number>>;

/** What happened in a trial, in order. Plain JSON; a run is a fold over them (train/fold.ts). */
export type RunEvent =
  | {
      readonly type: "run.started";
      readonly engine: EngineInfo;
      readonly phases: readonly {
        readonly id: string;
        readonly stages: readonly string[];
        readonly steps: number;
      }[];
    }
  | { readonly type: "phase.started"; readonly phase: string; readonly because: string }
  | { readonly type: "phase.cached"; readonly phase: string; readonly because: string }
  | { readonly type: "phase.resumed"; readonly phase: string; readonly step: number }
  | {
      readonly type: "steps.finished";
      readonly phase: string;
      readonly step: number;
      readonly loss: number;
      readonly byHead: Scores;
      readonly validationLoss?: number;
      readonly stepsPerSecond: number;
    }
  | {
      readonly type: "examples.predicted";
      readonly phase: string;
      readonly step: number;
      readonly examples: readonly ExamplePrediction[];
    }
  | {
      readonly type: "phase.finished";
      readonly phase: string;
      readonly step: number;
      readonly bestStep: number;
      readonly seconds: number;
      readonly stopped: "steps" | "early" | "budget";
      /** Why its steps ran op by op in an engine of programs. */
      readonly eagerBecause?: string;
    }
  | { readonly type: "run.finished"; readonly result: TrialResult }
  | { readonly type: "run.failed"; readonly diagnostic: Diagnostic }
  | { readonly type: "run.cancelled"; readonly step: number };

/** Truth and prediction of one record at one head, in words. */
export interface ExamplePrediction {
  readonly row: number;
  readonly stage: string;
  readonly port: string;
  readonly truth: string;
  readonly predicted: string;
}

/** One trial's headline score with the outputs of sets of stages replaced by the truth. */
export interface OracleResult {
  /** Stages with a label that lead to an answer, upstream first. */
  readonly stages: readonly string[];
  readonly upstream: Upstream;
  readonly scores: readonly SetScore[];
  /** The same sets under the environment's other conditions. Absent without an environment. */
  readonly elsewhere?: readonly { readonly condition: string; readonly scores: readonly SetScore[] }[];
  /** Stages whose followers were trained on the truth: retraining them on it would change nothing. */
  readonly onTruth: readonly string[];
  /** Stages on the way to another's answer: how good they have to be can be asked. Absent in results of before. */
  readonly between?: readonly string[];
  /** Test rows by fate, where answers and stages are right or wrong. */
  readonly blame?: Blame;
}

/** The headline score with the outputs of some stages replaced by the truth. */
export interface SetScore {
  readonly replaced: readonly string[];
  readonly score: number;
}

/** What became of one stage in one trial. */
export interface StageResult {
  readonly scores: Scores;
  /** Fields whose labels it learned from. */
  readonly labels?: readonly string[];
  /** Scores of a constant prediction on the same labels. */
  readonly chance?: Scores;
  /** sha-256 over all weights in layer order; absent for stages that train nothing. */
  readonly weights?: string;
  readonly artifact?: string;
  /** Why its steps ran op by op in an engine of programs; absent where they didn't. */
  readonly eagerBecause?: string;
  /** What it started from instead of nothing; `rows` is what that was trained on, where it is known. */
  readonly startedFrom?: { readonly artifact: string; readonly rows?: number };
  readonly phases: readonly string[];
  readonly steps: number;
  readonly cached: boolean;
  readonly because: string;
}

/** The outcome of one pipeline × one budget × one seed. */
export interface TrialResult {
  readonly plan: string;
  readonly budget: number;
  readonly seed: number;
  readonly engine: EngineInfo;
  readonly test: Scores;
  readonly train: Scores;
  /** Labels used, by field: entries that were there and allowed by the budget. */
  readonly labels: Readonly<Record<string, number>>;
  readonly cost: number;
  readonly seconds: number;
  readonly stages: Readonly<Record<string, StageResult>>;
  /** Per test row: 1 right, 0 wrong, −1 not scored; only where the headline metric is a share of right rows. For test-set variance. */
  readonly correct?: readonly number[];
  readonly testRows: number;
  /** Test scores of the best constant answer. Absent in results of before it was measured. */
  readonly chance?: Scores;
  /** Absent where every labelled stage is an answer itself. */
  readonly oracles?: OracleResult;
  /** Every episode in the problem's environment, where it has one; its means are among the test scores. */
  readonly closedLoop?: ClosedLoopResult;
  /** What to know before trusting the numbers, for example heads with too few test labels. */
  readonly notes?: readonly Diagnostic[];
  /** What an expert was asked beside the budget; absent: nothing. Part of `labels` and `cost`. */
  readonly asked?: AskedLabels;
}

import type { TrainingPlan } from "../compile/plan";
import type { ProblemData } from "../data/column";
import type { Environment } from "../environment/environment";
import type { Seed } from "../ids";
import type { ProblemSchema } from "../problem/document";
import type { StageRegistry } from "../stages/stage";
import type { AskedLabels } from "./gathered-rows";
import type { PredictionStore } from "./kept-predictions";
import type { Engine, StepperState } from "./stepper";

/** Training rows a trial may use, or rows whose labels it may use per field (the largest is the number of rows). */
export type Budget = number | Readonly<Record<string, number>>;

/** One pipeline × one budget × one seed, ready to run. */
export interface Trial {
  readonly plan: TrainingPlan;
  readonly problem: ProblemSchema;
  readonly budget: Budget;
  readonly seed: Seed;
}

/**
 * The unit that a regression head learns in: its labels' mean and spread over the training rows, one entry a value.
 * Predictions are turned back: value = raw × spread + mean.
 */
export interface TargetScale {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

/** What a trained phase leaves behind: enough to predict, to start another stage from, and to report. */
export interface PhaseArtifact {
  /** Weights, without the optimiser's slots. */
  readonly state: StepperState;
  /** By network output; heads that are not named here give values as they are. */
  readonly scales: Readonly<Record<string, TargetScale>>;
  readonly bestStep: number;
  readonly steps: number;
  readonly stopped: "steps" | "early" | "budget";
  readonly seconds: number;
  /** Rows that it learned from and was stopped by. Absent in artifacts of before it was noted. */
  readonly rows?: number;
  /** What an expert was asked for it, in all rounds; absent where it learned from the budget's rows alone. */
  readonly asked?: AskedLabels;
  /** Why its steps ran op by op in an engine of programs; absent where they didn't. */
  readonly eagerBecause?: string;
  /** sha-256 over each stage's weights, in layer order. */
  readonly weights: Readonly<Record<string, string>>;
}

/** A phase in the middle: resuming it gives the same bits as never having stopped. */
export interface PhaseCheckpoint {
  readonly state: StepperState;
  /** Position in the row stream, and the stream's state at the start of the current pass. */
  readonly cursor: { readonly pass: number; readonly offset: number };
  readonly best: { readonly step: number; readonly loss: number; readonly state: StepperState } | undefined;
  readonly checksWithoutBest: number;
}

/**
 * Content-addressed storage for phases. `key` is a sha-256 over everything that can change the result.
 * Implementations verify bytes on reading; a damaged entry is a miss.
 */
export interface StageCache {
  get(key: string): Promise<PhaseArtifact | undefined>;
  put(key: string, artifact: PhaseArtifact, facts: Readonly<Record<string, string>>): Promise<void>;
  /** Why the nearest earlier entry of the same stage does not fit: the facts that differ. For "because". */
  explainMiss(facts: Readonly<Record<string, string>>): Promise<readonly string[]>;
  getCheckpoint(key: string): Promise<PhaseCheckpoint | undefined>;
  putCheckpoint(key: string, checkpoint: PhaseCheckpoint): Promise<void>;
  /** Waits until no other process trains this key; resolves to the release function. */
  lock(key: string, signal: AbortSignal): Promise<() => Promise<void>>;
}

/** What the outside gives to a trial. */
export interface TrialHost {
  readonly engine: Engine;
  readonly data: ProblemData;
  /** The world of the problem, where its schema names one. */
  readonly environment?: Environment;
  readonly cache: StageCache;
  /** What trained networks gave before, if that is kept: by this very engine. */
  readonly predictions?: PredictionStore;
  /** The kinds that the plan was compiled with; absent: the standard ones. */
  readonly stages?: StageRegistry;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds; never used for anything but reporting and pacing. */
  now(): number;
  /** Lets the process answer messages; awaited between chunks of steps. */
  breathe(): Promise<void>;
}

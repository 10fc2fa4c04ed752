import type { Checked, Diagnostic } from "@seams/core";
import type { EngineInfo, Trial } from "@seams/core/train";
import type { TraceView, ValueEdits } from "@seams/runner";

/**
 * One record to be sent through one trained pipeline. Goes from the API to its own child process, made with the same
 * types: what comes from people in it was checked at the door.
 */
export interface TraceOrder {
  /** What the opened pipeline is kept under: the trial's id. */
  readonly key: string;
  readonly trial: Trial;
  /** The engine on the trial's result. */
  readonly engine: EngineInfo;
  /** SEAMS_HOME */
  readonly home: string;
  /** What `openProblem` finds the problem by, and the hash that its records had. */
  readonly problem: string;
  readonly hash: string;
  /** Among the test rows. */
  readonly position: number;
  readonly edits: ValueEdits;
}

/** An order under a number that its answer repeats. */
export interface NumberedOrder {
  readonly number: number;
  readonly order: TraceOrder;
}

/** What came of an order. */
export interface TraceAnswer {
  readonly number: number;
  readonly answer: Checked<TraceView>;
}

/** The answer where something is wrong with the order. */
export const refusedTrace = (diagnostics: readonly Diagnostic[]): Checked<TraceView> => ({
  value: undefined,
  diagnostics,
});

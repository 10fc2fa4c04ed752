import type { Checked, Diagnostic } from "@seams/core";
import type { DoseQuestion, DoseScores, EngineInfo, Trial } from "@seams/core/train";
import type { ReplayQuestion, ReplayView, TraceView, ValueEdits } from "@seams/runner";

/** What is asked of a trained pipeline, and what is answered. */
export interface Asks {
  /** A test record, by its position, with values given by hand. */
  readonly trace: {
    readonly ask: { readonly position: number; readonly edits: ValueEdits };
    readonly view: TraceView;
  };
  /** An episode of the problem's environment. */
  readonly replay: { readonly ask: ReplayQuestion; readonly view: ReplayView };
  /** One stage made perfect, and worse again. */
  readonly doses: { readonly ask: DoseQuestion; readonly view: DoseScores };
}

/**
 * One question to one trained pipeline. Goes from the API to its own child process, made with the same types: what comes
 * from people in it was checked at the door.
 */
export interface TraceOrder<Of extends keyof Asks = keyof Asks> {
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
  readonly asks: Of;
  readonly ask: Asks[Of]["ask"];
}

/** An order under a number that its answer repeats. */
export interface NumberedOrder {
  readonly number: number;
  readonly order: { [Of in keyof Asks]: TraceOrder<Of> }[keyof Asks];
}

/** What came of an order. */
export interface TraceAnswer {
  readonly number: number;
  readonly answer: Checked<Asks[keyof Asks]["view"]>;
}

/** The answer where something is wrong with the order. */
export const refusedTrace = (diagnostics: readonly Diagnostic[]): Checked<never> => ({
  value: undefined,
  diagnostics,
});

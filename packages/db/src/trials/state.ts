import type { Diagnostic } from "@seams/core";
import type { TrialResult } from "@seams/core/train";

/** Where a trial stands. `done` is final for ever; `failed` and `cancelled` end only when a person resumes it. */
export type TrialStatus = "queued" | "running" | "done" | "failed" | "cancelled";

/** The part of a trial that decides what may happen next. */
export interface TrialState {
  readonly status: TrialStatus;
  /** Starts so far, and the fencing token of the newest. */
  readonly attempt: number;
  /** Workers lost since a person last started or resumed the trial. */
  readonly lost: number;
}

/** What may be asked of a trial. Workers name the attempt they speak for. */
export type TrialCommand =
  | { readonly ask: "claim"; readonly worker: string; readonly leaseSeconds: number }
  | { readonly ask: "finish"; readonly attempt: number; readonly result: TrialResult }
  | { readonly ask: "fail"; readonly attempt: number; readonly diagnostic: Diagnostic }
  /** The worker stops in order: another one goes on. */
  | { readonly ask: "release"; readonly attempt: number }
  /** The worker is gone: another one goes on, unless too many were lost. */
  | { readonly ask: "lose"; readonly attempt: number; readonly diagnostic: Diagnostic }
  | { readonly ask: "cancel" }
  | { readonly ask: "resume" };

/** A trial that loses this many workers in a row is what kills them. */
export const MAX_LOST_WORKERS = 3;

/**
 * The state after a command; undefined where the command is out of place: too late, of an attempt that was replaced,
 * or against an end that is final.
 */
export function nextState(state: TrialState, command: TrialCommand): TrialState | undefined {
  switch (command.ask) {
    case "claim":
      return state.status === "queued"
        ? { ...state, status: "running", attempt: state.attempt + 1 }
        : undefined;
    case "cancel":
      return state.status === "queued" || state.status === "running"
        ? { ...state, status: "cancelled" }
        : undefined;
    case "resume":
      return state.status === "failed" || state.status === "cancelled"
        ? { ...state, status: "queued", lost: 0 }
        : undefined;
    case "finish":
    case "fail":
    case "release":
    case "lose":
      return state.status === "running" && state.attempt === command.attempt
        ? afterWorker(state, command.ask)
        : undefined;
  }
}

function afterWorker(state: TrialState, ask: "finish" | "fail" | "release" | "lose"): TrialState {
  switch (ask) {
    case "finish":
      return { ...state, status: "done" };
    case "fail":
      return { ...state, status: "failed" };
    case "release":
      return { ...state, status: "queued" };
    case "lose": {
      const lost = state.lost + 1;
      return { ...state, status: lost < MAX_LOST_WORKERS ? "queued" : "failed", lost };
    }
  }
}

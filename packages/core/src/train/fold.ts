import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ExamplePrediction, RunEvent, Scores, TrialResult } from "./events";
import type { EngineInfo } from "./stepper";

/** One point of a phase's curve. */
export interface CurvePoint {
  readonly step: number;
  /** Training time of the phase up to here, over all its attempts. */
  readonly seconds: number;
  readonly loss: number;
  readonly byHead: Scores;
  readonly validationLoss?: number;
}

/** What is known about a phase. */
export interface PhaseView {
  readonly id: string;
  readonly stages: readonly string[];
  /** At most so many. */
  readonly steps: number;
  readonly status: "waiting" | "running" | "cached" | "done" | "failed" | "cancelled";
  readonly because?: string;
  readonly resumedAt?: number;
  readonly step: number;
  readonly curve: readonly CurvePoint[];
  readonly stepsPerSecond?: number;
  readonly examples: readonly ExamplePrediction[];
  readonly bestStep?: number;
  readonly seconds?: number;
  readonly stopped?: "steps" | "early" | "budget";
  /** Why its steps ran op by op in an engine of programs. */
  readonly eagerBecause?: string;
}

/** What is known about a trial: a fold over its events, the same on screen, on the command line and in tests. */
export interface RunView {
  readonly status: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly engine?: EngineInfo;
  readonly phases: readonly PhaseView[];
  readonly result?: TrialResult;
  readonly diagnostic?: Diagnostic;
}

/** Before the first event. */
export const emptyRun: RunView = { status: "waiting", phases: [] };

/** The view after one more event. A trial that is run again, from a checkpoint or not, goes on in the same view. */
export function foldRun(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case "run.started":
      return {
        status: "running",
        engine: event.engine,
        phases: event.phases.map((phase) => waiting(view, phase)),
      };
    case "run.finished":
      return { ...view, status: "done", result: event.result };
    case "run.failed":
      return { ...endRunning(view, "failed"), status: "failed", diagnostic: event.diagnostic };
    case "run.cancelled":
      return { ...endRunning(view, "cancelled"), status: "cancelled" };
    case "phase.started":
    case "phase.cached":
    case "phase.resumed":
    case "steps.finished":
    case "examples.predicted":
    case "phase.finished":
      return {
        ...view,
        phases: view.phases.map((phase) => (phase.id === event.phase ? foldPhase(phase, event) : phase)),
      };
  }
}

type PhaseEvent = Extract<RunEvent, { readonly phase: string }>;

function foldPhase(phase: PhaseView, event: PhaseEvent): PhaseView {
  switch (event.type) {
    case "phase.started":
      return { ...phase, status: "running", because: event.because };
    case "phase.cached":
      return { ...phase, status: "cached", because: event.because };
    case "phase.resumed":
      return { ...phase, status: "running", resumedAt: event.step, step: event.step };
    case "steps.finished": {
      const { step, loss, byHead, validationLoss, stepsPerSecond } = event;
      // After a restart steps may come again; they are the same steps.
      const before = phase.curve.filter((earlier) => earlier.step < step);
      const last = before.at(-1) ?? { step: 0, seconds: 0 };
      const seconds = last.seconds + (stepsPerSecond > 0 ? (step - last.step) / stepsPerSecond : 0);
      const point = {
        step,
        seconds,
        loss,
        byHead,
        ...(validationLoss === undefined ? {} : { validationLoss }),
      };
      const curve = [...before, point];
      return { ...phase, step, curve, stepsPerSecond };
    }
    case "examples.predicted":
      return { ...phase, examples: event.examples };
    case "phase.finished": {
      const { step, bestStep, seconds, stopped, eagerBecause } = event;
      const eager = eagerBecause === undefined ? {} : { eagerBecause };
      return { ...phase, status: "done", step, bestStep, seconds, stopped, ...eager };
    }
  }
}

type PhaseFacts = Extract<RunEvent, { type: "run.started" }>["phases"][number];

/** A phase that has not begun in this attempt; what an earlier attempt has shown of it stays. */
function waiting(view: RunView, { id, stages, steps }: PhaseFacts): PhaseView {
  const earlier = view.phases.find((phase) => phase.id === id);
  const { step, curve, examples } = earlier ?? { step: 0, curve: [], examples: [] };
  return { id, stages, steps, status: "waiting", step, curve, examples };
}

const endRunning = (view: RunView, status: "failed" | "cancelled"): RunView => ({
  ...view,
  phases: view.phases.map((phase) => (phase.status === "running" ? { ...phase, status } : phase)),
});

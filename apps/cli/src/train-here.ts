import { chooseBackend, type ProblemData, seed } from "@seams/core";
import {
  emptyRun,
  foldRun,
  type RunEvent,
  type RunView,
  type Trial,
  type TrialResult,
} from "@seams/core/train";
import { machineFacts, runTrial, seamsHome } from "@seams/runner";
import type { CompiledGraph } from "./compile-graph";
import { writeCount } from "./numbers";
import type { Terminal } from "./terminal";

/** Which trial of a pipeline. */
export interface TrialPlace {
  readonly budget: number;
  readonly seed: number;
}

/** A trial that was run in this process. */
export interface TrainedHere {
  readonly trial: Trial;
  readonly data: ProblemData;
  /** Absent where it failed, which the run then says, or a person has cancelled it. */
  readonly result: TrialResult | undefined;
  readonly run: RunView;
}

/** How a trial is run. */
export interface TrainHereCall {
  readonly terminal: Terminal;
  /** From `interruptible`, which a command asks once. */
  readonly signal: AbortSignal;
  /** Sees each event before the progress is shown. */
  onEvent?(event: RunEvent): void;
}

/** Runs a trial, or takes it from the cache, and shows how far it is. */
export async function trainHere(
  { plan, problem }: CompiledGraph,
  at: TrialPlace,
  { terminal, signal, onEvent }: TrainHereCall,
): Promise<TrainedHere> {
  const data = await problem.load();
  const trial = { plan, problem: problem.schema, budget: at.budget, seed: seed(at.seed) };
  let run = emptyRun;
  const result = await runTrial(trial, {
    home: seamsHome(),
    data,
    environment: problem.environment,
    backend: chooseBackend([plan], await machineFacts(seamsHome())),
    signal,
    onEvent: (event) => {
      run = foldRun(run, event);
      onEvent?.(event);
      terminal.progress(progressOf(run));
    },
    onNotice: (words) => terminal.err(`${words}\n`),
  });
  terminal.clearProgress();
  return { trial, data, result, run };
}

/** Where the trial is, in one line. */
function progressOf({ phases }: RunView): string {
  const phase = phases.findLast(({ status }) => status === "running");
  if (phase === undefined) return "…";
  const last = phase.curve.at(-1);
  const validation = last?.validationLoss;
  return [
    phase.id,
    `step ${writeCount(phase.step)} of at most ${writeCount(phase.steps)}`,
    ...(last === undefined ? [] : [`loss ${last.loss.toPrecision(3)}`]),
    ...(validation === undefined ? [] : [`validation ${validation.toPrecision(3)}`]),
    ...(phase.stepsPerSecond === undefined
      ? []
      : [`${writeCount(Math.round(phase.stepsPerSecond))} steps/s`]),
  ].join(" · ");
}

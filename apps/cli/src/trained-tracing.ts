import { type Diagnostic, seed } from "@seams/core";
import { emptyRun, foldRun, type RunEvent } from "@seams/core/train";
import { openTracing, runTrial, seamsHome, type Tracing } from "@seams/runner";
import type { CommandContext } from "./command";
import type { CompiledGraph } from "./compile-graph";
import { progressOf } from "./commands/train";
import { interruptible } from "./interrupt";

/** A trained pipeline ready for records, or why there is none; neither where a person has cancelled. */
export interface TrainedTracing {
  readonly tracing?: Tracing;
  readonly failed?: readonly Diagnostic[];
}

/** Trains a pipeline where the cache doesn't have it, and opens it. */
export async function trainedTracing(
  { plan, problem }: CompiledGraph,
  at: { readonly budget: number; readonly seed: number },
  { terminal }: CommandContext,
): Promise<TrainedTracing> {
  const data = await problem.load();
  const { environment } = problem;
  const home = seamsHome();
  const trial = { plan, problem: problem.schema, budget: at.budget, seed: seed(at.seed) };
  let run = emptyRun;
  const result = await runTrial(trial, {
    home,
    data,
    environment,
    signal: interruptible(terminal),
    onEvent: (event: RunEvent) => {
      run = foldRun(run, event);
      terminal.progress(progressOf(run));
    },
    onNotice: (words) => terminal.err(`${words}\n`),
  });
  terminal.clearProgress();
  if (result === undefined) return run.diagnostic === undefined ? {} : { failed: [run.diagnostic] };
  const { value, diagnostics } = await openTracing(trial, { home, data, environment, engine: result.engine });
  return value === undefined ? { failed: diagnostics } : { tracing: value };
}

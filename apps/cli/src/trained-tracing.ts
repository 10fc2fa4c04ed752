import type { Diagnostic } from "@seams/core";
import { openTracing, seamsHome, type Tracing } from "@seams/runner";
import type { CompiledGraph } from "./compile-graph";
import { trainHere, type TrainHereCall, type TrialPlace } from "./train-here";

/** A trained pipeline ready for records, or why there is none; neither where a person has cancelled. */
export interface TrainedTracing {
  readonly tracing?: Tracing;
  readonly failed?: readonly Diagnostic[];
}

/** Trains a pipeline where the cache doesn't have it, and opens it. */
export async function trainedTracing(
  compiled: CompiledGraph,
  at: TrialPlace,
  call: TrainHereCall,
): Promise<TrainedTracing> {
  const { trial, data, result, run } = await trainHere(compiled, at, call);
  if (result === undefined) return run.diagnostic === undefined ? {} : { failed: [run.diagnostic] };
  const { environment } = compiled.problem;
  const { engine } = result;
  const { value, diagnostics } = await openTracing(trial, { home: seamsHome(), data, environment, engine });
  return value === undefined ? { failed: diagnostics } : { tracing: value };
}

import type { TrainPhase } from "../compile/plan";
import { inputArrays } from "./prepare";
import type { FedInput } from "./presence";
import type { ResidentArray } from "./stepper";
import type { PhaseArtifact, TrialHost } from "./trial";

/** Rows predicted between two breaths. */
const CHUNK_ROWS = 512;

/** What a prediction is made with. */
export interface PredictionQuestion {
  readonly phase: TrainPhase;
  readonly artifact: PhaseArtifact;
  /** The inputs that these outputs need, over all rows. */
  readonly fed: readonly FedInput[];
  readonly outputs: readonly string[];
  /** Inputs whose values are raw already, by name; the others are encoded from `fed`. */
  readonly raw?: Readonly<Record<string, ResidentArray>>;
}

/**
 * Raw values of a trained phase's outputs, rows × the output's size.
 * @throws the signal's reason when it is aborted in between
 */
export async function predictRaw(
  { phase, artifact, fed, outputs, raw = {} }: PredictionQuestion,
  host: Pick<TrialHost, "engine" | "signal" | "breathe">,
): Promise<Readonly<Record<string, Float32Array>>> {
  const rows = fed[0]?.column.rows ?? 0;
  const spec = { network: phase.network, losses: [], optimiser: phase.optimiser, batchSize: CHUNK_ROWS };
  const stepper = await host.engine.stepper(spec, artifact.state);
  try {
    const encoded = fed.filter(({ input }) => !Object.hasOwn(raw, input.name));
    stepper.bind({ ...inputArrays(phase, encoded), ...raw });
    const parts: Readonly<Record<string, Float32Array>>[] = [];
    for (let start = 0; start < rows; start += CHUNK_ROWS) {
      host.signal.throwIfAborted();
      const chunk = Int32Array.from({ length: Math.min(CHUNK_ROWS, rows - start) }, (_, k) => start + k);
      parts.push(await stepper.predict(chunk, outputs));
      await host.breathe();
    }
    return Object.fromEntries(outputs.map((output) => [output, joined(parts.map((part) => part[output]))]));
  } finally {
    stepper.dispose();
  }
}

function joined(parts: readonly (Float32Array | undefined)[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (part === undefined) throw new Error("predict: the engine left an output out");
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

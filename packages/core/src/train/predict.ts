import type { TrainPhase } from "../compile/plan";
import { inputArrays } from "./prepare";
import type { FedInput } from "./presence";
import type { ResidentArray, Stepper } from "./stepper";
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

/** Raw values by output: rows × the output's size. */
type RawValues = Readonly<Record<string, Float32Array>>;

/** Runs trained networks. */
export interface Predictor {
  /**
   * Raw values of a trained phase's outputs.
   * @throws the signal's reason when it is aborted in between
   */
  predict(question: PredictionQuestion): Promise<RawValues>;
  /** The same for a network that will not be asked again. */
  predictOnce(question: PredictionQuestion): Promise<RawValues>;
}

type PredictionHost = Pick<TrialHost, "engine" | "signal" | "breathe">;

/** A predictor that makes every network anew: for many rows at a time. */
export function createPredictor(host: PredictionHost): Predictor {
  const predict = async (question: PredictionQuestion): Promise<RawValues> => {
    const stepper = await makeStepper(question, host);
    try {
      return await predictWith(stepper, question, host);
    } finally {
      stepper.dispose();
    }
  };
  return { predict, predictOnce: predict };
}

/** A predictor that keeps every network until it is disposed of: for few rows, again and again. */
export function createKeepingPredictor(host: PredictionHost): Predictor & { dispose(): void } {
  const kept = new Map<PhaseArtifact, Stepper>();
  return {
    predict: async (question) => {
      const stepper = kept.get(question.artifact) ?? (await makeStepper(question, host));
      kept.set(question.artifact, stepper);
      return predictWith(stepper, question, host);
    },
    predictOnce: createPredictor(host).predict,
    dispose: () => {
      for (const stepper of kept.values()) stepper.dispose();
      kept.clear();
    },
  };
}

const makeStepper = ({ phase, artifact }: PredictionQuestion, host: PredictionHost): Promise<Stepper> =>
  host.engine.stepper(
    { network: phase.network, losses: [], optimiser: phase.optimiser, batchSize: CHUNK_ROWS },
    artifact.state,
  );

async function predictWith(
  stepper: Stepper,
  { phase, fed, outputs, raw = {} }: PredictionQuestion,
  host: PredictionHost,
): Promise<RawValues> {
  const rows = fed[0]?.column.rows ?? 0;
  const encoded = fed.filter(({ input }) => !Object.hasOwn(raw, input.name));
  stepper.bind({ ...inputArrays(phase, encoded), ...raw });
  const parts: RawValues[] = [];
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    host.signal.throwIfAborted();
    const chunk = Int32Array.from({ length: Math.min(CHUNK_ROWS, rows - start) }, (_, k) => start + k);
    parts.push(await stepper.predict(chunk, outputs));
    await host.breathe();
  }
  return Object.fromEntries(outputs.map((output) => [output, joined(parts.map((part) => part[output]))]));
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

import type { Network, Shape } from "../layers/layer";
import type { LossName } from "../losses/index";
import type { WordKey } from "../random/words";

/**
 * How a head's sum over labelled slots becomes a number (science.md §1).
 * `expected` divides by B·π, the labelled slots expected in a batch (π from the training rows, 1/π at most 20);
 * `batch` divides by B·slots; `labelled` divides by the labelled slots in this batch (0 labelled: loss 0).
 */
export type Normalise = "expected" | "batch" | "labelled";

/** One head's loss in a step. */
export interface StepLoss {
  /** Output of the network that is the head's raw values: [batch, slots × width]. */
  readonly output: string;
  /** Resident array of targets. Softmax, ctc: [rows, slots] indices; else [rows, slots × width] values. */
  readonly target: string;
  /** Resident array of masks, [rows, slots], 1 = labelled. */
  readonly mask: string;
  readonly loss: LossName;
  readonly slots: number;
  /** Values per slot: classes for softmax, 1 for a flag or scalar, 4 for a box, size for a vector. */
  readonly width: number;
  readonly weight: number;
  readonly normalise: Normalise;
  /** π: labelled slots / all slots over the training rows, in (0, 1]. */
  readonly share: number;
  /** Loss of the best constant predictor on the training rows; the head's loss is divided by it (unit scale). */
  readonly unit: number;
}

/**
 * How a learning rate moves with the steps: up from 0 over the first `warmUp` steps, then as its shape says. The formula:
 * train/learning-rate.ts.
 */
export type RateSchedule =
  | { readonly shape: "constant"; readonly warmUp: number }
  /** Down to 0 in half a wave, over the steps up to `steps`. */
  | { readonly shape: "cosine"; readonly warmUp: number; readonly steps: number }
  /** Times `factor` every so many steps. */
  | { readonly shape: "step"; readonly warmUp: number; readonly every: number; readonly factor: number };

/** Optimiser settings of one phase. Adam: Kingma & Ba 2015; AdamW: Loshchilov & Hutter 2019. */
export interface OptimiserSpec {
  readonly name: "sgd" | "adam" | "adamw";
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /**
   * Longest gradient, of all trained weights together: a longer one is shortened to it before the optimiser sees it.
   * Absent: none is. Pascanu et al. 2013, algorithm 1.
   */
  readonly clipNorm?: number;
  /** Absent: the learning rate stays what it is. */
  readonly schedule?: RateSchedule;
  /** Factor on the learning rate per layer id; 0 freezes the layer: in training it does what it does afterwards. Absent: 1. */
  readonly layerRates: Readonly<Record<string, number>>;
}

/** Everything a form of the engine must know to compile one training step. Plain JSON. */
export interface StepSpec {
  readonly network: Network;
  readonly losses: readonly StepLoss[];
  readonly optimiser: OptimiserSpec;
  readonly batchSize: number;
  /** Keys of the random words that layers draw in training, by layer id: made by `drawKeys`. */
  readonly drawKeys?: Readonly<Record<string, WordKey>>;
}

/** One array kept where the steps run. Rows first. */
export interface ResidentArray {
  readonly rows: number;
  /** Shape of one record. */
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Weights by `layer/weight`, optimiser slots by `slot/layer/weight`, and the number of steps done. */
export interface StepperState {
  readonly steps: number;
  readonly arrays: Readonly<Record<string, { readonly shape: Shape; readonly data: Float32Array }>>;
}

/** What a run of steps reports. */
export interface StepReport {
  /** Weighted total loss of each step. */
  readonly losses: Float32Array;
  /** Mean over the steps of each loss term (unweighted, unit-scaled), by output name. */
  readonly byOutput: Readonly<Record<string, number>>;
  /** The first step (0-based, within this call) whose loss, gradient or weight was not finite. Weights before it were kept. */
  readonly nonFiniteAt?: number;
}

/**
 * A compiled training step, its weights and its data. The one interface behind which eager, wasm-program and
 * native-program forms live. Same spec, state, data and rows: same bits, on the same backend.
 */
export interface Stepper {
  /** Why this step runs op by op in an engine of programs; absent where it runs as the engine's `info` says. */
  readonly eagerBecause?: string;
  /** Makes arrays resident: network inputs, targets and masks, by name. Replaces arrays of the same name. */
  bind(arrays: Readonly<Record<string, ResidentArray>>): void;
  /** Runs rows.length / batchSize steps, each on the next batchSize row numbers. */
  run(rows: Int32Array): Promise<StepReport>;
  /** Losses over these rows without training: total weighted loss and per output; any number of rows. */
  evaluate(
    rows: Int32Array,
  ): Promise<{ readonly loss: number; readonly byOutput: Readonly<Record<string, number>> }>;
  /** Raw outputs for these rows: each rows.length × the output's size. */
  predict(rows: Int32Array, outputs: readonly string[]): Promise<Readonly<Record<string, Float32Array>>>;
  read(): Promise<StepperState>;
  /** @throws Error when a name or shape does not fit the spec */
  write(state: StepperState): void;
  dispose(): void;
}

/** What stands on every result: which numbers came from which machinery. */
export interface EngineInfo {
  readonly version: string;
  readonly backend: "native" | "wasm" | "cpu";
  readonly form: "program" | "eager";
  /** Id of the kernels used beside the stock ones. */
  readonly kernels: string;
  readonly threads: number;
  readonly node: string;
  /** Why this backend and this form. Not part of what makes two engines the same. */
  readonly because?: string;
}

/** Makes steppers. One engine per process. */
export interface Engine {
  readonly info: EngineInfo;
  /** Weights start from `init`, made by `initialState` of train/initial-state.ts or read from an artifact. */
  stepper(spec: StepSpec, init: StepperState): Promise<Stepper>;
  /** Live tensors, for leak tests. */
  liveTensors(): number;
}

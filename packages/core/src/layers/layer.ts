import type * as tfjs from "@tensorflow/tfjs-core";

/** The tfjs API as an argument: core never loads TensorFlow itself. */
export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** A tensor's shape without its batch axis. */
export type Shape = readonly number[];

/**
 * One layer in a network's list. The list is in order: `from` names earlier layers or inputs.
 * Plain JSON: it is hashed, printed, sent to workers and compiled to step programs.
 */
export interface Layer {
  /** Unique in its network, for example `hidden1`. */
  readonly id: string;
  /** Name of the layer kind, for example `dense`. */
  readonly kind: string;
  readonly params: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  readonly from: readonly string[];
}

/** A network as data. Everything about it (shapes, weights, cost, training, export) follows from this list. */
export interface Network {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly layers: readonly Layer[];
  /** Output name → layer id. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * How a weight starts. `glorot-uniform`: U(±√(6/(in+out))). `he-normal`: N(0, 2/in). `unit-normal`: N(0, 1/out), so that
 * a row of `out` values has length 1. `second-quarter-ones`: 1 in the second of four equal parts, else 0. Fans are the weight spec's.
 */
export type Initialiser =
  | "glorot-uniform"
  | "he-normal"
  | "unit-normal"
  | "second-quarter-ones"
  | "zeros"
  | "ones";

/** One weight array of a layer. */
export interface WeightSpec {
  /** Unique in its layer, for example `kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly init: Initialiser;
  readonly fanIn: number;
  readonly fanOut: number;
  /** False for what travels with the weights and no gradient changes, such as the mean and spread of `standardise`. */
  readonly trainable: boolean;
  /** Present where a training step itself sets it, by `ForwardContext.move`: moving statistics. */
  readonly moves?: true;
}

/** What a forward pass may know beside its inputs and weights. */
export type ForwardContext =
  | { readonly training: false }
  | {
      readonly training: true;
      /**
       * What this layer's values are multiplied with in this step: 0 with probability `rate`, else 1 / (1 − rate).
       * @throws Error when the spec has no key for what the layer draws
       */
      mask(shape: number[], rate: number): Tensor;
      /**
       * Sets one of the layer's own weights that move, when the step is over and if it is taken.
       * @param weight its name in the layer
       */
      move(weight: string, next: Tensor): void;
    };

/**
 * A layer kind answers every question about its layers; one folder each under `layers/`.
 * All functions are pure. `params` were checked by `check` before anything else is asked.
 */
export interface LayerKind {
  readonly kind: string;
  /** One sentence for the docs. */
  readonly summary: string;
  /** Reason why these params or input shapes cannot be, or undefined when they can. */
  check(params: Layer["params"], inputs: readonly Shape[]): string | undefined;
  shape(params: Layer["params"], inputs: readonly Shape[]): Shape;
  weights(params: Layer["params"], inputs: readonly Shape[]): readonly WeightSpec[];
  /** Multiply–adds count as 2, a bias as part of its sum; forward pass of one row of the batch that comes in. */
  flops(params: Layer["params"], inputs: readonly Shape[]): number;
  /** Its weights slide over places or steps: windows and memories, which machines run at another speed than products. */
  readonly slides?: true;
  /** How many rows of its output's batch one row of its input's batch becomes. Absent: 1. */
  batchFactor?(params: Layer["params"], inputs: readonly Shape[]): number;
  /** Values beside its output that a row's forward pass keeps for the way back. Absent: none. */
  keeps?(params: Layer["params"], inputs: readonly Shape[]): number;
  /** Values of a channel among which one row's statistics in training are taken: one alone in a batch says nothing. */
  valuesNormed?(inputs: readonly Shape[]): number;
  /** Whether its forward pass in training draws random words. Absent: no. */
  readonly drawsInTraining?: true;
  /** @param x each [batch, ...shape]  @param w tensors by weight name */
  forward(call: ForwardCall): Tensor;
  /** The same layer in Keras' JSON terms, for export. Absent where Keras has no counterpart. */
  toKeras?(
    params: Layer["params"],
    inputs: readonly Shape[],
  ): { class_name: string; config: Record<string, unknown> };
}

/** Arguments of one layer's forward pass. */
export interface ForwardCall {
  readonly tf: Tf;
  readonly params: Layer["params"];
  readonly x: readonly Tensor[];
  readonly w: Readonly<Record<string, Tensor>>;
  readonly context: ForwardContext;
}

import type { Expression } from "../expression/expression";
import type { FieldType } from "../graph/field-type";
import type { LinkMode } from "../graph/document";
import type { ContentHash, StageId } from "../ids";
import type { Network } from "../layers/layer";
import type { MetricName, ProblemSchema } from "../problem/document";
import type { ArtifactStart, Head, PortTypes, StageKind, Training } from "../stages/stage";
import type { LossName } from "../losses/index";
import type { Normalise, OptimiserSpec } from "../train/stepper";

declare const step: unique symbol;

/** A parsed graph: kinds known, params parsed, ends of links exist, no cycle. Made by 1-parse only. */
export interface Graph {
  readonly [step]: "graph";
  readonly title: string;
  readonly problem: ProblemSchema;
  readonly stages: ReadonlyMap<StageId, Stage>;
  readonly links: readonly Link[];
  /**
   * Input ports, as `stage.port`, whose link was left out because of an error that is already reported.
   * Nothing more is to be said about them.
   */
  readonly unfed: ReadonlySet<string>;
  /** Stages that were left out because of an error that is already reported. */
  readonly leftOut: ReadonlySet<string>;
}

/** Brands a graph. Only 1-parse calls it, and tests of later steps. */
export const asGraph = (parts: Omit<Graph, typeof step>): Graph => parts as Graph; // brand: the one door

/** The use of a kind in one graph. */
export interface Stage {
  readonly id: StageId;
  readonly title: string;
  readonly kind: StageKind;
  readonly params: unknown;
  /** True: maps over sequences element by element, with tied weights. */
  readonly each: boolean;
}

export interface Link {
  readonly index: number;
  readonly from: { readonly stage: StageId; readonly port: string };
  readonly to: { readonly stage: StageId; readonly port: string };
  /** As written; absent means the default. */
  readonly mode?: LinkMode;
}

/**
 * A graph whose ports have types. Made by 2-infer only. Where that found errors, some types are unknown and some stages
 * have no network; where it found none, every port has a type and every link fits.
 */
export interface TypedGraph extends Omit<Graph, typeof step> {
  readonly [step]: "typed";
  /** Topological; ties in document order. */
  readonly order: readonly StageId[];
  readonly inputs: ReadonlyMap<StageId, PortTypes>;
  readonly outputs: ReadonlyMap<StageId, PortTypes>;
  /** What learned stages consist of. */
  readonly learned: ReadonlyMap<StageId, LearnedStage>;
  /** The stage that answers each target. */
  readonly answers: ReadonlyMap<string, StageId>;
}

/** Brands a typed graph. Only 2-infer calls it. */
export const asTypedGraph = (parts: Omit<TypedGraph, typeof step>): TypedGraph => parts as TypedGraph; // brand: the one door

/** A learned stage with everything that its kind and the types around it say. */
export interface LearnedStage {
  readonly heads: readonly TypedHead[];
  /** Over one element where the stage maps over a sequence. Its inputs are named by port, its outputs by head. */
  readonly network: Network;
}

/** A head with what follows from its label. */
export interface TypedHead {
  readonly head: Head;
  /** Of the output per record: a sequence where the stage maps over one. */
  readonly type: FieldType;
  /** Raw values of one element: a score per class or flag, else the value itself. */
  readonly width: number;
  /** Absent: nothing supervises it here. */
  readonly supervision?: Supervision;
}

/** How a head's label becomes a loss. */
export interface Supervision {
  readonly label: string;
  readonly loss: LossName;
  /** Slots of one record, and raw values of one slot. Of `ctc`: the network's frames; 0 until it is there. */
  readonly slots: number;
  readonly width: number;
  readonly mask?: Expression;
}

/**
 * Where a value comes from: a tree without cycles, self-contained, plain JSON.
 * The executor computes each distinct tree once per trial.
 */
export type ValueSource =
  /** The record's own value: data, or the true label. */
  | { readonly is: "field"; readonly field: string }
  /** An algorithm stage's output. `type` is the type of that output. */
  | {
      readonly is: "computed";
      readonly stage: StageId;
      readonly kind: string;
      readonly params: unknown;
      readonly each: boolean;
      readonly port: string;
      readonly type: FieldType;
      readonly inputs: ValueSources;
    }
  /** A trained stage's output, by the model of `phase`; over its own training rows it has seen them. */
  | {
      readonly is: "predicted";
      readonly stage: StageId;
      readonly port: string;
      readonly type: FieldType;
      readonly phase: string;
      readonly inputs: ValueSources;
    }
  /** On training rows: each row by the fold model that has not seen it. On other rows: as `predicted`. */
  | {
      readonly is: "cross-fitted";
      readonly stage: StageId;
      readonly port: string;
      readonly type: FieldType;
      readonly phase: string;
      readonly folds: number;
      readonly inputs: ValueSources;
    };
export type ValueSources = Readonly<Record<string, ValueSource>>;

/** One input of a phase's network. */
export interface PhaseInput {
  /** Name in the network's inputs: `stage.port`. */
  readonly name: string;
  readonly mode: LinkMode | "data";
  readonly source: ValueSource;
  /** Type of the value per record (a sequence where the stage maps over one). */
  readonly type: FieldType;
  /** True: the network sees [maxLength, ...element] and folds it into the batch. */
  readonly each: boolean;
}

/** One term of a phase's loss. */
export interface LossTerm {
  readonly stage: StageId;
  readonly head: Head;
  /** Output of the phase's network. */
  readonly output: string;
  readonly target: string;
  readonly type: FieldType;
  readonly loss: LossName;
  readonly slots: number;
  readonly width: number;
  readonly weight: number;
  /** Parsed mask; the label's presence is added by the executor. */
  readonly mask?: Expression;
  readonly normalise: Normalise;
  readonly unitScale: boolean;
}

/** What something costs. Times are seconds on one core of the calibrated machine. */
export interface Cost {
  readonly trainableWeights: number;
  readonly frozenWeights: number;
  /** Forward pass, per record. */
  readonly flopsPerRecord: number;
  /** Peak bytes of weights, slots, activations and gradients at the phase's batch size. */
  readonly memoryBytes: number;
  /** Predicted for `steps` steps. */
  readonly seconds: number;
}

/**
 * One round of dataset aggregation: the pipeline, as far as it was trained before, acts in practice episodes, and an
 * expert gives the labels of moments that it got into.
 */
export interface Gathering {
  /** From 1. */
  readonly round: number;
  /** Moments, in parts of the budget's rows. */
  readonly share: number;
  /** `EnvironmentFacts.version` */
  readonly environment: string;
  /** What acts. */
  readonly answers: EvaluatePhase["answers"];
  /** Input fields that are noted of each moment. */
  readonly sees: readonly string[];
  /** Labels that the expert is asked for. */
  readonly asks: readonly string[];
}

/** Trains stages together: one network, its losses, its data. */
export interface TrainPhase {
  readonly do: "train";
  readonly id: string;
  readonly after: readonly string[];
  readonly train: readonly StageId[];
  readonly frozen: readonly StageId[];
  readonly inputs: readonly PhaseInput[];
  readonly network: Network;
  /** Stage → its layer ids in `network`. */
  readonly layersOf: Readonly<Record<string, readonly string[]>>;
  readonly losses: readonly LossTerm[];
  /** Fields whose labels it consumes. */
  readonly labels: readonly string[];
  /** Links through which gradients flow, and those where they stop, as `from → to`. */
  readonly gradients: { readonly flow: readonly string[]; readonly stop: readonly string[] };
  readonly optimiser: OptimiserSpec;
  readonly training: Training;
  readonly start: Readonly<Record<string, ArtifactStart>>;
  /** Rounds whose moments it learns from beside the budget's rows, the last one gathered for it; absent: none. */
  readonly gatherings?: readonly Gathering[];
  readonly cost: Cost;
  /** Hash of everything above that can change the result, upstream phases included; names and layout excluded. */
  readonly signature: ContentHash;
}

/** Runs the pipeline as it would run for a user, and scores it. */
export interface EvaluatePhase {
  readonly do: "evaluate";
  readonly id: string;
  readonly after: readonly string[];
  /** The answers to the problem's targets. */
  readonly answers: readonly {
    readonly target: string;
    readonly metric: MetricName;
    readonly source: ValueSource;
  }[];
  /** Supervised heads, scored on their own labels. */
  readonly seams: readonly {
    readonly stage: StageId;
    readonly port: string;
    readonly label: string;
    readonly metric: MetricName;
    readonly mask?: Expression;
    readonly source: ValueSource;
  }[];
  readonly cost: Cost;
  readonly signature: ContentHash;
}

export type Phase = TrainPhase | EvaluatePhase;

/** What a pipeline compiles to. Budget, seed and rows are the trial's. */
export interface TrainingPlan {
  readonly version: 1;
  readonly title: string;
  /** Canonical hash of the graph document. */
  readonly graph: ContentHash;
  readonly problem: string;
  readonly phases: readonly Phase[];
  readonly cost: Cost;
}

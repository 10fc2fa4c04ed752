import type * as z from "zod";
import type { Column } from "../data/column";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import type { FieldType } from "../graph/field-type";
import type { StageId } from "../ids";
import type { Network, Shape } from "../layers/layer";
import type { ProblemSchema } from "../problem/document";
import type { Normalise } from "../train/stepper";

/** What a port holds. */
export interface Port {
  readonly name: string;
  /** For the palette and the docs: what kinds of values fit, in words. */
  readonly accepts?: string;
}

/** Field types by port name. An input that nothing usable is linked to is absent. */
export type PortTypes = Readonly<Record<string, FieldType>>;

/** The documentation of a kind: palette, docs page and CLI show it. */
export interface StageDoc {
  /** One sentence: what it does. */
  readonly summary: string;
  /** When to choose it, and when not. */
  readonly when: string;
  /** Params of a small working use. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A question to a kind about one stage. `id` only serves to pin diagnostics. */
export interface StageQuestion<P> {
  readonly id: StageId;
  readonly params: P;
  readonly problem: ProblemSchema;
}

interface KindBase<P> {
  readonly kind: string;
  readonly version: number;
  readonly title: string;
  readonly doc: StageDoc;
  /** Schema with defaults, bounds and `.meta({ title, help, unit })`: forms, docs and checks follow from it. */
  readonly params: z.ZodType<P>;
  /** Input ports that these params ask for. Pure and total. */
  inputs(params: P, problem: ProblemSchema): readonly Port[];
  /**
   * What the schema cannot say: how params fit each other and the problem. An error keeps the stage out of the graph.
   * Pure and total.
   */
  check?(question: StageQuestion<P>): readonly Diagnostic[];
}

/** Gives the values of a field. */
export interface SourceKind<P = unknown> extends KindBase<P> {
  readonly role: "source";
  /** Output port → the field whose values it gives. */
  fields(question: StageQuestion<P>): Checked<Readonly<Record<string, string>>>;
}

/** Says that a value is the pipeline's prediction of a target field. */
export interface OutputKind<P = unknown> extends KindBase<P> {
  readonly role: "output";
  /** Input port → the target field that it answers. */
  answers(question: StageQuestion<P>): Checked<Readonly<Record<string, string>>>;
}

/** A head of a learned stage: one output port, supervised by a field or not. */
export interface Head {
  readonly port: string;
  /**
   * The label's symbols stand anywhere along the network's frames, in their order: it is a text or a sequence of classes,
   * and is learned by CTC. The network's output is [frames, width].
   */
  readonly isFree?: true;
  /** Absent: unsupervised, a vector of `size` that learns through what lies downstream. */
  readonly label?: string;
  readonly size?: number;
  readonly weight: number;
  /** Mask expression over the record; the label's presence is always part of it. */
  readonly mask?: string;
  /** Part of the labels that are learned from, above 0 and below 1; absent: all. */
  readonly labelShare?: number;
  /** The labels are dealt out among the records anew, as a control. */
  readonly shuffleLabels?: true;
  readonly normalise: Normalise;
  /** Unit scale: divide by the constant predictor's loss. */
  readonly unitScale: boolean;
}

/** Where a learned stage's weights start instead of from nothing, and which of them stay. */
export interface ArtifactStart {
  /** Absent: they are drawn as always, and what is frozen stays random. */
  readonly artifact?: string | undefined;
  readonly freeze: "all" | "none" | number;
}

/** How a learning rate moves: up over the first `warmUp` steps, then as its shape says until the last. */
export type TrainingSchedule =
  | { readonly shape: "constant"; readonly warmUp: number }
  | { readonly shape: "cosine"; readonly warmUp: number }
  | { readonly shape: "step"; readonly warmUp: number; readonly every: number; readonly factor: number };

/** How a stage trains: params that every learned kind has. */
export interface Training {
  readonly optimiser: "sgd" | "adam" | "adamw";
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Longest gradient; absent: gradients are as long as they are. */
  readonly clipNorm?: number;
  /** How the learning rate moves; absent: it stays. */
  readonly schedule?: TrainingSchedule;
  readonly batchSize: number;
  /** Upper bound of optimiser steps; early stopping may end sooner. */
  readonly steps: number;
  /** Checks of the validation part without a new best after which the phase stops; 0 = never. */
  readonly patience: number;
  /** Part of the budget held out for early stopping, 0 to .5. */
  readonly validation: number;
}

/** A stage that learns from moments of its own pipeline's episodes too (dataset aggregation, Ross et al. 2011). */
export interface Aggregation {
  /** How often the pipeline acts, the expert is asked, and the stage is trained again. */
  readonly rounds: number;
  /** Moments asked about in a round, in parts of the budget's rows. */
  readonly share: number;
}

/** How one stage would train. */
export interface StageTraining extends Training {
  readonly aggregate?: Aggregation;
}

/** A network with heads, trained from labels. */
export interface LearnedKind<P = unknown> extends KindBase<P> {
  readonly role: "learned";
  heads(params: P): readonly Head[];
  training(params: P): StageTraining;
  start(params: P): ArtifactStart | undefined;
  /**
   * The layers, for encoded input shapes by port (per element where the stage maps over a sequence) and the width of
   * each head's raw values by port. Output names are head ports. Diagnostics where the shapes cannot be.
   */
  network(
    question: StageQuestion<P> & {
      readonly inputs: Readonly<Record<string, Shape>>;
      readonly widths: Readonly<Record<string, number>>;
    },
  ): Checked<Network>;
}

/** Whether a gradient can pass from an algorithm's outputs to one of its inputs. */
export type GradientFlow = "blocked" | "surrogate";

/** Domain knowledge as a pure function; nothing is trained. */
export interface AlgorithmKind<P = unknown> extends KindBase<P> {
  readonly role: "algorithm";
  /** Output ports that these params give. Pure and total. */
  outputs(params: P): readonly Port[];
  /** Output types, from whatever inputs are known. Pure, total, called on every keystroke. */
  infer(question: StageQuestion<P> & { readonly inputs: PortTypes }): Checked<PortTypes>;
  /** Computes all rows. A missing input slot gives a missing output slot. */
  run(call: {
    readonly params: P;
    readonly inputs: Readonly<Record<string, Column>>;
    readonly outputs: PortTypes;
  }): Readonly<Record<string, Column>>;
  /** Operations per record, for the price. */
  flops(params: P, inputs: PortTypes): number;
  gradient(params: P, input: string): GradientFlow;
}

/** A definition, made once in code. A *stage* is its use in one graph, as data. */
export type StageKind<P = unknown> = SourceKind<P> | OutputKind<P> | LearnedKind<P> | AlgorithmKind<P>;

/** Kinds by name. Lookup is by own key of a frozen map: a document can reach nothing else. */
export interface StageRegistry {
  readonly kinds: ReadonlyMap<string, StageKind>;
  get(kind: string): StageKind | undefined;
}

/** A value with what was found on the way to it. */
export const ok = <T>(value: T, diagnostics: readonly Diagnostic[] = []): Checked<T> => ({
  value,
  diagnostics,
});

import type { LayerFacts } from "@seams/core";
import type { WordKey } from "@seams/core/train";
import type { Build, Value } from "./build";
import type { Layout, LayoutWish } from "./layout";
import type { Group } from "./plan";

/** How one weight lies in program memory. */
export interface WeightLayout {
  /** For each float the index of the weight's value that it holds; −1: none, it is 0. */
  readonly from: Int32Array;
  /** Constants may be kept in another form than they are given in. */
  readonly encode?: (value: number) => number;
}

/** A weight's place in memory; addresses in bytes, 0 where there is nothing. */
export interface PlacedWeight {
  readonly address: number;
  readonly floats: number;
  /** Optimiser slots. */
  readonly first: number;
  readonly second: number;
  /** The pace of its layer. 0: it is not trained. */
  readonly pace: number;
}

/** What a layout is chosen from. */
export interface LayoutQuestion {
  readonly group: Pick<Group, "facts" | "shape" | "learning">;
  readonly sources: readonly Layout[];
  /** What reads the output would like. */
  readonly wish: LayoutWish;
}

/** What a group is turned into calls with. */
export interface Emission {
  readonly build: Build;
  readonly group: Group;
  readonly sources: readonly Value[];
  /** @throws Error when the layer has no such weight */
  weight(name: string): PlacedWeight;
  /**
   * What its random words are made from; undefined where it draws none: outside of training, and where it is frozen.
   * @throws Error when the spec has no key for the layer
   */
  draw(): Draw | undefined;
}

/** What a layer's random words of a step follow from. */
export interface Draw {
  readonly key: WordKey;
  /** Address of the step's number. */
  readonly clock: number;
}

/** How layers of one kind become kernel calls: their wasm program. One file each under layers/. */
export interface Lowering {
  /**
   * The layers behind it that it does in one go, in order. `next` gives a layer's reader where it has only that one
   * and is no output itself.
   */
  fuses?(facts: LayerFacts, next: (id: string) => LayerFacts | undefined): readonly LayerFacts[];
  /** What it would like of its input's layout; `own` is what its readers would like of its output. */
  wishes?(facts: LayerFacts, own: LayoutWish): Partial<LayoutWish>;
  /** How its output lies. */
  layout(question: LayoutQuestion): Layout;
  /** How its weights lie, by name in the layer. */
  weights?(facts: LayerFacts, source: Layout, output: Layout): Readonly<Record<string, WeightLayout>>;
  /** Writes the calls of the forward pass, hands in those of the backward pass, and gives the output. */
  emit(emission: Emission): Value;
}

import { type LayerFacts, networkFacts } from "@seams/core";
import type { Network, Shape, StepSpec } from "@seams/core/train";
import { type Layout, layoutOf, type LayoutWish, NO_BORDER, widest } from "./layout";
import { lowerings } from "./layers/index";
import type { Lowering, WeightLayout } from "./lowering";

/** Layers that become one group of calls; `id` is the last one's. */
export interface Group {
  readonly id: string;
  readonly lowering: Lowering;
  readonly facts: LayerFacts;
  readonly fused: readonly LayerFacts[];
  /** Of its output, for one row of the batch. */
  readonly shape: Shape;
  /** Rows of its output for each record. */
  readonly rows: number;
  readonly layout: Layout;
  /** By the weight's name in the layer. */
  readonly weights: Readonly<Record<string, WeightLayout>>;
  /** Whether its own weights learn. */
  readonly isTrained: boolean;
  /** Whether a gradient must reach its output: its weights learn, or weights before it. */
  readonly learning: boolean;
}

/**
 * How a network lies in memory. It holds for all programs of a stepper, whichever outputs they compute: they share the
 * weights.
 */
export interface NetworkPlan {
  readonly inputs: ReadonlyMap<string, Layout>;
  /** In order. */
  readonly groups: readonly Group[];
  /** Output name → group or input. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Why a network has no program, or undefined when it has one. */
export function whyNoProgram(network: Network): string | undefined {
  const layer = network.layers.find(({ kind }) => lowerings[kind] === undefined);
  return layer === undefined ? undefined : `${layer.kind} layers have no program`;
}

/**
 * Plans a spec's network.
 * @param isTrained whether a layer's weights learn
 * @throws Error when the network doesn't fit together or has no program
 */
export function planNetwork({ network }: StepSpec, isTrained: (layer: string) => boolean): NetworkPlan {
  const facts = networkFacts(network);
  if (facts.is === "misfit") throw new Error(`programs: the layer ${facts.layer}: ${facts.reason}`);
  const drafts = group(network, facts.layers, isTrained);
  const wishes = collectWishes(drafts);
  const layouts = new Map<string, Layout>();
  for (const [name, shape] of Object.entries(network.inputs))
    layouts.set(name, layoutOf(shape, wishFor(wishes, name)));
  const groups = drafts.map((draft): Group => {
    const sources = draft.facts.layer.from.map((source) => known(layouts.get(source), source));
    const layout = draft.lowering.layout({ group: draft, sources, wish: wishFor(wishes, draft.id) });
    layouts.set(draft.id, layout);
    const [source] = sources;
    const weights = source === undefined ? {} : draft.lowering.weights?.(draft.facts, source, layout);
    return { ...draft, layout, weights: weights ?? {} };
  });
  const inputs = Object.keys(network.inputs).map((name) => [name, known(layouts.get(name), name)] as const);
  return { inputs: new Map(inputs), groups, outputs: network.outputs };
}

type Draft = Omit<Group, "layout" | "weights">;

/** Puts layers together that are done in one go. */
function group(
  network: Network,
  layers: readonly LayerFacts[],
  isTrained: (layer: string) => boolean,
): readonly Draft[] {
  const next = onlyReaders(network, layers);
  const absorbed = new Set<string>();
  const isLearning = new Set<string>();
  const drafts: Draft[] = [];
  for (const facts of layers) {
    const { layer } = facts;
    if (absorbed.has(layer.id)) continue;
    const lowering = lowerings[layer.kind];
    if (lowering === undefined) throw new Error(`programs: ${layer.kind} layers have no program.`);
    const fused = lowering.fuses?.(facts, next) ?? [];
    for (const one of fused) absorbed.add(one.layer.id);
    const last = fused.at(-1) ?? facts;
    const trained = isTrained(layer.id) && facts.weights.some(({ trainable }) => trainable);
    const learning = trained || layer.from.some((source) => isLearning.has(source));
    if (learning) isLearning.add(last.layer.id);
    drafts.push({
      id: last.layer.id,
      lowering,
      facts,
      fused,
      shape: last.shape,
      rows: last.rowsPerRecord,
      isTrained: trained,
      learning,
    });
  }
  return drafts;
}

/** Gives a layer's reader where it is the only one and the layer is no output. */
function onlyReaders(
  network: Network,
  layers: readonly LayerFacts[],
): (id: string) => LayerFacts | undefined {
  const outputs = new Set(Object.values(network.outputs));
  return (id) => {
    const readers = layers.filter(({ layer }) => layer.from.includes(id));
    return readers.length === 1 && !outputs.has(id) ? readers[0] : undefined;
  };
}

const NO_WISH: LayoutWish = { border: NO_BORDER, asSteps: false, inPanels: false, asLine: false };

const wishFor = (wishes: ReadonlyMap<string, LayoutWish>, id: string): LayoutWish =>
  wishes.get(id) ?? NO_WISH;

/** What the readers of each value would like of its layout, all of them together. */
function collectWishes(drafts: readonly Draft[]): ReadonlyMap<string, LayoutWish> {
  const wishes = new Map<string, LayoutWish>();
  const learning = new Set(drafts.filter((draft) => draft.learning).map(({ id }) => id));
  for (const { id, facts, lowering } of drafts.toReversed()) {
    const wish = { ...NO_WISH, ...lowering.wishes?.(facts, wishFor(wishes, id)) };
    for (const source of facts.layer.from) {
      const before = wishFor(wishes, source);
      wishes.set(source, {
        border: widest(before.border, wish.border),
        asSteps: before.asSteps || wish.asSteps,
        asLine: before.asLine || wish.asLine,
        // Gradients are written in panels.
        inPanels: before.inPanels || wish.inPanels || learning.has(source),
      });
    }
  }
  return wishes;
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`programs: ${name} is read before it is there.`);
  return value;
}

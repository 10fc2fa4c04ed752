import {
  type Layer,
  type LayerKind,
  type Network,
  type Shape,
  type StepSpec,
  type Tensor,
  type Tf,
} from "@seams/core/train";
import { drawMasks, isFrozen } from "../draws";

/** The part of a network that some outputs need, with each layer's kind and weight names looked up. */
export interface Route {
  readonly layers: readonly RouteLayer[];
  /** Inputs of the network that are needed. */
  readonly inputs: readonly string[];
  /** Output name → layer id or input. */
  readonly outputs: Readonly<Record<string, string>>;
}

interface RouteLayer {
  readonly layer: Layer;
  readonly kind: LayerKind;
  /** Weight name in the layer → name in the network. */
  readonly weights: Readonly<Record<string, string>>;
}

/** What is known about a network's layers. */
export interface Described {
  readonly network: Network;
  readonly kinds: Readonly<Record<string, LayerKind>>;
  /** Weight name in the layer → name in the network, by layer id. */
  readonly weightNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The layers that these outputs depend on, in order.
 * @throws Error when the network has no such output
 */
export function routeTo({ network, kinds, weightNames }: Described, outputs: readonly string[]): Route {
  const ends: Record<string, string> = {};
  for (const output of outputs) {
    const layer = network.outputs[output];
    if (layer === undefined) throw new Error(`stepper: the network has no output ${output}.`);
    ends[output] = layer;
  }
  const needed = new Set(Object.values(ends));
  for (const layer of network.layers.toReversed()) {
    if (needed.has(layer.id)) for (const source of layer.from) needed.add(source);
  }
  const layers = network.layers
    .filter((layer) => needed.has(layer.id))
    .map((layer) => ({ layer, kind: kindOf(kinds, layer), weights: weightNames[layer.id] ?? {} }));
  return { layers, inputs: Object.keys(network.inputs).filter((name) => needed.has(name)), outputs: ends };
}

function kindOf(kinds: Described["kinds"], layer: Layer): LayerKind {
  const kind = kinds[layer.id];
  if (kind === undefined) throw new Error(`stepper: no layer kind for ${layer.id}.`);
  return kind;
}

/** Tensors of a forward pass: values by input name, weights by name in the network. */
export interface Feed {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Present in a training step. */
  readonly training?: TrainingFeed;
}

/** What layers may ask for and tell in a training step. */
export interface TrainingFeed {
  readonly spec: StepSpec;
  readonly mask: MaskMaker;
  /** Takes the next value of a weight that the step sets itself, by its name in the network. */
  readonly move: (name: string, next: Tensor) => void;
}

/** Makes what a layer multiplies its values with: 0 with probability `rate`, else 1 / (1 − rate). */
export type MaskMaker = (layer: string, shape: number[], rate: number) => Tensor;

/** The masks of a step. @param step its number, from 1 */
export const masksOf =
  (tf: Tf, spec: StepSpec, step: number): MaskMaker =>
  (layer, shape, rate) =>
    tf.tensor(
      drawMasks(spec, { layer, rate, size: sizeOf(shape) }, { first: step, count: 1 }),
      shape,
      "float32",
    );

/** Outputs by name, each [batch, …shape]. */
export function runForward(tf: Tf, route: Route, feed: Feed): Readonly<Record<string, Tensor>> {
  const values = new Map(Object.entries(feed.inputs));
  for (const { layer, kind, weights } of route.layers) {
    const x = layer.from.map((source) => present(values.get(source), source));
    const w: Record<string, Tensor> = {};
    for (const [name, full] of Object.entries(weights)) w[name] = present(feed.weights[full], full);
    const { training } = feed;
    const context =
      training === undefined || isFrozen(training.spec, layer.id)
        ? ({ training: false } as const)
        : ({
            training: true,
            mask: (shape: number[], rate: number) => training.mask(layer.id, shape, rate),
            move: (weight: string, next: Tensor) => training.move(present(weights[weight], weight), next),
          } as const);
    values.set(layer.id, kind.forward({ tf, params: layer.params, x, w, context }));
  }
  return Object.fromEntries(
    Object.entries(route.outputs).map(([name, layer]) => [name, present(values.get(layer), layer)]),
  );
}

/** @throws Error when something that the network names was not given */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`stepper: there is no ${name}.`);
  return value;
}

/** Number of values of one record of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, side) => size * side, 1);

import { layerKinds } from "./index";
import type { Layer, LayerKind, Network, Shape, WeightSpec } from "./layer";

/** What follows from a network's list about one of its layers. */
export interface LayerFacts {
  readonly layer: Layer;
  readonly inputs: readonly Shape[];
  /** Of its output, for one row of the batch. */
  readonly shape: Shape;
  /** Rows of the batch at its output, for each record: above 1 between `fold-steps` and `unfold-steps`. */
  readonly rowsPerRecord: number;
  readonly weights: readonly WeightSpec[];
  /** Of a forward pass, for each record. */
  readonly flops: number;
  /** Whether its operations are those of weights that slide. */
  readonly slides: boolean;
  /** Values beside its output that it keeps for the way back, for each record. */
  readonly kept: number;
}

/** All layers, in order, or the first that cannot be and why. */
export type NetworkFacts =
  | { readonly is: "fits"; readonly layers: readonly LayerFacts[] }
  | { readonly is: "misfit"; readonly layer: string; readonly reason: string };

/**
 * Works through a network's list once: shapes, weights and cost of every layer.
 * @throws Error when a layer's kind or source is not known, or a name stands twice: whoever made the list made it wrong
 */
export function networkFacts({ inputs, layers, outputs }: Network): NetworkFacts {
  const values = new Map<string, Value>();
  for (const [name, shape] of Object.entries(inputs)) values.set(name, { shape, rowsPerRecord: 1 });
  const facts: LayerFacts[] = [];
  for (const layer of layers) {
    if (values.has(layer.id)) throw new Error(`network: the name ${layer.id} stands twice`);
    const sources = layer.from.map((source) => valueOf(values, source));
    const found = layerFacts(layer, kindOf(layer), sources);
    if (typeof found === "string") return { is: "misfit", layer: layer.id, reason: found };
    facts.push(found);
    values.set(layer.id, found);
  }
  for (const source of Object.values(outputs)) valueOf(values, source);
  return { is: "fits", layers: facts };
}

/** Shapes of one record by layer id, or the layer that cannot be and why. */
export function networkShapes(
  network: Network,
):
  | { readonly is: "fits"; readonly shapes: Readonly<Record<string, Shape>> }
  | Extract<NetworkFacts, { is: "misfit" }> {
  const facts = networkFacts(network);
  if (facts.is === "misfit") return facts;
  return {
    is: "fits",
    shapes: Object.fromEntries(facts.layers.map(({ layer, shape }) => [layer.id, shape])),
  };
}

/**
 * Every weight of a network, in layer order.
 * @throws Error when a layer's input doesn't fit it
 */
export const networkWeights = (
  network: Network,
): readonly { readonly layer: string; readonly weight: WeightSpec }[] =>
  fitting(network).flatMap(({ layer, weights }) => weights.map((weight) => ({ layer: layer.id, weight })));

/**
 * Floating-point operations of a forward pass of one record; multiply–adds count as 2.
 * @throws Error when a layer's input doesn't fit it
 */
export const networkFlops = (network: Network): number =>
  fitting(network).reduce((sum, { flops }) => sum + flops, 0);

function fitting(network: Network): readonly LayerFacts[] {
  const facts = networkFacts(network);
  if (facts.is === "misfit") throw new Error(`network: the layer ${facts.layer}: ${facts.reason}`);
  return facts.layers;
}

interface Value {
  readonly shape: Shape;
  readonly rowsPerRecord: number;
}

function valueOf(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new Error(`network: there is no layer or input ${name} before it is read`);
  return value;
}

function kindOf({ id, kind }: Layer): LayerKind {
  const found = layerKinds[kind];
  if (found === undefined) throw new Error(`network: the layer ${id} is of no known kind: ${kind}`);
  return found;
}

/** One layer's facts, or the reason why it cannot be. */
function layerFacts(layer: Layer, kind: LayerKind, sources: readonly Value[]): LayerFacts | string {
  const { params } = layer;
  const inputs = sources.map(({ shape }) => shape);
  const [rows, ...others] = new Set(sources.map(({ rowsPerRecord }) => rowsPerRecord));
  if (others.length > 0) return "it joins a value of the whole record with one of each element";
  const reason = kind.check(params, inputs);
  if (reason !== undefined) return reason;
  const rowsIn = rows ?? 1;
  return {
    layer,
    inputs,
    shape: kind.shape(params, inputs),
    rowsPerRecord: rowsIn * (kind.batchFactor?.(params, inputs) ?? 1),
    weights: kind.weights(params, inputs),
    flops: rowsIn * kind.flops(params, inputs),
    slides: kind.slides === true,
    kept: rowsIn * (kind.keeps?.(params, inputs) ?? 0),
  };
}

import { layerKinds, networkWeights } from "@seams/core";
import type { LayerKind, Network, WeightSpec } from "@seams/core/train";
import type { Described } from "./forward";

/** A network with everything its layer kinds say about it. */
export interface DescribedNetwork extends Described {
  readonly weights: readonly { readonly layer: string; readonly name: string; readonly spec: WeightSpec }[];
}

/**
 * Looks up every layer's kind and weights.
 * @throws Error when a layer's kind is not known
 */
export function describe(network: Network): DescribedNetwork {
  const kinds: Record<string, LayerKind> = {};
  for (const layer of network.layers) {
    const kind = layerKinds[layer.kind];
    if (kind === undefined) throw new Error(`stepper: there is no layer kind ${layer.kind}.`);
    kinds[layer.id] = kind;
  }
  const weights = networkWeights(network).map(({ layer, weight }) => ({
    layer,
    name: `${layer}/${weight.name}`,
    spec: weight,
  }));
  const weightNames: Record<string, Record<string, string>> = {};
  for (const { layer, name, spec } of weights) {
    weightNames[layer] = { ...weightNames[layer], [spec.name]: name };
  }
  return { network, kinds, weightNames, weights };
}

import { divisor, hasIndexTargets, type StepLoss, type Stepper, type StepSpec } from "@seams/core/train";
import type { DescribedNetwork } from "./eager/describe";
import { routeTo, sizeOf } from "./eager/forward";
import type { WeightPlace } from "./eager/weights";

/** Values of a head's target per record. */
export const targetSize = ({ loss, slots, width }: StepLoss): number =>
  hasIndexTargets(loss) ? slots : slots * width;

/** Values per record that each array of the spec must have. */
export function arraySizes({ network, losses }: StepSpec): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const [name, shape] of Object.entries(network.inputs)) sizes[name] = sizeOf(shape);
  for (const head of losses) {
    sizes[head.target] = targetSize(head);
    sizes[head.mask] = head.slots;
  }
  return sizes;
}

/**
 * Every weight with its learning-rate factor, 0 where the layer is frozen or no loss depends on it; and whether steps
 * set it themselves.
 */
export function weightPlaces(
  { optimiser, losses }: StepSpec,
  described: DescribedNetwork,
): readonly WeightPlace[] {
  const route = routeTo(
    described,
    losses.map((head) => head.output),
  );
  const reached = new Set(route.layers.map(({ layer }) => layer.id));
  return described.weights.map(({ layer, name, spec }) => {
    const rate = reached.has(layer) ? (optimiser.layerRates[layer] ?? 1) : 0;
    const moves = spec.moves === true && rate !== 0;
    return { name, shape: spec.shape, rate: spec.trainable ? rate : 0, moves };
  });
}

/** Something of each head by its output's name. */
export function named(
  heads: readonly StepLoss[],
  value: (index: number) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(heads.map((head, index) => [head.output, value(index)]));
}

/** What an evaluation found over some rows: of each head, the sum of its slots' losses and how many slots are labelled. */
export interface HeadSums {
  readonly rows: number;
  readonly sums: readonly number[];
  readonly labelled: readonly number[];
}

/** Sums over rows as `Stepper.evaluate` tells them; without rows everything is 0. */
export function evaluationOf(
  heads: readonly StepLoss[],
  { rows, sums, labelled }: HeadSums,
): Awaited<ReturnType<Stepper["evaluate"]>> {
  const losses = heads.map((head, index) => {
    const divided = divisor(head, { rows, labelled: labelled[index] ?? 0 });
    return rows === 0 ? 0 : (sums[index] ?? 0) / divided / head.unit;
  });
  const loss = heads.reduce((total, head, index) => total + head.weight * (losses[index] ?? 0), 0);
  return { loss, byOutput: named(heads, (index) => losses[index] ?? 0) };
}

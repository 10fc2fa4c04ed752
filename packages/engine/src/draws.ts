import type { StepSpec, WordKey } from "@seams/core/train";

/** Whether a layer does in training what it does afterwards. */
export const isFrozen = ({ optimiser }: StepSpec, layer: string): boolean =>
  optimiser.layerRates[layer] === 0;

/** The key of what a layer draws in training. @throws Error when the spec has none */
export function drawKeyOf({ drawKeys = {} }: StepSpec, layer: string): WordKey {
  const key = Object.hasOwn(drawKeys, layer) ? drawKeys[layer] : undefined;
  if (key === undefined) throw new Error(`stepper: there is no key for what ${layer} draws.`);
  return key;
}

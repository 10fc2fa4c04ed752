import { fillWords, type StepSpec, toFactors, type WordKey } from "@seams/core/train";

/** Whether a layer does in training what it does afterwards. */
export const isFrozen = ({ optimiser }: StepSpec, layer: string): boolean =>
  optimiser.layerRates[layer] === 0;

/** The key of what a layer draws in training. @throws Error when the spec has none */
export function drawKeyOf({ drawKeys = {} }: StepSpec, layer: string): WordKey {
  const key = Object.hasOwn(drawKeys, layer) ? drawKeys[layer] : undefined;
  if (key === undefined) throw new Error(`stepper: there is no key for what ${layer} draws.`);
  return key;
}

/** What a layer multiplies values with in steps that follow one another, those of the first step first. */
export interface MaskDraw {
  readonly layer: string;
  /** Share of values that are left out. */
  readonly rate: number;
  /** Values of one step. */
  readonly size: number;
}

/** @param steps the number of the first step, from 1, and how many there are */
export function drawMasks(
  spec: StepSpec,
  { layer, rate, size }: MaskDraw,
  steps: { readonly first: number; readonly count: number },
): Float32Array {
  const key = drawKeyOf(spec, layer);
  const words = new Uint32Array(steps.count * size);
  for (let at = 0; at < steps.count; at++)
    fillWords(words.subarray(at * size, (at + 1) * size), { key, step: steps.first + at });
  return toFactors(words, rate);
}

import type { Seed } from "../ids";
import type { Initialiser, Network, WeightSpec } from "../layers/layer";
import { networkWeights } from "../layers/network";
import { type Stream, stream } from "../random/streams";
import type { StepperState } from "./stepper";

/**
 * The weights that a network starts from, before the first step; optimiser slots are zeros and so left out.
 *
 * Each weight has its own random stream, named by its stage, its layer within the stage and itself: another layer or
 * stage beside it changes nothing. The mean and spread of `standardise` layers start as they say, for the caller to
 * replace by those of the training rows.
 *
 * @param stageOf the name of a layer's stage, by layer id
 */
export function initialState(network: Network, seed: Seed, stageOf: (layer: string) => string): StepperState {
  const arrays: Record<string, StepperState["arrays"][string]> = {};
  for (const { layer, weight } of networkWeights(network)) {
    const random = stream(seed, "init", stageOf(layer), nameInStage(layer), weight.name);
    arrays[`${layer}/${weight.name}`] = { shape: weight.shape, data: drawWeight(weight, random) };
  }
  return { steps: 0, arrays };
}

/** Layers of a phase are named `stage/layer`; those of a network by itself, `layer`. */
export const nameInStage = (layer: string): string => layer.slice(layer.indexOf("/") + 1);

/** One weight's first values. */
function drawWeight(weight: WeightSpec, random: Stream): Float32Array {
  const size = weight.shape.reduce((product, side) => product * side, 1);
  return Float32Array.from({ length: size }, draws[weight.init](weight, random));
}

type Draw = (weight: WeightSpec, random: Stream) => () => number;

const draws: Readonly<Record<Initialiser, Draw>> = {
  zeros: () => () => 0,
  ones: () => () => 1,
  "glorot-uniform": glorotUniform,
  "he-normal": heNormal,
  "unit-normal": unitNormal,
  "second-quarter-ones": secondQuarterOnes,
};

/**
 * U(±√(6 / (in + out))).
 * @see Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks (2010), equation 16
 */
function glorotUniform({ fanIn, fanOut }: WeightSpec, random: Stream): () => number {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return () => limit * (2 * random.uniform() - 1);
}

/**
 * N(0, 2 / in).
 * @see He et al., Delving deep into rectifiers (2015), equation 10
 */
function heNormal({ fanIn }: WeightSpec, random: Stream): () => number {
  const deviation = Math.sqrt(2 / fanIn);
  return () => deviation * random.normal();
}

/** N(0, 1 / out). */
function unitNormal({ fanOut }: WeightSpec, random: Stream): () => number {
  const deviation = Math.sqrt(1 / fanOut);
  return () => deviation * random.normal();
}

/** 1 in the second of four equal parts, else 0. */
function secondQuarterOnes({ shape }: WeightSpec): () => number {
  const quarter = shape.reduce((size, side) => size * side, 1) / 4;
  let place = 0;
  return () => (Math.floor(place++ / quarter) === 1 ? 1 : 0);
}

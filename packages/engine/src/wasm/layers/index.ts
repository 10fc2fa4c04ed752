import type { Lowering } from "../lowering";
import { attention } from "./attention";
import { avgPool2d, globalAvgPool } from "./avg-pool";
import { batchNorm } from "./batch-norm";
import { concat } from "./concat";
import { conv1d, conv2d } from "./conv2d";
import { dense } from "./dense";
import { depthwiseConv2d } from "./depthwise-conv2d";
import { dropout } from "./dropout";
import { embedding } from "./embedding";
import { gru } from "./gru";
import { layerNorm } from "./layer-norm";
import { lstm } from "./lstm";
import { maxPool1d, maxPool2d } from "./max-pool2d";
import { sigmoid, softmax } from "./probabilities";
import { relu } from "./relu";
import { standardise } from "./standardise";
import { position, sum } from "./sum";
import { flatten, foldSteps, frames, lastStep, unfoldSteps } from "./views";

/** Layer kinds that have a wasm program, by name. A kind that is not here runs eagerly. */
export const lowerings: Readonly<Record<string, Lowering | undefined>> = {
  dense,
  conv2d,
  "depthwise-conv2d": depthwiseConv2d,
  conv1d,
  "max-pool2d": maxPool2d,
  "max-pool1d": maxPool1d,
  "avg-pool2d": avgPool2d,
  "global-avg-pool": globalAvgPool,
  flatten,
  frames,
  concat,
  relu,
  softmax,
  sigmoid,
  standardise,
  embedding,
  gru,
  lstm,
  "last-step": lastStep,
  attention,
  position,
  sum,
  "layer-norm": layerNorm,
  "batch-norm": batchNorm,
  dropout,
  "fold-steps": foldSteps,
  "unfold-steps": unfoldSteps,
};

import { attention } from "./attention/attention";
import { avgPool2d } from "./avg-pool2d/avg-pool2d";
import { batchNorm } from "./batch-norm/batch-norm";
import { concat } from "./concat/concat";
import { conv1d } from "./conv1d/conv1d";
import { conv2d } from "./conv2d/conv2d";
import { dense } from "./dense/dense";
import { depthwiseConv2d } from "./depthwise-conv2d/depthwise-conv2d";
import { dropout } from "./dropout/dropout";
import { embedding } from "./embedding/embedding";
import { flatten } from "./flatten/flatten";
import { foldSteps } from "./fold-steps/fold-steps";
import { frames } from "./frames/frames";
import { globalAvgPool } from "./global-avg-pool/global-avg-pool";
import { gru } from "./gru/gru";
import { lastStep } from "./last-step/last-step";
import type { LayerKind } from "./layer";
import { layerNorm } from "./layer-norm/layer-norm";
import { lstm } from "./lstm/lstm";
import { maxPool1d } from "./max-pool1d/max-pool1d";
import { maxPool2d } from "./max-pool2d/max-pool2d";
import { position } from "./position/position";
import { relu } from "./relu/relu";
import { sigmoid } from "./sigmoid/sigmoid";
import { softmax } from "./softmax/softmax";
import { standardise } from "./standardise/standardise";
import { sum } from "./sum/sum";
import { unfoldSteps } from "./unfold-steps/unfold-steps";

/** Every layer kind, one line each. */
// biome-ignore format: one line a kind
const kinds: readonly LayerKind[] = [
  dense,
  conv2d,
  depthwiseConv2d,
  conv1d,
  maxPool2d,
  maxPool1d,
  avgPool2d,
  globalAvgPool,
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
  lastStep,
  attention,
  position,
  sum,
  layerNorm,
  batchNorm,
  dropout,
  foldSteps,
  unfoldSteps,
];

/** Layer kinds by name. It has own keys only: a network can reach nothing else. */
export const layerKinds: Readonly<Record<string, LayerKind>> = Object.freeze(
  Object.assign(Object.create(null), Object.fromEntries(kinds.map((kind) => [kind.kind, kind]))),
);

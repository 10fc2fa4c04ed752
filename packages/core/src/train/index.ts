export type {
  Engine,
  EngineInfo,
  Normalise,
  OptimiserSpec,
  ResidentArray,
  StepLoss,
  Stepper,
  StepperState,
  StepReport,
  StepSpec,
} from "./stepper";
export { hasIndexTargets, lossKinds, type LossName } from "../losses/index";
export type { Layer, LayerKind, Network, Shape, Tensor, Tf, WeightSpec } from "../layers/layer";
export { rateAt, shrinkage } from "./learning-rate";
export { divisor, headLoss, slotLosses, type HeadTensors } from "./losses";
export type { RunEvent, Scores, StageResult, TrialResult } from "./events";
export type { DoseQuestion, DoseScores } from "./dose";
export { drawKeys } from "./draw-keys";
export { execute } from "./execute";
export { isTraining } from "./fits";
export { type CurvePoint, emptyRun, foldRun, type PhaseView, type RunView } from "./fold";
export { initialState } from "./initial-state";
export { fillWords, type WordKey } from "../random/words";
export { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from "../layers/batch-norm/batch-norm";
export { LAYER_NORM_EPSILON } from "../layers/layer-norm/layer-norm";
export { dropoutThreshold, toFactors } from "../layers/dropout/dropout";
export type { Prediction, PredictionStore } from "./kept-predictions";
export { BECAUSE_OF_HIT } from "./keys";
export { differences, memoryCache, type MemoryCache } from "./memory-cache";
export type { EpisodeOf, Replay, ReplayMoment } from "./replay";
export {
  type Edits,
  type Fix,
  type Judgement,
  openTracer,
  type Outcome,
  type Trace,
  type TracedValue,
  type Tracer,
} from "./trace";
export type {
  Budget,
  PhaseArtifact,
  PhaseCheckpoint,
  StageCache,
  TargetScale,
  Trial,
  TrialHost,
} from "./trial";

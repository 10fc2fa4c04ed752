export { contentHash, seed, stageId, type ContentHash, type Seed, type StageId } from "./ids";
export { isClean, type Checked, type Diagnostic, type Place, type Severity } from "./diagnostics/diagnostic";
export { diagnose, diagnosticCatalog } from "./diagnostics/catalog";
export { defineDiagnostic, type DiagnosticEntry, type DiagnosticMaker } from "./diagnostics/define";
export { nearest } from "./diagnostics/nearest";
export { placeWords } from "./diagnostics/place-words";
export { countOf, describeValue, listNames, quote } from "./diagnostics/words";
export { FieldType, type ElementType, type FieldTypeOf, type SequenceType } from "./graph/field-type";
export {
  GRAPH_FORMAT,
  GraphDocument,
  LinkMode,
  type LinkDocument,
  type StageDocument,
} from "./graph/document";
export { assignable, describeType, typesEqual } from "./graph/assignable";
export { canonicalJson, graphHash, hashBytes, hashJson } from "./graph/canonical";
export { diffGraphs, sameGraph, type Change, type GraphDiff } from "./graph/diff";
export { graphJsonSchema } from "./graph/json-schema";
export { checkGraphDocument, readGraphDocument } from "./graph/read";
export { readJson, scanJson } from "./graph/scan";
export type {
  Condition,
  Environment,
  EnvironmentFacts,
  EpisodeOutcome,
  Episodes,
  EpisodesView,
  SceneMoment,
  ScenePoint,
  SceneRole,
  SceneShape,
} from "./environment/environment";
export { problemJsonSchema } from "./problem/json-schema";
export { metricsFor } from "./problem/metrics";
export { parseProblem, readProblemDocument } from "./problem/parse";
export {
  FieldName,
  MetricName,
  type ProblemField,
  type ProblemSchema,
  type Split,
  type TargetMetric,
} from "./problem/document";
export {
  scoresPerRecord,
  slotsPerRecord,
  valuesPerRecord,
  type Column,
  type ProblemData,
  type SplitName,
} from "./data/column";
export { gatherRows, keepRecords, missingColumn } from "./data/gather";
export { describeValue as valueInWords } from "./data/words";
export { stream, streamFrom, type Stream } from "./random/streams";
export type {
  AlgorithmKind,
  LearnedKind,
  OutputKind,
  SourceKind,
  StageKind,
  StageRegistry,
} from "./stages/stage";
export type {
  EvaluatePhase,
  Graph,
  Phase,
  TrainingPlan,
  TrainPhase,
  TypedGraph,
  ValueSource,
} from "./compile/plan";
export { layerKinds } from "./layers/index";
export {
  networkFacts,
  networkFlops,
  networkShapes,
  networkWeights,
  type LayerFacts,
  type NetworkFacts,
} from "./layers/network";
export { defineAlgorithm, defineLearned, defineOutput, defineSource } from "./stages/define";
export { standardKinds, standardStages } from "./stages/index";
export { paramsJsonSchema } from "./stages/json-schema";
export { createRegistry } from "./stages/registry";
export { convertColumn } from "./stages/convert";
export { foldColumn, unfoldColumn } from "./stages/each";
export { GRAPH_LIMITS, parseGraph } from "./compile/1-parse";
export { COST_LIMITS, type FitSize, REFERENCE_SPEED, secondsPerFit, type Speed } from "./compile/4-price";
export {
  type BackendChoice,
  chooseBackend,
  fitSizeOf,
  mostTrainingSeconds,
  type MachineFacts,
  type PricedBackend,
  trainingSeconds,
} from "./compile/choose-backend";
export { type Compilation, compile, type CompileContext } from "./compile/compile";
export { printPlan } from "./compile/print-plan";
export { inputPorts, outputPorts } from "./compile/ports";

export type { AppRouter } from "./router";
export type { Conflict } from "./trpc";
export type {
  ExperimentStatus,
  ExperimentSummary,
  ExperimentView,
  FieldFacts,
  ImportPreview,
  LiveEvent,
  PipelineSummary,
  PipelineVersionSummary,
  PipelineView,
  ProblemCard,
  ProblemView,
  Provenance,
  RecordPage,
  RecordValue,
  RecordView,
  SystemInfo,
  TrialStatus,
  TrialSummary,
  TrialView,
  WorkerStatus,
} from "./wire";

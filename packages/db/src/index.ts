export { openDatabase, type Database, type DatabaseOptions } from "./database";
export {
  startEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
} from "./embedded/embedded-postgres";
export { deployMigrations } from "./migrate";
export type { Channel, Listener } from "./listen";
export type { QueueRole, TrialJob, TrialQueue } from "./queue";
export {
  createPipeline,
  listPipelines,
  listVersions,
  readPipeline,
  removePipeline,
  savePipeline,
  type PipelineContent,
  type PipelineRow,
  type PipelineVersionRow,
  type Saved,
} from "./pipelines";
export { createProblem, listProblems, readProblem, type ProblemRow } from "./problems";
export {
  createExperiment,
  experimentExists,
  listExperiments,
  newestEngine,
  readExperiment,
  readPlans,
  readTrial,
  trialExists,
  trialIds,
  type ExperimentListRow,
  type ExperimentRow,
  type NewExperiment,
  type PipelineSnapshot,
} from "./experiments";
export {
  experimentsWithoutFinding,
  keepFinding,
  readFinding,
  type FindingKey,
  type FindingTexts,
} from "./findings";
export type { ExperimentKind, StoredLab } from "./stored-lab";
export {
  appendEvents,
  lastSeq,
  readEvents,
  type EventRow,
  type LoggedEvent,
  type LogRange,
  type LogTopic,
  type StatusEvent,
} from "./trials/events";
export { loseWorker, requeueForgotten, runningWorkers, vouchFor, type Loss } from "./trials/recover";
export {
  MAX_LOST_WORKERS,
  nextState,
  type TrialCommand,
  type TrialState,
  type TrialStatus,
} from "./trials/state";
export {
  listTrials,
  readTrials,
  readTrialScores,
  type TrialListRow,
  type TrialRow,
  type TrialScores,
} from "./trials/rows";
export { changeTrial, changeTrials, claimTrial, renewLease, type ChangedTrial } from "./trials/transitions";

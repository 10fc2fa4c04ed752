export { type CalibrationLog, openCalibrationLog } from "./calibration-log";
export { cacheFolder, type CacheOptions, type DiskCache, openCache } from "./cache/disk";
export { bundlesFolder, runnerSettings, type RunnerSettings, seamsHome } from "./env";
export { type GridQuestion, type GridTrial, runGrid, type TrialPlace } from "./grid";
export { type LabOutcome, type LabQuestion, runLab } from "./lab";
export {
  keepMachineSpeeds,
  machineFacts,
  type MachineSpeeds,
  planningSpeed,
} from "./machine-speed";
export { fitSpeed, type TimedFit } from "./fit-speed";
export { openProblem, type OpenedProblem } from "./problem";
export { type Program, programAt } from "./program";
export type { TrialEnd } from "./protocol";
export {
  openTracing,
  type ReplayQuestion,
  type ReplayView,
  type TracedView,
  type TraceView,
  type Tracing,
  type ValueEdits,
} from "./tracing";
export { residentMb } from "./resident-memory";
export { runTrial, type TrialCall } from "./trial";

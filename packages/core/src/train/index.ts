export type { Engine, EngineInfo, Stepper, StepperState, StepReport, StepSpec } from "./stepper";
export type { RunEvent, Scores, StageResult, TrialResult } from "./events";

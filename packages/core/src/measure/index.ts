export type {
  Cell,
  ClosedLoopComparison,
  ClosedLoopSummary,
  Comparison,
  Crossing,
  CurveSpot,
  CurveSummary,
  HeadlineDifference,
  Judgement,
  LabelNeed,
  PairedDifference,
  PipelineAttribution,
  StageCeiling,
  StageCurve,
  Summary,
} from "./comparison";
export { withTruthFrom } from "./attribution/retrain";
export { QUALITIES, type StageDose, stageDose } from "./attribution/stage-dose";
export { cellOf, type CellPlace, costAt, failedCell, type Prices, pricesOf } from "./cell";
export { chanceScore } from "./chance";
export { compareCells, type ComparisonQuestion } from "./compare";
export { compareTrials, type EndedTrial, type RetrainedTrial, type TrialsQuestion } from "./compare-trials";
export { type EqualCost, equalCosts } from "./costs/equal-cost";
export {
  type BudgetDifferences,
  crossover,
  type MeasuredCrossover,
  type Stretch,
} from "./crossover/crossover";
export { holm } from "./holm";
export { type Ends, holmIntervals } from "./holm-interval";
export { FEWEST_SEEDS, isEquivalent, meanInterval, type MeanInterval, pairedInterval } from "./interval";
export {
  foretellError,
  type HalfWay,
  halfWay,
  type KnownCurve,
  learningCurve,
  type LearningCurve,
} from "./learning-curve/curve";
export { type CurveFamily, families } from "./learning-curve/family";
export { errorAt, type FittedCurve } from "./learning-curve/fit";
export type { BudgetErrors } from "./learning-curve/samples";
export { type PipelineLabelPlan, planPipelineLabels } from "./label-needs";
export { marginOf, scoreOf } from "./margin";
export { metrics } from "./metrics/index";
export type { Metric } from "./metrics/metric";
export { headlineOf, scoreLook } from "./score-look";
export { seedsFor } from "./sample-size";
export { signFlipP, smallestSignFlipP } from "./sign-flip";
export { studentCdf, studentQuantile } from "./student-t";
export { type CorrectRows, testSetError } from "./test-set";
export { verdictInWords } from "./verdict";
export { wilsonInterval } from "./wilson";
export {
  calibrate,
  type Calibration,
  calibrationInWords,
  type LoggedPrediction,
  outcomeOf,
  type PredictionOutcome,
  predictionsOf,
} from "../advise/calibration";

import { hashJson } from "../graph/canonical";
import type { Comparison } from "../measure/comparison";
import { FEWEST_SEEDS } from "../measure/interval";
import { wilsonInterval } from "../measure/wilson";
import type { Prediction, RuleName } from "./advice";

/** A prediction of the advisor's, with everything that is needed to tell later whether it came true. */
export interface LoggedPrediction {
  /** Equal for the same prediction from the same runs. */
  readonly key: string;
  readonly rule: RuleName;
  readonly says: string;
  /** Hash of the problem's data, and of the pipelines: what they are called doesn't matter. */
  readonly data: string;
  readonly of: string;
  readonly over?: string;
  readonly rows: number;
  readonly score: string;
  readonly higherIsBetter: boolean;
  readonly low: number;
  readonly high: number;
  /** The chance that it claims, from 0 to 1. */
  readonly confidence: number;
  /** Seeds that it was made from: results of theirs are no test of it. */
  readonly seeds: readonly number[];
}

/** What came of a prediction. */
export interface PredictionOutcome {
  readonly key: string;
  readonly mean: number;
  /** New seeds. */
  readonly n: number;
  readonly held: boolean;
}

/** How far the advisor's claims can be believed: what it foretold against what was measured afterwards. */
export interface Calibration {
  readonly made: number;
  readonly settled: number;
  readonly held: number;
  /** Share of settled predictions that held, with its Wilson interval; absent before any is settled. */
  readonly coverage?: { readonly share: number; readonly low: number; readonly high: number };
  /** Mean chance that the settled ones claimed. */
  readonly claimed?: number;
  /**
   * Mean of (claimed chance − outcome)², 0 best. Brier, Verification of forecasts expressed in terms of probability,
   * Monthly Weather Review 78 (1950).
   */
  readonly brier?: number;
}

/** The predictions that a comparison's advice makes. */
export function predictionsOf(comparison: Comparison): readonly LoggedPrediction[] {
  const { advice, pipelines, problem, higherIsBetter, seeds } = comparison;
  const hashOf = (id: string): string | undefined => pipelines.find((one) => one.id === id)?.hash;
  return advice.flatMap(({ rule, prediction, confidence }) => {
    const of = prediction && hashOf(prediction.of);
    const over = prediction?.over === undefined ? undefined : hashOf(prediction.over);
    if (prediction === undefined || of === undefined || confidence === undefined) return [];
    if (prediction.over !== undefined && over === undefined) return [];
    const { says, rows, score, low, high } = prediction;
    const facts = {
      rule,
      data: problem.hash,
      of,
      ...(over === undefined ? {} : { over }),
      rows,
      score,
      higherIsBetter,
      low,
      high,
      confidence,
      seeds: [...seeds],
    };
    return [{ key: hashJson(facts), says, ...facts }];
  });
}

/**
 * What a comparison says of a prediction: the mean over seeds that the prediction has not seen, and whether it lies in
 * the range. A gain is an improvement: above 0 is better, whichever way the metric points.
 *
 * @returns undefined where the comparison is of other data, pipelines or rows, or has under 3 new seeds
 */
export function outcomeOf(
  prediction: LoggedPrediction,
  comparison: Comparison,
): PredictionOutcome | undefined {
  if (comparison.problem.hash !== prediction.data) return undefined;
  const scores = newScores(comparison, prediction, prediction.of);
  const others =
    prediction.over === undefined ? undefined : newScores(comparison, prediction, prediction.over);
  const sign = prediction.higherIsBetter ? 1 : -1;
  const values = [...scores].flatMap(([seed, score]) => {
    if (others === undefined) return [score];
    const other = others.get(seed);
    return other === undefined ? [] : [sign * (score - other)];
  });
  if (values.length < FEWEST_SEEDS) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const held = mean >= prediction.low && mean <= prediction.high;
  return { key: prediction.key, mean, n: values.length, held };
}

/** Scores of a pipeline at the prediction's rows, by seeds that it was not made from. */
function newScores(
  { pipelines, cells }: Comparison,
  { rows, score, seeds }: Pick<Prediction, "rows" | "score"> & Pick<LoggedPrediction, "seeds">,
  hash: string,
): ReadonlyMap<number, number> {
  const ids = new Set(pipelines.flatMap((one) => (one.hash === hash ? [one.id] : [])));
  return new Map(
    cells.flatMap((cell): [number, number][] => {
      const value = cell.test[score];
      const counts = cell.budget === rows && cell.failed === undefined && !seeds.includes(cell.seed);
      return counts && ids.has(cell.pipeline) && value !== undefined ? [[cell.seed, value]] : [];
    }),
  );
}

/** Sums a log up. Each prediction counts once, by what came of it first. */
export function calibrate(
  predictions: readonly LoggedPrediction[],
  outcomes: readonly PredictionOutcome[],
): Calibration {
  const made = new Map(predictions.map((one) => [one.key, one]));
  const first = new Map<string, PredictionOutcome>();
  for (const outcome of outcomes) if (!first.has(outcome.key)) first.set(outcome.key, outcome);
  const settled = [...first.values()].flatMap(({ key, held }) => {
    const prediction = made.get(key);
    return prediction === undefined ? [] : [{ claimed: prediction.confidence, held: Number(held) }];
  });
  const held = settled.filter((one) => one.held === 1).length;
  const counts = { made: made.size, settled: settled.length, held };
  if (settled.length === 0) return counts;
  const mean = (of: (one: (typeof settled)[number]) => number): number =>
    settled.reduce((sum, one) => sum + of(one), 0) / settled.length;
  const { low, high } = wilsonInterval(held, settled.length);
  return {
    ...counts,
    coverage: { share: held / settled.length, low, high },
    claimed: mean(({ claimed }) => claimed),
    brier: mean((one) => (one.claimed - one.held) ** 2),
  };
}

/** A calibration in a sentence. */
export function calibrationInWords({ made, settled, held, coverage, claimed, brier }: Calibration): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  if (made === 0) return "No prediction has been made on this machine yet.";
  if (coverage === undefined || claimed === undefined || brier === undefined)
    return `${made} ${made === 1 ? "prediction was" : "predictions were"} made on this machine; no later run has tested one yet.`;
  return `Of ${settled} predictions that later runs tested on this machine, ${held} came true: ${percent(coverage.share)} (95 % interval ${percent(coverage.low)} to ${percent(coverage.high)}) where they claimed ${percent(claimed)}; Brier score ${brier.toFixed(2)}. ${made - settled} wait for a run.`;
}

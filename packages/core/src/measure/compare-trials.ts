import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ProblemSchema } from "../problem/document";
import type { TrialResult } from "../train/events";
import type { EngineInfo } from "../train/stepper";
import { cellOf, type CellPlace, failedCell, type Prices, pricesOf } from "./cell";
import { compareCells } from "./compare";
import type { Cell, Comparison } from "./comparison";
import { meanOf } from "./interval";

/** A trial that has ended, by its result or by what went wrong. */
export type EndedTrial = CellPlace & ({ readonly result: TrialResult } | { readonly diagnostic: Diagnostic });

/** Everything that a comparison of trials is made from. Trials that wait, run or were cancelled are left out of it. */
export interface TrialsQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds"> {
  readonly schema: ProblemSchema;
  /** `ProblemData.hash` */
  readonly hash: string;
  readonly trials: readonly EndedTrial[];
  /** Instead of the problem's own, by field. */
  readonly prices?: Prices;
  /** δ, in the metric's unit. */
  readonly margin?: number;
  /** The machinery to name; absent: the first trial's. */
  readonly engine?: EngineInfo;
  /** Trials of the same places whose links from one stage were trained on its truth, by stage. */
  readonly retrained?: readonly RetrainedTrial[];
}

/** A trial of a pipeline whose links from one stage carry the truth while it trains. */
export interface RetrainedTrial extends CellPlace {
  readonly stage: string;
  readonly result: TrialResult;
}

/**
 * Compares trials: the one way from results to numbers, whoever asks.
 * @returns undefined before the first trial has a result
 */
export function compareTrials(question: TrialsQuestion): Comparison | undefined {
  const { schema, hash, trials, pipelines, budgets, seeds, margin } = question;
  const metric = schema.metrics[0]?.metric;
  const engine = question.engine ?? trials.find((trial) => "result" in trial)?.result.engine;
  if (metric === undefined || engine === undefined) return undefined;
  const prices = pricesOf(schema, question.prices);
  const results = new Map<Cell, TrialResult>();
  const cells = trials.map((trial) => {
    if ("diagnostic" in trial) return failedCell(trial, trial.diagnostic);
    const cell = cellOf(trial.pipeline, trial.result, prices);
    results.set(cell, trial.result);
    return cell;
  });
  const retrained = new Map(
    question.retrained?.map(({ stage, result, ...place }) => [placeKey(place, stage), result]),
  );
  return compareCells({
    problem: { name: schema.name, hash },
    engine,
    pipelines,
    budgets,
    seeds,
    cells,
    metric,
    chance: chanceOf(results.values(), metric),
    correctOf: (cell) => results.get(cell)?.correct,
    detailsOf: (cell) => results.get(cell),
    retrainedOf: (cell, stage) => scoreWithTruth(retrained.get(placeKey(cell, stage)), stage),
    ...(margin === undefined ? {} : { margin }),
  });
}

/** Chance is made from the training labels: the largest budgets know it best. */
function chanceOf(results: Iterable<TrialResult>, metric: string): number | undefined {
  const known = [...results].flatMap(({ budget, chance }) => {
    const score = chance?.[metric];
    return score === undefined ? [] : [{ budget, score }];
  });
  const most = Math.max(...known.map(({ budget }) => budget));
  const largest = known.filter(({ budget }) => budget === most).map(({ score }) => score);
  return largest.length === 0 ? undefined : meanOf(largest);
}

const placeKey = ({ pipeline, budget, seed }: CellPlace, stage: string): string =>
  JSON.stringify([pipeline, budget, seed, stage]);

const scoreWithTruth = (result: TrialResult | undefined, stage: string): number | undefined =>
  result?.oracles?.scores.find(({ replaced }) => replaced.length === 1 && replaced[0] === stage)?.score;

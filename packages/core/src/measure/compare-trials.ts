import { advise } from "../advise/advise";
import { factsOf } from "../advise/facts";
import type { TrainingPlan } from "../compile/plan";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ProblemSchema } from "../problem/document";
import type { TrialResult } from "../train/events";
import type { EngineInfo } from "../train/stepper";
import { cellOf, type CellPlace, failedCell, type Prices, pricesOf } from "./cell";
import { compareClosedLoop } from "./closed-loop";
import { compareCells } from "./compare";
import type { Cell, Comparison } from "./comparison";
import { meanOf } from "./interval";
import { marginOf } from "./margin";
import { headlineOf, scoreLook } from "./score-look";

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
  /** The pipelines' plans, by id: what the advisor knows them by. Those without one get no advice. */
  readonly plans?: ReadonlyMap<string, TrainingPlan>;
  /** Training rows that the problem has. */
  readonly rows?: number;
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
  const metric = headlineOf(schema);
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
  const chance = chanceOf(results.values(), metric);
  const compared = compareCells({
    problem: { name: schema.name, hash },
    engine,
    pipelines,
    budgets,
    seeds,
    cells,
    metric,
    chance,
    correctOf: (cell) => results.get(cell)?.correct,
    detailsOf: (cell) => results.get(cell),
    retrainedOf: (cell, stage) => scoreWithTruth(retrained.get(placeKey(cell, stage)), stage),
    ...(margin === undefined ? {} : { margin }),
  });
  const {
    environment,
    metrics: [openLoop],
  } = schema;
  const comparison: Comparison =
    environment === undefined || openLoop === undefined
      ? compared
      : {
          ...compared,
          closedLoop: compareClosedLoop({
            ...compared,
            environment,
            openLoop: openLoop.metric,
            loopOf: (cell) => results.get(cell)?.closedLoop,
            oraclesOf: (cell) => results.get(cell)?.oracles,
          }),
        };
  const { plans } = question;
  if (plans === undefined) return comparison;
  const facts = pipelines.flatMap((pipeline) => {
    const plan = plans.get(pipeline.id);
    return plan === undefined ? [] : [factsOf(pipeline, plan, schema)];
  });
  return {
    ...comparison,
    advice: advise({
      comparison,
      facts,
      prices,
      margin: margin ?? marginOf(comparison),
      style: { metric, isShare: scoreLook(metric)?.isShare === true },
      chance,
      goldOf: (cell) => goldScore(results.get(cell), schema),
      donorRows: donorRowsOf(results),
      rowsAvailable: question.rows,
    }),
  };
}

/** The score with every stage true that learns from fields in between, and the answers' own stages as they are. */
function goldScore(result: TrialResult | undefined, { target }: ProblemSchema): number | undefined {
  const oracles = result?.oracles;
  if (result === undefined || oracles === undefined) return undefined;
  const between = oracles.stages.filter((stage) =>
    result.stages[stage]?.labels?.every((field) => !target.includes(field)),
  );
  if (between.length === 0) return undefined;
  return oracles.scores.find(({ replaced }) => replaced.join() === between.join())?.score;
}

/** Rows that the weights were trained on from which pipelines start. */
function donorRowsOf(results: ReadonlyMap<Cell, TrialResult>): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const [{ pipeline }, { stages }] of results) {
    const known = Object.values(stages).flatMap(({ startedFrom }) => startedFrom?.rows ?? []);
    if (known.length > 0) rows.set(pipeline, Math.min(...known));
  }
  return rows;
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

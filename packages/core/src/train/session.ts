import type { ValueSource } from "../compile/plan";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { standardStages } from "../stages/index";
import { type BudgetRows, chooseRows } from "./budget";
import { type Fit, isTraining, type PhaseFits, planFits } from "./fits";
import type { GatheredMoments } from "./gather";
import { keepPredictions } from "./kept-predictions";
import { type FitKeys, keyFits } from "./keys";
import { type Dependence, dependence, type Overrides, phasesById } from "./overrides";
import { createPredictor, type Predictor } from "./predict";
import { createResolver, type Resolver, type ResolverParts } from "./resolve";
import { type RowSet, rowSet } from "./row-set";
import { createSourceKeys } from "./source-keys";
import type { PhaseArtifact, Trial, TrialHost } from "./trial";

/** A fit's result in this trial. */
export interface FitResult {
  readonly artifact: PhaseArtifact;
  readonly cached: boolean;
  readonly because: string;
}

/** A trial that is under way: everything known before training, and what has been trained so far. */
export interface Session {
  readonly trial: Trial;
  readonly host: TrialHost;
  readonly budget: BudgetRows;
  /** The budget's rows, with the labels that the budget allows. */
  readonly training: RowSet;
  readonly fits: ReadonlyMap<string, PhaseFits>;
  readonly keys: FitKeys;
  readonly results: Map<Fit, FitResult>;
  /** Moments by round, once something has asked for them. */
  readonly gathered: Map<number, Promise<GatheredMoments>>;
  readonly resolver: Resolver;
  readonly dependence: Dependence;
  /** The same pipeline with some values replaced; what doesn't depend on them is not computed again. */
  replacing(overrides: Overrides): Resolver;
  /** A resolver that knows nothing yet, with some values replaced where there are some. */
  fresh(predictor: Predictor, overrides?: Overrides): Resolver;
}

/** Opens a trial: chooses rows, says what will be fitted on which of them, and under which keys. */
export function openSession(
  trial: Trial,
  host: TrialHost,
): { readonly session?: Session; readonly diagnostics: readonly Diagnostic[] } {
  const { plan, problem, seed } = trial;
  const chosen = chooseRows(host.data, problem, trial.budget, seed);
  const budget = chosen.value;
  if (budget === undefined) return { diagnostics: chosen.diagnostics };
  const training = rowSet(host.data, problem, { name: "training", rows: budget.rows, limits: budget.limits });
  const { fits, diagnostics } = planFits({ plan, seed, budget, rows: training });
  if (diagnostics.length > 0) return { diagnostics };
  const results = new Map<Fit, FitResult>();
  const keys = keyFits({ fits, budget, seed, engine: host.engine.info, data: host.data.hash });
  const stages = host.stages ?? standardStages;
  const sources = createSourceKeys();
  for (const source of evaluated(trial)) sources.of(source);
  const parts: ResolverParts = {
    predictor: createPredictor(host),
    keys: sources,
    stages,
    fits,
    training,
    ...(host.predictions === undefined
      ? {}
      : { kept: keepPredictions(host.predictions, { fits, keys, stages, training }) }),
    artifactOf: (fit) => {
      const result = results.get(fit);
      if (result === undefined) throw new Error(`session: ${fit.id} has not been fitted`);
      return result.artifact;
    },
  };
  const resolver = createResolver(parts);
  const depends = dependence(phasesById(trial));
  const replacing = (overrides: Overrides): Resolver =>
    createResolver({ ...parts, replacing: { overrides, dependence: depends, unchanged: resolver } });
  const fresh = (predictor: Predictor, overrides?: Overrides): Resolver => {
    const plain = createResolver({ ...parts, predictor });
    if (overrides === undefined) return plain;
    const replaced = { overrides, dependence: depends, unchanged: plain };
    return createResolver({ ...parts, predictor, replacing: replaced });
  };
  const session = {
    trial,
    host,
    budget,
    training,
    fits,
    keys,
    results,
    gathered: new Map(),
    resolver,
    dependence: depends,
    replacing,
    fresh,
  };
  return { session, diagnostics };
}

/** What is computed to score a pipeline, and to act for its gatherings. */
const evaluated = ({ plan }: Trial): readonly ValueSource[] =>
  plan.phases
    .flatMap((phase) =>
      isTraining(phase)
        ? (phase.gatherings ?? []).flatMap(({ answers }) => answers)
        : [...phase.answers, ...phase.seams],
    )
    .map(({ source }) => source);

/** Every fit of a trial, in the order of the plan. */
export const allFits = (fits: ReadonlyMap<string, PhaseFits>): readonly Fit[] =>
  [...fits.values()].flatMap(({ full, folds }) => [full, ...[...folds.values()].flatMap(({ fits }) => fits)]);

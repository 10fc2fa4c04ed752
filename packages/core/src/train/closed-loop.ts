import type { EvaluatePhase } from "../compile/plan";
import type { Column } from "../data/column";
import { compositeScore, conditionScore, type EpisodeMetric } from "../environment/closed-loop-metrics";
import type { Environment, EnvironmentFacts, EpisodeOutcome, Episodes } from "../environment/environment";
import { meanOf } from "../measure/interval";
import type { ProblemSchema } from "../problem/document";
import { answerOf } from "./evaluate";
import type { Scores } from "./events";
import type { Overrides } from "./overrides";
import { createKeepingPredictor, type Predictor } from "./predict";
import { compounding, countMistakes } from "./mistakes";
import type { Resolver } from "./resolve";
import type { RowSet } from "./row-set";
import type { TrialHost } from "./trial";

/** Every episode of a trial, one entry each, in the environment's order. */
export interface ClosedLoopResult {
  /** `EnvironmentFacts.version` */
  readonly version: string;
  readonly conditions: readonly ConditionResult[];
}

/** Outcomes under one condition. */
export interface ConditionResult {
  readonly id: string;
  /** 1 = ended well */
  readonly success: readonly number[];
  readonly completion: readonly number[];
  /** 1 = came to harm */
  readonly harm: readonly number[];
  readonly violation: readonly number[];
  readonly roughness: readonly number[];
  /** Mistakes of an episode up to each horizon, mean over episodes; only where the environment tells mistakes. */
  readonly mistakes?: readonly number[];
}

/** A trained pipeline, and the world that it is put into. */
export interface ClosedLoopQuestion {
  readonly environment: Environment;
  readonly phase: EvaluatePhase;
  readonly problem: ProblemSchema;
  readonly host: Pick<TrialHost, "engine" | "signal" | "breathe">;
  /** A resolver for one moment. */
  fresh(predictor: Predictor, overrides?: Overrides): Resolver;
}

/**
 * Lets the pipeline act in every episode of every condition.
 * @throws the signal's reason when it is aborted in between
 */
export async function runClosedLoop(question: ClosedLoopQuestion): Promise<ClosedLoopResult> {
  const { environment } = question;
  const conditions: ConditionResult[] = [];
  for (const { id } of environment.conditions) conditions.push(await runCondition(question, id));
  return { version: environment.version, conditions };
}

/** Lets the pipeline act in every episode of one condition, with some values replaced where there are overrides. */
export async function runCondition(
  question: ClosedLoopQuestion,
  condition: string,
  overrides?: Overrides,
): Promise<ConditionResult> {
  const { environment, phase, host, fresh } = question;
  const episodes = environment.open(condition);
  const mistakes =
    overrides === undefined ? countMistakes(episodes, environment.mistakes?.horizons) : undefined;
  const predictor = createKeepingPredictor(host);
  try {
    while (episodes.running > 0) {
      host.signal.throwIfAborted();
      const resolver = fresh(predictor, overrides);
      const rows = momentRows(episodes);
      const answers = await answersNow(phase.answers, { ...question, resolver }, rows);
      mistakes?.note(answers);
      episodes.act(answers);
      await host.breathe();
    }
  } finally {
    predictor.dispose();
  }
  const summed = mistakes?.sums();
  return {
    ...resultOf(condition, episodes.outcomes()),
    ...(summed === undefined ? {} : { mistakes: summed }),
  };
}

/** What acts, and what its values are computed with. */
type ActingParts = Pick<ClosedLoopQuestion, "problem"> & { readonly resolver: Resolver };

/** What the pipeline answers in this moment, by target. */
export async function answersNow(
  answers: EvaluatePhase["answers"],
  parts: ActingParts,
  rows: RowSet,
): Promise<Readonly<Record<string, Column>>> {
  const given: Record<string, Column> = {};
  for (const answer of answers) given[answer.target] = await answerOf(answer, parts, rows);
  return given;
}

/** What can be seen and known now, as rows. */
export const momentRows = (episodes: Episodes): RowSet => ({
  name: "now",
  rows: Int32Array.from({ length: episodes.running }, (_, row) => row),
  field: (name) => episodes.field(name),
});

function resultOf(id: string, outcomes: readonly EpisodeOutcome[]): ConditionResult {
  return {
    id,
    success: outcomes.map(({ success }) => Number(success)),
    completion: outcomes.map(({ completion }) => completion),
    harm: outcomes.map(({ harm }) => Number(harm)),
    violation: outcomes.map(({ violation }) => violation),
    roughness: outcomes.map(({ roughness }) => roughness),
  };
}

/** The means over episodes, and how mistakes compound, by the names of scores. */
export function closedLoopScores(
  { conditions }: ClosedLoopResult,
  { mistakes: told }: Pick<EnvironmentFacts, "mistakes">,
): Scores {
  const scores: Record<string, number> = {};
  conditions.forEach(({ id, success, completion, harm, violation, roughness, mistakes }, index) => {
    const means: Readonly<Record<EpisodeMetric, readonly number[]>> = {
      "closed-loop-success": success,
      "closed-loop-composite": completion.map((done, episode) =>
        compositeScore(done, violation[episode] ?? 0, harm[episode] === 1),
      ),
      "closed-loop-completion": completion,
      "closed-loop-harm": harm,
      "closed-loop-violation": violation,
      "closed-loop-roughness": roughness,
    };
    for (const [metric, values] of Object.entries(means)) {
      // Keys of the record above.
      scores[conditionScore(metric as EpisodeMetric, id, index === 0)] = meanOf(values);
    }
    const slope = compounding(told?.horizons, mistakes);
    if (slope !== undefined) scores[conditionScore("closed-loop-compounding", id, index === 0)] = slope;
  });
  return scores;
}

import type { EvaluatePhase, TrainPhase } from "../compile/plan";
import type { Column } from "../data/column";
import { patchColumn } from "../data/patch";
import { type Blame, countBlame, type StageRows } from "../measure/attribution/blame";
import { countSets, oracleSets, type Upstream } from "../measure/attribution/precedence";
import { exactMatch } from "../measure/metrics/exact-match";
import type { ProblemSchema } from "../problem/document";
import { answered, seamTruth } from "./evaluate";
import type { OracleResult, SetScore } from "./events";
import { type Dependence, outputsBefore, type Override, type Overrides, placeOf } from "./overrides";
import type { Resolver } from "./resolve";
import type { RowSet } from "./row-set";

/** What oracle scores are made from. */
export interface OracleQuestion {
  readonly phase: EvaluatePhase;
  readonly training: readonly TrainPhase[];
  readonly problem: ProblemSchema;
  readonly test: RowSet;
  readonly dependence: Dependence;
  /** As the pipeline was trained. */
  readonly resolver: Resolver;
  readonly score: OracleScore;
  /** The same score under the other conditions of an environment. */
  readonly elsewhere?: readonly { readonly condition: string; readonly score: OracleScore }[];
  /** Sets of stages that a trial is scored with at most. */
  readonly mostSets: number;
}

/** The headline score, with some values replaced where there are overrides. */
export type OracleScore = (overrides?: Overrides) => Promise<number | undefined>;

/** A supervised output. */
export type Seam = EvaluatePhase["seams"][number];

type SeamsQuestion = Pick<OracleQuestion, "phase" | "dependence">;

/**
 * The headline score with the outputs of sets of stages replaced by the truth, on the same rows or episodes, with
 * everything downstream as it was trained: v(S) of error attribution. Where a label is missing, the prediction stays.
 *
 * @returns undefined where every labelled stage is an answer itself, and where there are too many sets
 */
export async function scoreOracles(question: OracleQuestion): Promise<OracleResult | undefined> {
  const { dependence, training, mostSets, elsewhere } = question;
  const seams = leadingSeams(question);
  const stages = stagesOf(seams);
  const between = seamsBetween(question);
  if (between.length === 0) return undefined;
  const upstream = upstreamOf(seams, dependence);
  if (countSets(stages, upstream, mostSets) > mostSets) return undefined;
  const sets = setsOf(stages, upstream).map((replaced) => ({
    replaced,
    overrides: replaced.length === 0 ? undefined : truths(seams, replaced),
  }));
  const scores = await scoreSets(sets, question.score);
  const others: { condition: string; scores: readonly SetScore[] }[] = [];
  for (const { condition, score } of elsewhere ?? [])
    others.push({ condition, scores: await scoreSets(sets, score) });
  const blame = await blameOf(question, seams);
  const places = (stage: string): readonly string[] =>
    seams.flatMap((seam) => (seam.stage === stage ? [placeOf(seam.source)] : []));
  return {
    stages,
    upstream,
    scores,
    ...(others.length === 0 ? {} : { elsewhere: others }),
    between: stagesOf(between),
    onTruth: stages.filter((stage) => isUsedOnTruth(places(stage), training, dependence)),
    ...(blame === undefined ? {} : { blame }),
  };
}

/** A set of stages, and what replaces their outputs. */
interface OracleSet {
  readonly replaced: readonly string[];
  readonly overrides: Overrides | undefined;
}

async function scoreSets(sets: readonly OracleSet[], scoreWith: OracleScore): Promise<readonly SetScore[]> {
  const scores: SetScore[] = [];
  for (const { replaced, overrides } of sets) {
    const score = await scoreWith(overrides);
    if (score !== undefined) scores.push({ replaced, score });
  }
  return scores;
}

/** Every set that attribution needs, and each stage alone. */
function setsOf(stages: readonly string[], upstream: Upstream): readonly (readonly string[])[] {
  const sets = oracleSets(stages, upstream);
  const known = new Set(sets.map((set) => set.join(" ")));
  return [...sets, ...stages.filter((stage) => !known.has(stage)).map((stage) => [stage])];
}

/** Seams that an answer depends on, upstream first. */
function leadingSeams({ phase, dependence }: SeamsQuestion): readonly Seam[] {
  const leading = new Set(phase.answers.flatMap(({ source }) => [...dependence.of(source)]));
  return phase.seams.filter(({ source }) => leading.has(placeOf(source)));
}

/** Those of them that are no answers themselves: what an answer is made from. */
export function seamsBetween(question: SeamsQuestion): readonly Seam[] {
  const answers = new Set(question.phase.answers.map(({ source }) => placeOf(source)));
  return leadingSeams(question).filter(({ source }) => !answers.has(placeOf(source)));
}

/** The stages of some seams, each once. */
export const stagesOf = (seams: readonly Seam[]): readonly string[] => [
  ...new Set<string>(seams.map(({ stage }) => stage)),
];

function upstreamOf(seams: readonly Seam[], dependence: Dependence): Upstream {
  const upstream: Record<string, string[]> = {};
  for (const seam of seams) {
    const places = dependence.of(seam.source);
    const others = seams.filter(({ stage, source }) => stage !== seam.stage && places.has(placeOf(source)));
    upstream[seam.stage] = [
      ...new Set([...(upstream[seam.stage] ?? []), ...others.map(({ stage }) => stage)]),
    ];
  }
  return upstream;
}

function truths(seams: readonly Seam[], replaced: readonly string[]): Overrides {
  return new Map(
    seams
      .filter(({ stage }) => replaced.includes(stage))
      .map((seam) => [placeOf(seam.source), truthAt(seam)]),
  );
}

/** The truth at a seam, changed where there is a change; where it lacks a label the prediction stays. */
export const truthAt =
  (seam: Seam, change: (truth: Column) => Column = (truth) => truth): Override =>
  async (own, rows) => {
    const truth = change(seamTruth(seam, rows));
    return truth.present.includes(0) ? patchColumn(await own(), truth) : truth;
  };

/**
 * Whether whatever follows a stage was trained on its true values. Then perfecting the stage leaves nothing to train
 * again: the ceiling with downstream frozen is the one with downstream retrained.
 */
function isUsedOnTruth(
  places: readonly string[],
  training: readonly TrainPhase[],
  dependence: Dependence,
): boolean {
  const depends = (found: Iterable<string>): boolean => [...found].some((place) => places.includes(place));
  return training.every(
    (phase) =>
      !phase.inputs.some(({ source }) => depends(dependence.of(source))) &&
      !Object.keys(phase.network.outputs).some((output) => depends(outputsBefore(phase, output))),
  );
}

/** Counts of test rows by fate; nothing where the headline isn't a share of rows, or a stage's values are amounts. */
async function blameOf(question: OracleQuestion, seams: readonly Seam[]): Promise<Blame | undefined> {
  const { phase, resolver, test, problem } = question;
  const headline = problem.metrics[0];
  const answer = phase.answers.find(({ target }) => target === headline?.target);
  if (answer === undefined || problem.target.length !== 1) return undefined;
  const own = placeOf(answer.source);
  const stages: StageRows[] = [];
  for (const seam of seams.filter(({ source }) => placeOf(source) !== own)) {
    const truth = seamTruth(seam, test);
    if (!isNamed(truth)) return undefined;
    const predicted = await resolver.resolve(seam.source, test);
    stages.push({ stage: seam.stage, right: [...exactMatch.correct(truth, predicted)] });
  }
  const { truth, predicted } = await answered(answer, question, test);
  return isNamed(truth) ? countBlame(stages, [...exactMatch.correct(truth, predicted)]) : undefined;
}

/** Whether values are names, which are right or wrong, and not amounts. */
export function isNamed({ type }: Column): boolean {
  const { is } = type.is === "sequence" ? type.of : type;
  return is === "label" || is === "flags" || is === "text";
}

import type { EvaluatePhase } from "../compile/plan";
import type { Column } from "../data/column";
import { keepRecords } from "../data/gather";
import { fewTestLabels } from "../diagnostics/catalog/trial";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { chanceScore } from "../measure/chance";
import { DETECTION, detectionPrecision, tellsWhereBoxesAre } from "../measure/metrics/detection";
import { metrics } from "../measure/metrics/index";
import { countLabelled } from "../measure/metrics/slots";
import type { ProblemSchema } from "../problem/document";
import { convertColumn } from "../stages/convert";
import type { Scores } from "./events";
import type { Resolver } from "./resolve";
import { letThrough, type RowSet } from "./row-set";

/** With fewer labelled test rows a score says almost nothing. */
const ENOUGH_LABELS = 20;

/** What a finished pipeline is scored with. */
export interface EvaluationQuestion {
  readonly phase: EvaluatePhase;
  readonly problem: ProblemSchema;
  readonly resolver: Resolver;
  readonly test: RowSet;
  /** Rows of the budget, scored as a user's records would be. */
  readonly train: RowSet;
  /** All rows of the budget, with the labels that it allows. */
  readonly labels: RowSet;
}

/** A pipeline's scores. */
export interface Evaluation {
  readonly test: Scores;
  readonly train: Scores;
  /** On test rows, by stage. */
  readonly stages: Readonly<Record<string, Scores>>;
  /** Test scores of the best constant answers, made from the training rows' labels. */
  readonly chance: Scores;
  /** The same for each stage on its own labels. */
  readonly stageChance: Readonly<Record<string, Scores>>;
  /** Per test row, where the headline metric is a share of right rows. */
  readonly correct?: readonly number[];
  readonly notes: readonly Diagnostic[];
}

type Answer = EvaluatePhase["answers"][number];
type Seam = EvaluatePhase["seams"][number];

/** Scores the answers on test and training rows, and every seam on its own labels on test rows. */
export async function evaluatePlan(question: EvaluationQuestion): Promise<Evaluation> {
  const { phase, problem, test, train } = question;
  const notes = new Map<string, Diagnostic>();
  const note = (field: string, truth: Column): void => {
    const labels = countLabelled(truth);
    if (labels < ENOUGH_LABELS)
      notes.set(field, fewTestLabels({ place: { at: "field", field }, field, labels }));
  };
  for (const { target } of phase.answers) note(target, test.field(target));
  for (const { label } of phase.seams) note(label, test.field(label));
  const correct = await correctRows(question);
  return {
    test: await scoreAnswers(question, test),
    train: await scoreAnswers(question, train),
    stages: withDetections(
      await scoreSeams(question, async (seam, truth) =>
        metrics[seam.metric].score(truth, await predictedAt(seam, truth, question)),
      ),
      await scoreDetections(question),
    ),
    chance: nameScores(
      phase.answers.map(({ target, metric }) => ({
        of: target,
        metric,
        value: chanceScore(metric, question.labels.field(target), test.field(target)),
      })),
    ),
    stageChance: await scoreSeams(question, (seam, truth) =>
      Promise.resolve(chanceScore(seam.metric, seamTruth(seam, question.labels), truth)),
    ),
    ...(correct === undefined ? {} : { correct: [...correct] }),
    notes: [...notes.values()].toSorted((a, b) => order(problem, a) - order(problem, b)),
  };
}

const order = ({ fields }: ProblemSchema, { place }: Diagnostic): number =>
  place.at === "field" ? Object.keys(fields).indexOf(place.field) : -1;

/** An answer, of the target's type. */
export async function answerOf(
  { target, source }: Answer,
  { resolver, problem }: Pick<EvaluationQuestion, "resolver" | "problem">,
  rows: RowSet,
): Promise<Column> {
  const column = await resolver.resolve(source, rows);
  const type = problem.fields[target]?.type;
  return type === undefined ? column : convertColumn(column, type);
}

/** An answer beside its truth, both of the target's type. */
export const answered = async (
  answer: Answer,
  question: Pick<EvaluationQuestion, "resolver" | "problem">,
  rows: RowSet,
): Promise<Pair> => ({
  truth: rows.field(answer.target),
  predicted: await answerOf(answer, question, rows),
});

interface Pair {
  readonly truth: Column;
  readonly predicted: Column;
}

/** The answers' scores on some rows. */
export async function scoreAnswers(
  question: Pick<EvaluationQuestion, "phase" | "resolver" | "problem">,
  rows: RowSet,
): Promise<Scores> {
  const scored: Scored[] = [];
  for (const answer of question.phase.answers) {
    const { truth, predicted } = await answered(answer, question, rows);
    scored.push({
      of: answer.target,
      metric: answer.metric,
      value: metrics[answer.metric].score(truth, predicted),
    });
  }
  return nameScores(scored);
}

async function scoreSeams(
  { phase, test }: EvaluationQuestion,
  score: (seam: Seam, truth: Column) => Promise<number | undefined>,
): Promise<Readonly<Record<string, Scores>>> {
  const byStage = new Map<string, Scored[]>();
  for (const seam of phase.seams) {
    const scored = byStage.get(seam.stage) ?? [];
    const value = await score(seam, seamTruth(seam, test));
    scored.push({ of: seam.port, metric: seam.metric, value });
    byStage.set(seam.stage, scored);
  }
  return Object.fromEntries([...byStage].map(([stage, scored]) => [stage, nameScores(scored)]));
}

const predictedAt = async (
  seam: Seam,
  truth: Column,
  { resolver, test }: EvaluationQuestion,
): Promise<Column> => convertColumn(await resolver.resolve(seam.source, test), truth.type);

/** Average precision of each stage that says both where things are and which of its places hold one. */
async function scoreDetections(question: EvaluationQuestion): Promise<ReadonlyMap<string, number>> {
  const { phase, test } = question;
  const found = new Map<string, number>();
  for (const boxes of phase.seams) {
    const where = seamTruth(boxes, test);
    const exists = phase.seams.find(
      (seam) => seam.stage === boxes.stage && tellsWhereBoxesAre(seamTruth(seam, test), where),
    );
    if (exists === undefined) continue;
    const whether = seamTruth(exists, test);
    const score = detectionPrecision(
      { boxes: where, exists: whether },
      {
        boxes: await predictedAt(boxes, where, question),
        exists: await predictedAt(exists, whether, question),
      },
    );
    if (score !== undefined) found.set(boxes.stage, score);
  }
  return found;
}

const withDetections = (
  stages: Readonly<Record<string, Scores>>,
  detections: ReadonlyMap<string, number>,
): Readonly<Record<string, Scores>> =>
  Object.fromEntries(
    Object.entries(stages).map(([stage, scores]) => {
      const score = detections.get(stage);
      return [stage, score === undefined ? scores : { ...scores, [DETECTION]: score }];
    }),
  );

/** A head's labels where its mask lets them count. */
export function seamTruth({ label, mask }: Seam, rows: RowSet): Column {
  const truth = rows.field(label);
  return mask === undefined ? truth : keepRecords(truth, letThrough(mask, rows));
}

interface Scored {
  /** Target or port. */
  readonly of: string;
  readonly metric: string;
  readonly value: number | undefined;
}

/** One score a metric: its mean over targets or ports, and each by itself as `metric:name` where there are several. */
function nameScores(scored: readonly Scored[]): Scores {
  const scores: Record<string, number> = {};
  for (const metric of new Set(scored.map((one) => one.metric))) {
    const all = scored.filter((one) => one.metric === metric);
    const values = all.map(({ value }) => value).filter((value) => value !== undefined);
    if (values.length > 0) scores[metric] = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (all.length < 2) continue;
    for (const { of, value } of all) if (value !== undefined) scores[`${metric}:${of}`] = value;
  }
  return scores;
}

/** Right and wrong test rows by the headline metric; nothing where it averages targets or isn't a share of rows. */
async function correctRows(question: EvaluationQuestion): Promise<Int8Array | undefined> {
  const { phase, problem, test } = question;
  const headline = problem.metrics[0];
  const answer = phase.answers.find(
    ({ target, metric }) => target === headline?.target && metric === headline.metric,
  );
  if (answer === undefined || problem.target.length !== 1) return undefined;
  const { truth, predicted } = await answered(answer, question, test);
  return metrics[answer.metric].correct?.(truth, predicted);
}

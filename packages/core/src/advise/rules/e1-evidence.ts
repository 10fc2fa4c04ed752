import { countOf } from "../../diagnostics/words";
import { meanInterval } from "../../measure/interval";
import { writeLevel } from "../../measure/numbers";
import type { Advice } from "../advice";
import { isEndToEnd, type PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  budgetsOf,
  cellId,
  cellsAt,
  CONFIDENCE,
  foretellMean,
  freshSeeds,
  measurementOf,
  type Rule,
} from "../question";

/** Half of the way from chance to perfect counts as having learned the training rows. */
const LEARNED_SHARE = 0.5;

/**
 * E1, evidence: is the end-to-end pipeline's interval away from chance at its largest number of rows? If not, its train
 * score tells memorising (a finding: intermediate labels, or far more data) from under-training (no finding).
 */
export const evidence: Rule = (question) =>
  question.facts.filter(isEndToEnd).flatMap((pipeline) => adviceOn(pipeline, question));

function adviceOn(pipeline: PipelineFacts, question: AdviceQuestion): Advice[] {
  const { comparison, chance, style } = question;
  const { metric, higherIsBetter } = comparison;
  const budget = budgetsOf(question, pipeline.id).at(-1);
  if (budget === undefined) return [];
  const cells = [...cellsAt(question, pipeline.id, budget).values()];
  const read = (of: "test" | "train") => meanInterval(cells.flatMap((cell) => cell[of][metric] ?? []));
  const [test, train] = [read("test"), read("train")];
  const base = {
    rule: "E1",
    title: "Evidence of learning",
    about: [pipeline.id],
    evidence: cells.map(cellId),
    measurements: [
      measurementOf(`test ${metric} at ${countOf(budget, "row")}`, test),
      measurementOf(`train ${metric} at ${countOf(budget, "row")}`, train),
      ...(chance === undefined ? [] : [{ what: `${metric} of a constant answer`, value: chance, n: 1 }]),
    ],
  } as const;
  const { low, high } = test;
  if (chance === undefined || low === undefined || high === undefined) {
    const says = `Unknown: ${chance === undefined ? "chance is not known for this metric" : "at least 3 seeds are needed"}.`;
    return [{ ...base, outcome: "unknown", says, ...moreSeeds(pipeline, budget, question) }];
  }
  const where = `${pipeline.title} scores ${writeLevel(test.mean, style)} at ${countOf(budget, "row")} (95 % interval ${writeLevel(low, style)} to ${writeLevel(high, style)}, ${countOf(test.n, "seed")}); a constant answer ${writeLevel(chance, style)}`;
  if (higherIsBetter ? low > chance : high < chance)
    return [
      {
        ...base,
        outcome: "holds",
        says: `${where}. It has learned something.`,
        ...predicted(pipeline, { budget, test }, question),
      },
    ];
  const learnedTrain = style.isShare && train.mean > chance + LEARNED_SHARE * (1 - chance);
  const why = learnedTrain
    ? `, while it scores ${writeLevel(train.mean, style)} on the rows it was trained on: it memorises and doesn't generalise. Intermediate labels, or far more data; where curves cross can't be told.`
    : `, and ${writeLevel(train.mean, style)} on the rows it was trained on: it is under-trained, which is no finding about end-to-end learning. More steps or a larger network first.`;
  return [
    { ...base, outcome: "fails", says: `${where}${why}`, ...predicted(pipeline, { budget, test }, question) },
  ];
}

function predicted(
  pipeline: PipelineFacts,
  { budget, test }: { readonly budget: number; readonly test: ReturnType<typeof meanInterval> },
  question: AdviceQuestion,
): Pick<Advice, "prediction" | "test" | "confidence"> {
  const ends = foretellMean(test);
  if (ends === undefined) return {};
  const { style, comparison } = question;
  const says = `With new seeds at ${countOf(budget, "row")}, ${pipeline.title} scores ${writeLevel(ends.low, style)} to ${writeLevel(ends.high, style)}.`;
  return {
    prediction: { says, of: pipeline.id, rows: budget, score: comparison.metric, ...ends },
    confidence: CONFIDENCE,
    ...moreSeeds(pipeline, budget, question),
  };
}

const moreSeeds = (
  pipeline: PipelineFacts,
  budget: number,
  question: AdviceQuestion,
): Pick<Advice, "test"> => ({
  test: {
    says: `Train ${pipeline.title} at ${countOf(budget, "row")} with new seeds.`,
    pipelines: [pipeline.id],
    budgets: [budget],
    seeds: freshSeeds(question),
  },
});

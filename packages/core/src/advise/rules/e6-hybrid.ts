import { countOf } from "../../diagnostics/words";
import type { Advice } from "../advice";
import { isCut, type PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  commonBudgets,
  gainAt,
  gainInWords,
  measurementOf,
  predictGain,
  type Rule,
  sideOf,
} from "../question";
import { ceiling } from "./e2-ceiling";
import { crossoverRule } from "./e3-crossover";

/**
 * E6, hybrid: where a cut is better with the rows there are (E3) although its ceiling lies below end-to-end (E2), or the
 * other way round, neither is right for long: intermediate supervision on a joint network, or stages first and joint
 * fine-tuning after, is the third arm to measure.
 */
export const hybrid: Rule = (question) => {
  const ceilings = ceiling(question);
  return crossoverRule(question).flatMap((rows) => {
    const throws = ceilings.find(({ about }) => about.join() === rows.about.join());
    const disagrees =
      throws !== undefined &&
      ((throws.outcome === "holds" && rows.outcome === "holds") ||
        (throws.outcome === "fails" && rows.outcome === "fails"));
    return disagrees ? adviceOn(rows, question) : [];
  });
};

function adviceOn({ about, outcome, evidence }: Advice, question: AdviceQuestion): Advice[] {
  const [cutId = "", wholeId = ""] = about;
  const named = (id: string): PipelineFacts | undefined => question.facts.find((one) => one.id === id);
  const [cut, whole] = [named(cutId), named(wholeId)];
  if (cut === undefined || whole === undefined) return [];
  const why =
    outcome === "holds"
      ? `${cut.title} is better with these rows, but even perfect stages would leave it below ${whole.title}`
      : `${whole.title} is better with these rows, but ${cut.title} would beat it if its stages were better`;
  const base = { rule: "E6", title: "A third way", evidence } as const;
  const third = question.facts.find((one) => one.joint && isCut(one) && one !== cut);
  if (third === undefined) {
    const says = `${why}. Draw a third pipeline: the same cut with a joint link, so that the stages are supervised and still learn from the answer.`;
    return [{ ...base, outcome: "unknown", about: [cut.id, whole.id], says, measurements: [] }];
  }
  const other = outcome === "holds" ? cut : whole;
  const budget = commonBudgets(question, third.id, other.id).at(-1);
  const gain = budget === undefined ? undefined : gainAt(question, [third.id, other.id], { budget });
  if (budget === undefined || gain === undefined) return [];
  const side = sideOf(gain, question.margin);
  return [
    {
      ...base,
      outcome: side === "gain" ? "holds" : side === "loss" ? "fails" : "unknown",
      about: [third.id, cut.id, whole.id],
      evidence: gain.cells,
      says: `${why}. ${third.title} gains ${gainInWords(gain, question.style)} over ${other.title} at ${countOf(budget, "row")}.`,
      measurements: [measurementOf(`gain of ${third.title} over ${other.title}`, gain)],
      ...predictGain(question, [third, other], { gain, budget }),
    },
  ];
}

import { countOf } from "../../diagnostics/words";
import { errorAt } from "../../measure/learning-curve/fit";
import { writeLevel } from "../../measure/numbers";
import type { Advice } from "../advice";
import { isShared, type PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  commonBudgets,
  gainAt,
  gainInWords,
  measurementOf,
  pairsOf,
  predictGain,
  type Rule,
  sideOf,
} from "../question";
import { largestCell, needsOthers, tasksOf } from "../tasks";

/** M4, masks: training on every row with any label, the others masked, against dropping incomplete rows. */
export const masks: Rule = (question) => {
  const pairs = pairsOf(
    question,
    (one) => isShared(one) && !needsOthers(one),
    (one) => isShared(one) && needsOthers(one),
  ).filter(([masked, complete]) => tasksOf(masked).join() === tasksOf(complete).join());
  if (pairs.length > 0) return pairs.flatMap((pair) => measuredAdvice(pair, question));
  return question.facts.filter(isShared).flatMap((one) => foretoldAdvice(one, question));
};

function measuredAdvice(pair: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const [masked, complete] = pair;
  const budget = commonBudgets(question, masked.id, complete.id).at(-1);
  const gain = budget === undefined ? undefined : gainAt(question, [masked.id, complete.id], { budget });
  if (budget === undefined || gain === undefined) return [];
  const share = completeShare(masked, question);
  const rows =
    share === undefined
      ? ""
      : ` About ${writeLevel(share, { metric: "", isShare: true })} of the rows are complete.`;
  const side = sideOf(gain, question.margin);
  return [
    {
      rule: "M4",
      title: "Masks instead of dropping rows",
      outcome: side === "gain" ? "holds" : side === "loss" ? "fails" : "unknown",
      about: [masked.id, complete.id],
      evidence: gain.cells,
      says: `${masked.title} gains ${gainInWords(gain, question.style)} over ${complete.title} at ${countOf(budget, "row")}.${rows}`,
      measurements: [measurementOf("gain of masking", gain)],
      ...predictGain(question, pair, { gain, budget }),
    },
  ];
}

/** What dropping incomplete rows would leave, from the masked pipeline's own learning curve. */
function foretoldAdvice(masked: PipelineFacts, question: AdviceQuestion): Advice[] {
  const share = completeShare(masked, question);
  const cell = largestCell(question, masked.id);
  const curve = question.comparison.curves.find(({ pipeline }) => pipeline === masked.id);
  if (share === undefined || cell === undefined || share > 0.999) return [];
  const base = {
    rule: "M4",
    title: "Masks instead of dropping rows",
    about: [masked.id],
    evidence: [],
  } as const;
  const left = Math.round(share * cell.budget);
  const measurements = [
    { what: "share of complete rows, if labels miss independently", value: share, n: cell.budget },
  ];
  const words = `Of ${countOf(cell.budget, "row")} about ${left.toLocaleString("en-US")} have all labels`;
  if (
    curve?.family === undefined ||
    curve.params === undefined ||
    curve.from === undefined ||
    left < curve.from / 4
  )
    return [
      {
        ...base,
        outcome: "unknown",
        says: `${words}; the learning curve doesn't tell what so few rows would give.`,
        measurements,
      },
    ];
  const fitted = { family: curve.family, params: curve.params };
  const worse = errorAt(fitted, left) - errorAt(fitted, cell.budget);
  return [
    {
      ...base,
      outcome: worse > question.margin ? "holds" : "fails",
      says: `${words}: by its learning curve, dropping the others would cost ${gainInWords({ mean: worse, n: curve.n, sd: 0 }, question.style)}.`,
      measurements: [
        ...measurements,
        { what: "error added by dropping incomplete rows, by the curve", value: worse, n: curve.n },
      ],
    },
  ];
}

/** The share of rows with every label, if labels are missing independently of each other. */
function completeShare(pipeline: PipelineFacts, question: AdviceQuestion): number | undefined {
  const cell = largestCell(question, pipeline.id);
  return cell === undefined
    ? undefined
    : tasksOf(pipeline).reduce(
        (share, task) => share * Math.min(1, (cell.labels[task] ?? 0) / cell.budget),
        1,
      );
}

import { countOf } from "../../diagnostics/words";
import { writeLevel } from "../../measure/numbers";
import { meanOf } from "../../measure/interval";
import type { Advice } from "../advice";
import type { PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  cellsAt,
  commonBudgets,
  gainAt,
  gainInWords,
  measurementOf,
  pairsOf,
  predictGain,
  type Rule,
  sideOf,
} from "../question";

/** A stage this good has nothing left that an algorithm could give. */
const GOOD_ENOUGH = 0.99;

/**
 * E5, hand-designed stage: the same cut with one learned stage replaced by an algorithm. The gain is expected where rows
 * are few, and none once the learned stage is right on its own labels more than 99 times in 100.
 */
export const handDesigned: Rule = (question) =>
  pairsOf(
    question,
    () => true,
    () => true,
  )
    .filter(([algorithm, learned]) => replacesOne(algorithm, learned))
    .flatMap((pair) => adviceOn(pair, question));

/** Whether the first learns what the second does but for one field, and has an algorithm more. */
function replacesOne(algorithm: PipelineFacts, learned: PipelineFacts): boolean {
  const fields = (of: PipelineFacts): ReadonlySet<string> => new Set(of.learned.flatMap((one) => one.fields));
  const [few, many] = [fields(algorithm), fields(learned)];
  const isPart = [...few].every((field) => many.has(field));
  return (
    algorithm.algorithms > learned.algorithms &&
    few.size > 0 &&
    isPart &&
    many.size === few.size + 1 &&
    learned.learned.length > 1
  );
}

function adviceOn(pair: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const [algorithm, learned] = pair;
  const { style, margin } = question;
  const budgets = commonBudgets(question, algorithm.id, learned.id);
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [small, large] = [first, last].map((budget) =>
    gainAt(question, [algorithm.id, learned.id], { budget }),
  );
  if (small === undefined || large === undefined) return [];
  const stage = replacedStage(algorithm, learned);
  const own = stage === undefined ? undefined : stageScore(learned.id, { stage, budget: last }, question);
  const measurements = [
    measurementOf(`gain of the algorithm at ${countOf(first, "row")}`, small),
    measurementOf(`gain of the algorithm at ${countOf(last, "row")}`, large),
    ...(own === undefined || stage === undefined
      ? []
      : [{ what: `${stage} on its own labels`, value: own, n: large.n }]),
  ];
  const side = sideOf(small, margin);
  const words = `${algorithm.title} gains ${gainInWords(small, style)} over ${learned.title} at ${countOf(first, "row")}, and ${gainInWords(large, style)} at ${countOf(last, "row")}.`;
  const left =
    own === undefined || stage === undefined || !style.isShare
      ? ""
      : own > GOOD_ENOUGH
        ? ` ${stage} is right on ${writeLevel(own, style)} of its labels there: nothing is left for an algorithm to give.`
        : ` ${stage} is right on ${writeLevel(own, style)} of its labels there.`;
  return [
    {
      rule: "E5",
      title: "An algorithm instead of a learned stage",
      about: [algorithm.id, learned.id],
      evidence: [...small.cells, ...large.cells],
      outcome: side === "gain" ? "holds" : side === "loss" ? "fails" : "unknown",
      says: `${words}${left}`,
      measurements,
      ...predictGain(question, pair, { gain: small, budget: first }),
    },
  ];
}

/** The learned stage that the other pipeline doesn't have. */
const replacedStage = (algorithm: PipelineFacts, learned: PipelineFacts): string | undefined => {
  const fields = new Set(algorithm.learned.flatMap((one) => one.fields));
  return learned.learned.find((one) => one.fields.some((field) => !fields.has(field)))?.stage;
};

function stageScore(
  pipeline: string,
  { stage, budget }: { readonly stage: string; readonly budget: number },
  question: AdviceQuestion,
): number | undefined {
  const scores = [...cellsAt(question, pipeline, budget).values()].flatMap((cell) =>
    Object.values(cell.stages[stage] ?? {}).slice(0, 1),
  );
  return scores.length === 0 ? undefined : meanOf(scores);
}

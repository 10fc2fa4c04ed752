import { countOf } from "../../diagnostics/words";
import { writeAmount } from "../../measure/numbers";
import type { Advice } from "../advice";
import { isTransfer, type PipelineFacts, weightsOf } from "../facts";
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
import { isFrozen } from "../transfers";

/** T4, freeze depth: few rows for each trainable weight: freeze; many: fine-tune, at a tenth of the rate. */
export const freezeDepth: Rule = (question) =>
  pairsOf(
    question,
    (one) => isTransfer(one) && isFrozen(one),
    (one) => isTransfer(one) && !isFrozen(one),
  )
    .filter(([frozen, tuned]) => artifactOf(frozen) === artifactOf(tuned))
    .flatMap((pair) => adviceOn(pair, question));

const artifactOf = ({ learned }: PipelineFacts): string =>
  learned.map(({ start }) => start?.artifact ?? "").join();

function adviceOn(pair: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const [frozen, tuned] = pair;
  const { margin, style } = question;
  const budgets = commonBudgets(question, frozen.id, tuned.id);
  const measured = budgets.flatMap((budget) => {
    const gain = gainAt(question, [frozen.id, tuned.id], { budget });
    return gain === undefined ? [] : [{ budget, gain }];
  });
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) return [];
  const perWeight = (rows: number): string => writeAmount(rows / Math.max(1, weightsOf(tuned)));
  const side = sideOf(first.gain, margin);
  return [
    {
      rule: "T4",
      title: "How much to freeze",
      outcome: side === "gain" ? "holds" : side === "loss" ? "fails" : "unknown",
      about: [frozen.id, tuned.id],
      evidence: measured.flatMap(({ gain }) => gain.cells),
      says: `At ${countOf(first.budget, "row")} there are ${perWeight(first.budget)} rows for each weight that ${tuned.title} trains, and freezing gains ${gainInWords(first.gain, style)}; at ${countOf(last.budget, "row")} ${perWeight(last.budget)}, and freezing gains ${gainInWords(last.gain, style)}.`,
      measurements: measured.map(({ budget, gain }) =>
        measurementOf(`gain of freezing at ${countOf(budget, "row")}`, gain),
      ),
      ...predictGain(question, pair, first),
    },
  ];
}

import { countOf } from "../../diagnostics/words";
import { isEquivalent } from "../../measure/interval";
import { errorAt } from "../../measure/learning-curve/fit";
import { writeDifference, writeRows } from "../../measure/numbers";
import type { Advice } from "../advice";
import {
  type AdviceQuestion,
  commonBudgets,
  gainAt,
  gainInWords,
  measurementOf,
  predictGain,
  type Rule,
} from "../question";
import { type TransferPair, transferPairs } from "../transfers";

/** Steps over log n at which two fitted curves are compared. */
const STEPS = 200;

/**
 * T5, exhaustion: from how many rows of B on the gain of transfer is below δ, by measured equivalence and by both fitted
 * curves. That training is faster is another thing than that its result is better (Raghu et al., "Transfusion", 2019).
 */
export const exhaustion: Rule = (question) =>
  transferPairs(question).flatMap((pair) => adviceOn(pair, question));

function adviceOn(pair: TransferPair, question: AdviceQuestion): Advice[] {
  const [transfer, scratch] = pair;
  const { margin, style } = question;
  const budget = commonBudgets(question, transfer.id, scratch.id).at(-1);
  const gain = budget === undefined ? undefined : gainAt(question, [transfer.id, scratch.id], { budget });
  if (budget === undefined || gain === undefined) return [];
  const beyond = exhaustedAt(pair, question);
  const isOver = gain.n >= 3 && isEquivalent(gain.differences, margin);
  const size = writeDifference(margin, style).slice(1);
  const curves =
    beyond === undefined
      ? "The fitted curves don't tell where the gain falls below it."
      : `By the fitted curves the gain is below it beyond about ${writeRows(beyond)}.`;
  return [
    {
      rule: "T5",
      title: "When B has enough of its own",
      outcome: isOver ? "holds" : (gain.low ?? 0) > margin ? "fails" : "unknown",
      about: [transfer.id, scratch.id],
      evidence: gain.cells,
      says: `At ${countOf(budget, "row")} ${transfer.title} gains ${gainInWords(gain, style)} over ${scratch.title}${isOver ? `: shown to be within ${size}` : `; differences under ${size} don't matter`}. ${curves}`,
      measurements: [
        measurementOf(`gain at ${countOf(budget, "row")}`, gain),
        ...(beyond === undefined
          ? []
          : [{ what: "rows from which the gain is below δ", value: beyond, n: gain.n }]),
      ],
      ...predictGain(question, pair, { gain, budget }),
    },
  ];
}

/** The smallest number of rows from which the fitted gain stays below δ, up to where both curves are believed. */
function exhaustedAt(
  [transfer, scratch]: TransferPair,
  { comparison, margin }: AdviceQuestion,
): number | undefined {
  const [one, other] = [transfer, scratch].map(({ id }) =>
    comparison.curves.find(({ pipeline }) => pipeline === id),
  );
  if (
    one?.family === undefined ||
    other?.family === undefined ||
    one.params === undefined ||
    other.params === undefined
  )
    return undefined;
  const from = Math.max(one.from ?? 1, other.from ?? 1);
  const to = Math.min(one.limit ?? 0, other.limit ?? 0);
  const [a, b] = [
    { family: one.family, params: one.params },
    { family: other.family, params: other.params },
  ];
  const isLarge = (rows: number): boolean => errorAt(b, rows) - errorAt(a, rows) >= margin;
  let found: number | undefined;
  for (let step = STEPS; step >= 0 && to > from; step--) {
    const rows = from * (to / from) ** (step / STEPS);
    if (isLarge(rows)) break;
    found = rows;
  }
  return found;
}

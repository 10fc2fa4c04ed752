import { countOf } from "../../diagnostics/words";
import { writeAmount } from "../../measure/numbers";
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

const CANDIDATE = 10;

/** T2, ratio: r = n_A/n_B. From 10 on a candidate, weak from 1 to 10; at 1 or less the gain's interval should hold 0. */
export const ratio: Rule = (question) => transferPairs(question).flatMap((pair) => adviceOn(pair, question));

function adviceOn(pair: TransferPair, question: AdviceQuestion): Advice[] {
  const [transfer, scratch] = pair;
  const budgets = commonBudgets(question, transfer.id, scratch.id);
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const base = { rule: "T2", title: "More rows in A than in B", about: [transfer.id, scratch.id] } as const;
  const rows = question.donorRows?.get(transfer.id);
  if (rows === undefined) {
    const says = `Unknown: nothing is known of the rows that ${transfer.title}'s weights were trained on.`;
    return [{ ...base, outcome: "unknown", evidence: [], says, measurements: [] }];
  }
  const gain = gainAt(question, [transfer.id, scratch.id], { budget: first });
  if (gain === undefined) return [];
  const r = rows / first;
  const measurements = [
    { what: "rows of A", value: rows, n: 1 },
    measurementOf(`gain at ${countOf(first, "row")}`, gain),
  ];
  const words = `A had ${countOf(rows, "row")}, ${writeAmount(r)} times the ${countOf(first, "row")} of B at its smallest budget and ${writeAmount(rows / last)} times those at its largest`;
  const seen = `The gain at ${countOf(first, "row")} is ${gainInWords(gain, question.style)}.`;
  if (r > 1)
    return [
      {
        ...base,
        outcome: r >= CANDIDATE ? "holds" : "unknown",
        evidence: gain.cells,
        says: `${words}: ${r >= CANDIDATE ? "a candidate for transfer" : "a weak candidate"}. ${seen}`,
        measurements,
        ...predictGain(question, pair, { gain, budget: first }),
      },
    ];
  return [
    {
      ...base,
      outcome: "fails",
      evidence: gain.cells,
      says: `${words}: the interval of the gain is expected to hold 0. ${seen}`,
      measurements,
      ...predictGain(question, pair, { gain, budget: first }),
    },
  ];
}

import { countOf } from "../../diagnostics/words";
import { meanInterval } from "../../measure/interval";
import { isCut, isEndToEnd, type PipelineFacts } from "../facts";
import type { Advice } from "../advice";
import {
  type AdviceQuestion,
  cellId,
  cellsAt,
  commonBudgets,
  gainInWords,
  measurementOf,
  pairsOf,
  type Rule,
  sideOf,
} from "../question";

/**
 * E2, ceiling: a decomposition fed with true intermediate values against end-to-end, at the largest number of rows both
 * were trained on. A ceiling below end-to-end means that the seam throws away what the answer needs.
 */
export const ceiling: Rule = (question) =>
  pairsOf(question, isCut, isEndToEnd).flatMap((pair) => adviceOn(pair, question));

function adviceOn([cut, whole]: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const { goldOf, comparison, margin, style } = question;
  const budget = commonBudgets(question, cut.id, whole.id).at(-1);
  if (budget === undefined) return [];
  const sign = comparison.higherIsBetter ? 1 : -1;
  const others = cellsAt(question, whole.id, budget);
  const used: string[] = [];
  const differences = [...cellsAt(question, cut.id, budget)].flatMap(([seed, cell]) => {
    const gold = goldOf?.(cell);
    const other = others.get(seed);
    const score = other?.test[comparison.metric];
    if (gold === undefined || other === undefined || score === undefined) return [];
    used.push(cellId(cell), cellId(other));
    return [sign * (gold - score)];
  });
  const base = {
    rule: "E2",
    title: "Ceiling of the decomposition",
    about: [cut.id, whole.id],
    evidence: used,
  } as const;
  if (differences.length === 0) {
    const says = `Unknown: no trial of ${cut.title} was scored with ${cut.between.join(", ")} true.`;
    return [{ ...base, outcome: "unknown", says, measurements: [] }];
  }
  const gain = meanInterval(differences);
  const at = `at ${countOf(budget, "row")}`;
  const measurements = [
    measurementOf(`${cut.title} with true ${cut.between.join(", ")}, minus ${whole.title}, ${at}`, gain),
  ];
  const words = `With true ${cut.between.join(", ")}, ${cut.title} is at ${gainInWords(gain, style)} against ${whole.title} ${at}`;
  switch (sideOf(gain, margin)) {
    case "loss":
      return [
        {
          ...base,
          outcome: "holds",
          says: `${words}: the seam throws information away, and no better stage before it can bring that back.`,
          measurements,
        },
      ];
    case "gain":
      return [
        {
          ...base,
          outcome: "fails",
          says: `${words}: what passes the seam is enough to do better than end-to-end does now.`,
          measurements,
        },
      ];
    case "open":
      return [{ ...base, outcome: "unknown", says: `${words}: undecided.`, measurements }];
  }
}

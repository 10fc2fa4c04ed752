import { countOf } from "../../diagnostics/words";
import { writeRows } from "../../measure/numbers";
import type { Advice, SuggestedRun } from "../advice";
import { isCut, isEndToEnd, type PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  commonBudgets,
  freshSeeds,
  gainAt,
  gainInWords,
  measurementOf,
  pairsOf,
  predictGain,
  type Rule,
  sideOf,
} from "../question";

/** E3, crossover: the rows there are against n*: decompose, end-to-end, or undecided and the next budget to buy. */
export const crossoverRule: Rule = (question) =>
  pairsOf(question, isCut, isEndToEnd).flatMap((pair) => adviceOn(pair, question));

function adviceOn(pair: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const [cut, whole] = pair;
  const { comparison, margin, style } = question;
  const budget = commonBudgets(question, cut.id, whole.id).at(-1);
  const gain = budget === undefined ? undefined : gainAt(question, [cut.id, whole.id], { budget });
  if (budget === undefined || gain === undefined) return [];
  const crossing = comparison.crossover.find(
    ({ a, b }) => (a === cut.id && b === whole.id) || (a === whole.id && b === cut.id),
  );
  const at = `at ${countOf(budget, "row")}`;
  const base = {
    rule: "E3",
    title: "Enough rows for end-to-end?",
    about: [cut.id, whole.id],
    evidence: gain.cells,
    measurements: [
      measurementOf(`gain of ${cut.title} over ${whole.title} ${at}`, gain),
      ...(crossing?.estimate === undefined
        ? []
        : [
            {
              what: "n*, rows",
              value: crossing.estimate,
              ...(crossing.low === undefined ? {} : { low: crossing.low }),
              ...(crossing.high === undefined ? {} : { high: crossing.high }),
              n: crossing.n,
            },
          ]),
    ],
  } as const;
  const side = sideOf(gain, margin);
  const seen = `${cut.title} gains ${gainInWords(gain, style)} over ${whole.title} ${at}.`;
  const about = crossing === undefined ? "" : ` ${crossing.words}`;
  if (side === "open")
    return [
      {
        ...base,
        outcome: "unknown",
        says: `Undecided: ${seen}${about}`,
        test: nextBudget(pair, budget, question),
      },
    ];
  const choice = side === "gain" ? `Decompose ${at}` : `End-to-end ${at}`;
  return [
    {
      ...base,
      outcome: side === "gain" ? "holds" : "fails",
      says: `${choice}: ${seen}${about}`,
      ...predictGain(question, pair, { gain, budget }),
    },
  ];
}

/** Where nothing is decided at the largest budget: twice its rows, if there are so many. */
function nextBudget(
  [cut, whole]: readonly [PipelineFacts, PipelineFacts],
  budget: number,
  question: AdviceQuestion,
): SuggestedRun {
  const next = 2 * budget;
  const most = question.rowsAvailable;
  if (most !== undefined && next > most) {
    return {
      says: `Compare both at ${countOf(budget, "row")} with new seeds; there are ${countOf(most, "row")} in all, and more would have to be bought.`,
      pipelines: [cut.id, whole.id],
      budgets: [budget],
      seeds: freshSeeds(question),
    };
  }
  return {
    says: `Compare both at ${writeRows(next)}.`,
    pipelines: [cut.id, whole.id],
    budgets: [next],
    seeds: freshSeeds(question),
  };
}

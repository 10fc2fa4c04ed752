import { countOf } from "../../diagnostics/words";
import type { Advice } from "../advice";
import {
  type AdviceQuestion,
  commonBudgets,
  gainInWords,
  measurementOf,
  predictGain,
  type Rule,
} from "../question";
import { gainsByTask, scoreOfTask, type TaskPair, taskPairs } from "../tasks";

/** M5, negative transfer: a task whose paired interval lies below −δ loses by sharing: give it a network of its own. */
export const negativeTransfer: Rule = (question) =>
  taskPairs(question).flatMap((pair) => adviceOn(pair, question));

function adviceOn(pair: TaskPair, question: AdviceQuestion): Advice[] {
  const [joint, single] = pair;
  const budget = commonBudgets(question, joint.id, single.id).at(-1);
  if (budget === undefined) return [];
  return gainsByTask(question, pair, budget)
    .filter(({ gain }) => gain.high !== undefined && gain.high < -question.margin)
    .map(({ task, gain }) => ({
      rule: "M5",
      title: "A task that loses",
      outcome: "holds",
      about: [joint.id, single.id],
      evidence: gain.cells,
      says: `Take ${task} out of ${joint.title}: at ${countOf(budget, "row")} it is at ${gainInWords(gain, question.style)} against a network of its own.`,
      measurements: [measurementOf(`gain of ${task}`, gain)],
      ...predictGain(question, pair, { gain, budget, score: scoreOfTask(question, task) }),
    }));
}

import { countOf } from "../../diagnostics/words";
import type { Advice } from "../advice";
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
import { gainsByTask, type TaskPair, taskPairs } from "../tasks";

/** M2, relatedness: what each task gains from sharing a trunk, joint minus single, task by task and never averaged away. */
export const relatedness: Rule = (question) =>
  taskPairs(question).flatMap((pair) => adviceOn(pair, question));

function adviceOn(pair: TaskPair, question: AdviceQuestion): Advice[] {
  const [joint, single] = pair;
  const { margin, style } = question;
  const budget = commonBudgets(question, joint.id, single.id).at(-1);
  if (budget === undefined) return [];
  const whole = gainAt(question, [joint.id, single.id], { budget });
  const tasks = gainsByTask(question, pair, budget);
  if (whole === undefined || tasks.length === 0) return [];
  const named = (side: "gain" | "loss"): readonly string[] =>
    tasks.filter(({ gain }) => sideOf(gain, 0) === side).map(({ task }) => task);
  const [gains, losses] = [named("gain"), named("loss")];
  const list = (names: readonly string[], verb: string): string =>
    names.length === 0 ? `none ${verb}` : `${names.join(", ")} ${verb}`;
  const side = sideOf(whole, 0);
  return [
    {
      rule: "M2",
      title: "Related tasks",
      outcome: losses.length > 0 ? "fails" : side === "gain" ? "holds" : "unknown",
      about: [joint.id, single.id],
      evidence: whole.cells,
      says: `At ${countOf(budget, "row")}, of ${countOf(tasks.length, "task")} ${list(gains, "gain from the shared trunk")}, ${list(losses, "lose by it")}; over all tasks ${gainInWords(whole, style)}${Math.abs(whole.mean) < margin ? ", less than matters" : ""}.`,
      measurements: tasks.map(({ task, gain }) => measurementOf(`gain of ${task}`, gain)),
      ...predictGain(question, pair, { gain: whole, budget }),
    },
  ];
}

import { countOf } from "../../diagnostics/words";
import type { Advice } from "../advice";
import { weightsOf } from "../facts";
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
import { type TaskPair, taskPairs } from "../tasks";

/**
 * M3, capacity: the shared trunk at several widths against the same single networks. A loss that turns into a gain with
 * width was a trunk too small; one that stays, unrelated tasks.
 */
export const capacity: Rule = (question) => {
  const bySingle = new Map<string, TaskPair[]>();
  for (const pair of taskPairs(question))
    bySingle.set(pair[1].id, [...(bySingle.get(pair[1].id) ?? []), pair]);
  return [...bySingle.values()].flatMap((pairs) => (pairs.length < 2 ? [] : adviceOn(pairs, question)));
};

function adviceOn(pairs: readonly TaskPair[], question: AdviceQuestion): Advice[] {
  const byWidth = pairs.toSorted(([a], [b]) => weightsOf(a) - weightsOf(b));
  const measured = byWidth.flatMap((pair) => {
    const budget = commonBudgets(question, pair[0].id, pair[1].id).at(-1);
    const gain = budget === undefined ? undefined : gainAt(question, [pair[0].id, pair[1].id], { budget });
    return budget === undefined || gain === undefined ? [] : [{ pair, budget, gain, side: sideOf(gain, 0) }];
  });
  const [narrow, wide] = [measured[0], measured.at(-1)];
  if (narrow === undefined || wide === undefined || narrow === wide) return [];
  const flips = narrow.side === "loss" && wide.side !== "loss";
  const says = [
    ...measured.map(
      ({ pair: [joint], gain }) =>
        `${joint.title} (${countOf(weightsOf(joint), "weight")}) gains ${gainInWords(gain, question.style)}`,
    ),
  ].join("; ");
  const verdict = flips
    ? "the narrow trunk was too small for the tasks"
    : wide.side === "loss"
      ? "the loss stays with width: the tasks are unrelated"
      : "width makes no loss";
  return [
    {
      rule: "M3",
      title: "Room for all tasks",
      outcome: wide.side === "loss" ? "fails" : flips ? "holds" : "unknown",
      about: [...new Set(measured.flatMap(({ pair }) => pair.map(({ id }) => id)))],
      evidence: measured.flatMap(({ gain }) => gain.cells),
      says: `At ${countOf(wide.budget, "row")} ${says}: ${verdict}.`,
      measurements: measured.map(({ pair: [joint], gain }) => measurementOf(`gain of ${joint.title}`, gain)),
      ...predictGain(question, narrow.pair, narrow),
    },
  ];
}

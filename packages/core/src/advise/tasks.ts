import type { Cell } from "../measure/comparison";
import { isShared, isSingle, type PipelineFacts } from "./facts";
import { type AdviceQuestion, budgetsOf, cellsAt, type Gain, gainAt, pairsOf } from "./question";

/** A pipeline with one trunk for several tasks, and one with a network for each of them. */
export type TaskPair = readonly [joint: PipelineFacts, single: PipelineFacts];

/** Every shared trunk beside single networks for the same tasks. */
export const taskPairs = (question: AdviceQuestion): readonly TaskPair[] =>
  pairsOf(question, (one) => isShared(one) && !needsOthers(one), isSingle).filter(
    ([joint, single]) => tasksOf(joint).join() === tasksOf(single).join(),
  );

/** Whether a head counts only rows in which other labels are there too. */
export const needsOthers = ({ learned }: PipelineFacts): boolean => learned.some((one) => one.needsOthers);

/** The fields that a pipeline learns, sorted. */
export const tasksOf = ({ learned }: PipelineFacts): readonly string[] =>
  [...new Set(learned.flatMap(({ fields }) => fields))].sort();

/** The name of a task's own score among a cell's test scores, where several targets have the same metric. */
export const scoreOfTask = ({ comparison }: AdviceQuestion, task: string): string =>
  `${comparison.metric}:${task}`;

/** One task's gain of the joint network over its single one. */
export interface TaskGain {
  readonly task: string;
  readonly gain: Gain;
}

/** Gains by task at one budget, never averaged. */
export const gainsByTask = (
  question: AdviceQuestion,
  [joint, single]: TaskPair,
  budget: number,
): readonly TaskGain[] =>
  tasksOf(joint).flatMap((task) => {
    const gain = gainAt(question, [joint.id, single.id], { budget, score: scoreOfTask(question, task) });
    return gain === undefined ? [] : [{ task, gain }];
  });

/** One trial of a pipeline at its largest budget: what its labels were. */
export function largestCell(question: AdviceQuestion, pipeline: string): Cell | undefined {
  const budget = budgetsOf(question, pipeline).at(-1);
  return budget === undefined ? undefined : [...cellsAt(question, pipeline, budget).values()][0];
}

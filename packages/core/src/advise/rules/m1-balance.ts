import { writeAmount } from "../../measure/numbers";
import type { Advice } from "../advice";
import { cellId, type Rule } from "../question";
import { largestCell, taskPairs, tasksOf } from "../tasks";

/** From this ratio on, the small tasks are drowned. */
const UNBALANCED = 10;

/**
 * M1, balance: max n_t / median n_t over the tasks' labels. Above 10, pre-training on the large task and fine-tuning is
 * expected to beat multi-task learning for the small ones.
 */
export const balance: Rule = (question) =>
  taskPairs(question).flatMap(([joint, single]): Advice[] => {
    const cell = largestCell(question, joint.id);
    if (cell === undefined) return [];
    const counts = tasksOf(joint).map((task) => ({ task, count: cell.labels[task] ?? 0 }));
    const sorted = counts.map(({ count }) => count).sort((a, b) => a - b);
    const median =
      ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
    const most = counts.reduce((best, one) => (one.count > best.count ? one : best));
    const ratio = most.count / Math.max(1, median);
    const isBalanced = ratio <= UNBALANCED;
    return [
      {
        rule: "M1",
        title: "Balanced tasks",
        outcome: isBalanced ? "holds" : "fails",
        about: [joint.id, single.id],
        evidence: [cellId(cell)],
        says: `The largest task, ${most.task}, has ${writeAmount(ratio)} times the labels of the median task${isBalanced ? "." : ": pre-train on it and fine-tune for the small ones, rather than train all at once."}`,
        measurements: counts.map(({ task, count }) => ({
          what: `labels of ${task}`,
          value: count,
          n: cell.budget,
        })),
      },
    ];
  });

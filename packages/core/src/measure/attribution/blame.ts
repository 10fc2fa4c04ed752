import type { CorrectRows } from "../test-set";

/** Which rows one stage got right (1), wrong (0) or has no label for (−1), upstream first. */
export interface StageRows {
  readonly stage: string;
  readonly right: CorrectRows;
}

/** What became of a row. */
export type RowFate =
  | { readonly is: "right" }
  /** The answer is right although a stage on the way was wrong. */
  | { readonly is: "lucky"; readonly firstWrong: string }
  /** The answer is wrong; the first wrong stage is to blame. `amplified`: a later labelled stage went wrong as well. */
  | { readonly is: "blamed"; readonly firstWrong: string; readonly amplified: boolean }
  /** The answer is wrong although every labelled stage was right: the part behind the last seam. */
  | { readonly is: "unexplained" }
  /** The answer, or all stages of a wrong one, have no label. */
  | { readonly is: "unlabelled" };

/** Counts of rows by fate; right + lucky + Σ blamed + unexplained + unlabelled = N. */
export interface Blame {
  readonly rows: number;
  readonly right: number;
  readonly lucky: number;
  readonly blamed: readonly { readonly stage: string; readonly rows: number; readonly amplified: number }[];
  readonly unexplained: number;
  readonly unlabelled: number;
}

/** The fate of every row. Where parallel stages are both wrong, the one listed first counts as the first. */
export function rowFates(stages: readonly StageRows[], answer: CorrectRows): readonly RowFate[] {
  return answer.map((right, row): RowFate => {
    const wrong = stages.filter((one) => one.right[row] === 0);
    const [first] = wrong;
    if (right < 0) return { is: "unlabelled" };
    if (right === 1) return first === undefined ? { is: "right" } : { is: "lucky", firstWrong: first.stage };
    if (first !== undefined) return { is: "blamed", firstWrong: first.stage, amplified: wrong.length > 1 };
    const isKnown = stages.some((one) => one.right[row] === 1);
    return isKnown ? { is: "unexplained" } : { is: "unlabelled" };
  });
}

/** Counts rows by fate. */
export function countBlame(stages: readonly StageRows[], answer: CorrectRows): Blame {
  const fates = rowFates(stages, answer);
  const count = (is: RowFate["is"]): number => fates.filter((fate) => fate.is === is).length;
  return {
    rows: answer.length,
    right: count("right"),
    lucky: count("lucky"),
    blamed: stages.map(({ stage }) => {
      const own = fates.filter((fate) => fate.is === "blamed" && fate.firstWrong === stage);
      const amplified = own.filter((fate) => fate.is === "blamed" && fate.amplified).length;
      return { stage, rows: own.length, amplified };
    }),
    unexplained: count("unexplained"),
    unlabelled: count("unlabelled"),
  };
}

import type { ExamplesView } from "@seams/api";

/** Which test records are walked through. */
export const FILTERS = ["all", "disagree", "all-wrong", "all-right"] as const;
export type RowFilter = (typeof FILTERS)[number];

export const FILTER_WORDS: Readonly<Record<RowFilter, string>> = {
  all: "All",
  disagree: "Pipelines disagree",
  "all-wrong": "All wrong",
  "all-right": "All right",
};

/** Positions of the test records that pass; all of them where answers are not right or wrong. */
export function positionsOf(
  { testRows, pipelines }: Pick<ExamplesView, "testRows" | "pipelines">,
  filter: RowFilter,
): readonly number[] {
  const judged = pipelines.flatMap(({ correct }) => (correct === null ? [] : [correct]));
  const all = Array.from({ length: testRows }, (_, position) => position);
  if (filter === "all" || judged.length === 0) return all;
  return all.filter((position) => {
    const marks = judged.map((correct) => correct[position] ?? -1);
    const some = (mark: number): boolean => marks.includes(mark);
    if (filter === "disagree") return some(0) && some(1);
    return filter === "all-wrong" ? some(0) && !some(1) : some(1) && !some(0);
  });
}

/** The filters that can be told apart here: one pipeline never disagrees with itself. */
export function filtersOf({ pipelines }: Pick<ExamplesView, "pipelines">): readonly RowFilter[] {
  const judged = pipelines.filter(({ correct }) => correct !== null).length;
  if (judged === 0) return ["all"];
  return judged === 1 ? ["all", "all-wrong", "all-right"] : FILTERS;
}

/** The next or previous position that passes, seen from one that need not. */
export function step(positions: readonly number[], from: number, by: 1 | -1): number | undefined {
  return by === 1
    ? positions.find((position) => position > from)
    : positions.findLast((position) => position < from);
}

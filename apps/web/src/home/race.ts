/**
 * The race of the first page: one budget of digit sums, small enough to finish while one watches, large enough that the
 * difference is beyond doubt.
 */
export const RACE = {
  problem: "digit-sums",
  pipelines: ["digit-sums/end-to-end", "digit-sums/each-digit"],
  budget: 128,
  seeds: [1, 2, 3],
} as const;

import { describe, expect, it } from "vitest";
import { filtersOf, positionsOf, step } from "./row-filter";

const pipeline = (correct: readonly number[] | null) => ({
  pipeline: "p",
  title: "P",
  trial: "t",
  status: "done" as const,
  correct,
});
const two = {
  testRows: 5,
  pipelines: [pipeline([1, 1, 0, 0, -1]), pipeline([1, 0, 1, 0, -1])],
};

describe("the test records that are walked through", () => {
  it("are those on which some pipeline is right and another wrong, all are wrong, or all right", () => {
    expect(positionsOf(two, "all")).toEqual([0, 1, 2, 3, 4]);
    expect(positionsOf(two, "disagree")).toEqual([1, 2]);
    expect(positionsOf(two, "all-wrong")).toEqual([3]);
    expect(positionsOf(two, "all-right")).toEqual([0]);
  });

  it("are all of them where answers are amounts", () => {
    const amounts = { testRows: 2, pipelines: [pipeline(null)] };
    expect(filtersOf(amounts)).toEqual(["all"]);
    expect(positionsOf(amounts, "disagree")).toEqual([0, 1]);
  });

  it("are stepped through from any record, past those that don't pass", () => {
    expect(step([1, 4], 2, 1)).toBe(4);
    expect(step([1, 4], 2, -1)).toBe(1);
    expect(step([1, 4], 4, 1)).toBeUndefined();
  });
});

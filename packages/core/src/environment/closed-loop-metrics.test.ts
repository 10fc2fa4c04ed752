import { describe, expect, it } from "vitest";
import { compositeScore } from "./closed-loop-metrics";

describe("the composite score of an episode", () => {
  it("is 1 for a task that was done, without harm and nowhere it must not be", () => {
    expect(compositeScore(1, 0, false)).toBe(1);
  });

  it("loses what was not done, the time where one must not be, and two fifths for harm", () => {
    expect(compositeScore(0.5, 0, false)).toBe(0.5);
    expect(compositeScore(1, 0.25, false)).toBe(0.75);
    expect(compositeScore(1, 0, true)).toBe(0.6);
    expect(compositeScore(0.5, 0.5, true)).toBeCloseTo(0.15, 12);
  });
});

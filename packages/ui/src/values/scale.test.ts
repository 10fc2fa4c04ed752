import { describe, expect, it } from "vitest";
import { barsOf, reachOf, thinned } from "./scale";

describe("numbers as bars", () => {
  it("stand on the bottom where none is negative", () => {
    expect(barsOf([0, 1, 2], 2)).toEqual([
      { y: 1, height: 0, sign: "plus" },
      { y: 0.5, height: 0.5, sign: "plus" },
      { y: 0, height: 1, sign: "plus" },
    ]);
  });

  it("hang from a zero line in the middle where some are", () => {
    expect(barsOf([1, -1], 1)).toEqual([
      { y: 0, height: 0.5, sign: "plus" },
      { y: 0.5, height: 0.5, sign: "minus" },
    ]);
  });

  it("never leave the box", () => {
    expect(barsOf([5], 2)[0]).toEqual({ y: 0, height: 1, sign: "plus" });
  });

  it("have a reach that one can divide by", () => {
    expect(reachOf([])).toBe(1);
    expect(reachOf([0, Number.NaN])).toBe(1);
    expect(reachOf([-3, 2])).toBe(3);
  });

  it("are thinned by the mean of neighbours", () => {
    expect(thinned([1, 3, 5, 7], 2)).toEqual([2, 6]);
    expect(thinned([1, 2], 2)).toEqual([1, 2]);
  });
});

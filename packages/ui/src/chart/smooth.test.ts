import { describe, expect, it } from "vitest";
import { smooth } from "./smooth";

describe("smooth", () => {
  it("gives the values back at weight 0", () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
  });

  it("keeps a constant from its first value on", () => {
    for (const value of smooth([2, 2, 2], 0.9)) expect(value).toBeCloseTo(2, 12);
  });

  it("averages with weights that fall by the factor w", () => {
    const [, , third] = smooth([1, 0, 0], 0.5);
    expect(third).toBeCloseTo(1 / 7, 12); // 1/8 of 1/8 + 1/4 + 1/2
  });

  it("leaves gaps alone and counts them for nothing", () => {
    expect(smooth([1, undefined, 3], 0.5)).toEqual([1, undefined, (0.25 * 1 + 0.5 * 3) / 0.75]);
  });
});

import { describe, expect, it } from "vitest";
import { divisor } from "./losses";

describe("the divisor of a head's loss", () => {
  const batch = { rows: 32, labelled: 5 };
  it("is the expected number of labelled slots, whatever the batch holds", () => {
    expect(divisor({ normalise: "expected", slots: 2, share: 0.25 }, batch)).toBe(16);
    expect(divisor({ normalise: "expected", slots: 2, share: 0.25 }, { rows: 32, labelled: 0 })).toBe(16);
  });

  it("scales rare labels up by 20 at most", () => {
    expect(divisor({ normalise: "expected", slots: 1, share: 0.001 }, batch)).toBeCloseTo(32 / 20, 12);
  });

  it("is all slots for the literal sum, and the labelled ones of the batch for its mean", () => {
    expect(divisor({ normalise: "batch", slots: 2, share: 0.25 }, batch)).toBe(64);
    expect(divisor({ normalise: "labelled", slots: 2, share: 0.25 }, batch)).toBe(5);
  });

  it("is never 0", () => {
    expect(divisor({ normalise: "labelled", slots: 1, share: 1 }, { rows: 32, labelled: 0 })).toBe(1);
  });
});

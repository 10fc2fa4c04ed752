import { describe, expect, it } from "vitest";
import { waterfallBars } from "./attribution-bars";

const steps = [
  { stage: "read", gain: 0.16, low: 0.1, high: 0.22 },
  { stage: "add", gain: -0.02 },
];

describe("waterfallBars", () => {
  it("go from the score as it is to the ceiling, a loss downwards", () => {
    const bars = waterfallBars({ steps, base: 0.7, ceiling: 0.84 }, true);
    expect(bars.map(({ look }) => look)).toEqual(["total", "gain", "loss", "total"]);
    expect(bars[1]).toMatchObject({ from: 0.7, to: expect.closeTo(0.86, 9), low: expect.closeTo(0.8, 9) });
    expect(bars[2]?.to).toBeCloseTo(0.84, 9);
  });

  it("go downwards where an error falls", () => {
    const bars = waterfallBars({ steps, base: 0.5, ceiling: 0.36 }, false);
    expect(bars[1]).toMatchObject({
      to: expect.closeTo(0.34, 9),
      low: expect.closeTo(0.28, 9),
      high: expect.closeTo(0.4, 9),
    });
    expect(bars[2]?.to).toBeCloseTo(0.36, 9);
  });
});

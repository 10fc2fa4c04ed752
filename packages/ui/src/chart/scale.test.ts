import { describe, expect, it } from "vitest";
import { extent, linearScale, logScale, spaced } from "./scale";

describe("linearScale", () => {
  it("ends on round numbers around its values", () => {
    const scale = linearScale([0.13, 0.87], [100, 0]);
    expect(scale.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect([scale.at(0), scale.at(0.5), scale.at(1)]).toEqual([100, 50, 0]);
  });

  it("stays inside its bounds", () => {
    const scale = linearScale([0.9, 1.04], [100, 0], { bounds: [0, 1] });
    expect(scale.domain[1]).toBe(1);
    expect(scale.ticks.every((tick) => tick <= 1)).toBe(true);
  });

  it("gives one value room", () => {
    const scale = linearScale([5], [0, 10]);
    expect(scale.domain[0]).toBeLessThan(5);
    expect(scale.domain[1]).toBeGreaterThan(5);
    expect(Number.isFinite(scale.at(5))).toBe(true);
  });

  it("writes ticks without binary dust", () => {
    expect(linearScale([-0.31, 0.29], [0, 1]).ticks).toEqual([-0.4, -0.2, 0, 0.2, 0.4]);
  });
});

describe("logScale", () => {
  it("puts equal ratios at equal distances", () => {
    const { at } = logScale([10, 1000], [0, 300]);
    expect(at(100) - at(10)).toBeCloseTo(at(1000) - at(100), 9);
  });

  it("uses the ticks that are wanted, inside its domain", () => {
    expect(logScale([32, 100], [0, 300], [32, 100, 316]).ticks).toEqual([32, 100]);
  });

  it("adds doubles and fives where there is less than two decades", () => {
    expect(logScale([10, 90], [0, 300]).ticks).toEqual([10, 20, 50]);
    expect(logScale([10, 10_000], [0, 300]).ticks).toEqual([10, 100, 1000, 10_000]);
  });
});

describe("spaced", () => {
  it("leaves out labels that would touch", () => {
    const scale = logScale([10, 1000], [0, 90], [10, 11, 100, 1000]);
    expect(spaced(scale, 30)).toEqual([10, 100, 1000]);
  });
});

describe("extent", () => {
  it("doesn't count what isn't finite", () => {
    expect(extent([3, Number.NaN, 1, Number.POSITIVE_INFINITY])).toEqual([1, 3]);
    expect(extent([])).toEqual([0, 1]);
  });
});

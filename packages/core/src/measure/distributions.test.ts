import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "./normal";
import { studentCdf, studentQuantile, twoSidedP } from "./student-t";

describe("the normal distribution", () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.5, 0.0668072012688581],
    [1.959963984540054, 0.975],
    [3, 0.9986501019683699],
  ])("has Φ(%d) = %d", (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 12);
  });

  it.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.95, 1.644853626951473],
    [0.001, -3.090232306167813],
  ])("has the quantile of %d at %d", (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 9);
  });

  it("has no quantile of 0 or 1", () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

describe("Student's t distribution", () => {
  // Two-sided 5 % points as printed in every table.
  it.each([
    [1, 12.7062],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [5, 2.570582],
    [7, 2.364624],
    [9, 2.262157],
    [19, 2.093024],
    [30, 2.042272],
    [120, 1.97993],
  ])("has its 97.5 %% point with %d degrees of freedom at %d", (df, t) => {
    expect(studentQuantile(0.975, df)).toBeCloseTo(t, 4);
  });

  it.each([
    [2, 2.919986],
    [4, 2.131847],
    [9, 1.833113],
  ])("has its 95 %% point with %d degrees of freedom at %d", (df, t) => {
    expect(studentQuantile(0.95, df)).toBeCloseTo(t, 5);
    expect(studentQuantile(0.05, df)).toBeCloseTo(-t, 5);
  });

  it("has quantiles that its distribution function turns back", () => {
    for (const df of [1, 2, 3, 4, 8, 31]) {
      for (const p of [0.001, 0.1, 0.5, 0.6, 0.975, 0.9999]) {
        expect(studentCdf(studentQuantile(p, df), df)).toBeCloseTo(p, 9);
      }
    }
  });

  it("gives two-sided p values", () => {
    expect(twoSidedP(2.776445, 4)).toBeCloseTo(0.05, 6);
    expect(twoSidedP(-2.776445, 4)).toBeCloseTo(0.05, 6);
    expect(twoSidedP(Number.POSITIVE_INFINITY, 4)).toBe(0);
    expect(twoSidedP(0, 1)).toBe(1);
  });

  it("has whole degrees of freedom only", () => {
    expect(() => studentCdf(1, 0)).toThrow(RangeError);
    expect(() => studentQuantile(0.9, 2.5)).toThrow(RangeError);
  });
});

import { describe, expect, it } from "vitest";
import { constantPredictorLoss } from "./constant-predictor-loss";

const floats = (...values: number[]): Float32Array => Float32Array.from(values);

describe("the loss of the constant predictor", () => {
  it("is the entropy of the class frequencies for softmax", () => {
    const target = floats(0, 0, 0, 1);
    const unit = constantPredictorLoss({
      loss: "softmax-cross-entropy",
      target,
      mask: floats(1, 1, 1, 1),
      slots: 1,
      width: 2,
    });
    expect(unit).toBeCloseTo(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), 12);
  });

  it("takes each slot's own frequencies, and weighs slots by their labels", () => {
    const target = floats(0, 3, 1, 3, 0, 3, 1, 3); // slot 0: half and half, slot 1: always class 3
    const mask = floats(1, 1, 1, 1, 1, 0, 1, 0);
    const unit = constantPredictorLoss({ loss: "softmax-cross-entropy", target, mask, slots: 2, width: 4 });
    expect(unit).toBeCloseTo((4 * Math.log(2) + 2 * 0) / 6, 12);
  });

  it("is the binary entropy for sigmoid", () => {
    const unit = constantPredictorLoss({
      loss: "sigmoid-cross-entropy",
      target: floats(1, 0, 0, 0),
      mask: floats(1, 1, 1, 1),
      slots: 1,
      width: 1,
    });
    expect(unit).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 12);
  });

  it("is the variance for squared error, averaged over the values of a slot", () => {
    const target = floats(1, 10, 3, 10);
    const unit = constantPredictorLoss({
      loss: "squared-error",
      target,
      mask: floats(1, 1),
      slots: 1,
      width: 2,
    });
    expect(unit).toBeCloseTo((1 + 0) / 2, 12);
  });

  it("for smooth L1 is no larger at any other constant", () => {
    const values = [0, 0.2, 0.9, 4, 7];
    const unit = constantPredictorLoss({
      loss: "smooth-l1",
      target: floats(...values),
      mask: floats(1, 1, 1, 1, 1),
      slots: 1,
      width: 1,
    });
    const at = (c: number): number => {
      const losses = [...floats(...values)]
        .map((value) => Math.abs(value - c))
        .map((d) => (d < 1 ? (d * d) / 2 : d - 0.5));
      return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    };
    const grid = Array.from({ length: 7001 }, (_, step) => at(step / 1000));
    expect(unit).toBeLessThanOrEqual(Math.min(...grid) + 1e-9);
    expect(unit).toBeGreaterThan(Math.min(...grid) - 1e-5);
  });

  it("never reads a masked target", () => {
    const mask = floats(1, 1, 0, 0);
    const clean = constantPredictorLoss({
      loss: "squared-error",
      target: floats(1, 3, 0, 0),
      mask,
      slots: 1,
      width: 1,
    });
    const spoilt = constantPredictorLoss({
      loss: "squared-error",
      target: floats(1, 3, Number.NaN, 1e9),
      mask,
      slots: 1,
      width: 1,
    });
    expect(spoilt).toBe(clean);
  });

  it("is 1 where nothing is labelled or the constant is right everywhere", () => {
    const labels = { loss: "squared-error", target: floats(2, 2), slots: 1, width: 1 } as const;
    expect(constantPredictorLoss({ ...labels, mask: floats(0, 0) })).toBe(1);
    expect(constantPredictorLoss({ ...labels, mask: floats(1, 1) })).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { CHECKS, expectedSteps } from "./validation-checks";

const TRAINING = { steps: 1500, patience: 10, validation: 0.2 };

describe("how many steps early stopping is expected to leave", () => {
  it("is within 2× of the first chance to stop and of all steps, with the usual patience", () => {
    const expected = expectedSteps(TRAINING);
    expect(TRAINING.steps / expected).toBeLessThan(2);
    expect(expected / (TRAINING.steps * (11 / CHECKS))).toBeLessThan(2);
  });

  it("is all of them where nothing can stop it", () => {
    expect(expectedSteps({ ...TRAINING, patience: 0 })).toBe(1500);
    expect(expectedSteps({ ...TRAINING, validation: 0 })).toBe(1500);
    expect(expectedSteps({ ...TRAINING, patience: CHECKS })).toBe(1500);
  });

  it("is all of fewer steps than patience has checks", () => {
    expect(expectedSteps({ ...TRAINING, steps: 8 })).toBe(8);
  });
});

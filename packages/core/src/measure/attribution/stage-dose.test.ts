import { describe, expect, it } from "vitest";
import type { DoseScores } from "../../train/dose";
import { stageDose } from "./stage-dose";

const seeds = (scores: readonly (readonly number[])[], own?: number): readonly DoseScores[] =>
  scores.map(([low = 0, high = 0, truth = 0]) => ({
    score: low,
    doses: [
      { quality: 0.5, score: low },
      { quality: 0.9, score: high },
      { quality: 1, score: truth },
    ],
    ...(own === undefined ? {} : { own }),
  }));

const asked = { stage: "detect", metric: "accuracy" };

describe("how good a stage has to be, over seeds", () => {
  it("names the quality from which on the rest stops caring, and where the stage is", () => {
    const three = [
      [0.5, 0.899, 0.9],
      [0.52, 0.919, 0.92],
      [0.48, 0.88, 0.88],
    ];
    const dose = stageDose(asked, seeds(three, 0.72));
    expect(dose.enough).toEqual({ quality: 0.9, above: 0.5 });
    expect(dose.words).toBe(
      "From a quality of 0.9 of detect on, the answer is within 1.0 points of what the truth gives; at 0.5 it isn't shown to be. As trained it is at 0.72.",
    );
  });

  it("says that every step pays where only the truth is good enough", () => {
    const three = [
      [0.5, 0.7, 0.9],
      [0.5, 0.71, 0.9],
      [0.5, 0.7, 0.91],
    ];
    expect(stageDose(asked, seeds(three)).words).toMatch(
      /short of the truth itself .*: every step towards it pays\.$/,
    );
  });

  it("says that seeds differ too much where they do", () => {
    const three = [
      [0.1, 0.5, 0.4],
      [0.5, 0.7, 0.9],
      [0.9, 0.9, 0.9],
    ];
    expect(stageDose(asked, seeds(three)).words).toMatch(/3 seeds differ too much to tell/);
  });

  it("says nothing from fewer than three seeds", () => {
    const { words, enough } = stageDose(asked, seeds([[0.5, 0.9, 0.9]]));
    expect(enough).toBeUndefined();
    expect(words).toBe("With 1 seed nothing can be said of how good is good enough; 3 are needed.");
    expect(() => stageDose(asked, [])).toThrow("no seeds");
  });
});

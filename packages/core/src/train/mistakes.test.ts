import { describe, expect, it } from "vitest";
import type { Column } from "../data/column";
import type { EpisodeOutcome, Episodes } from "../environment/environment";
import { compounding, countMistakes } from "./mistakes";

/** Episodes that end after so many moments, well or badly, and are answered wrongly in the moments listed. */
interface Scripted {
  readonly moments: number;
  readonly success: boolean;
  readonly wrongIn: readonly number[];
}

const NOTHING: Readonly<Record<string, Column>> = {};

function play(scripts: readonly Scripted[], horizons: readonly number[]): readonly number[] | undefined {
  let moment = 0;
  const running = (): readonly number[] =>
    scripts.flatMap(({ moments }, number) => (moment < moments ? [number] : []));
  const episodes: Episodes = {
    get running() {
      return running().length;
    },
    get numbers() {
      return running();
    },
    field: (name) => {
      throw new Error(`there is no field ${name}`);
    },
    mistaken: () => running().map((number) => scripts[number]?.wrongIn.includes(moment) === true),
    act: () => {
      moment++;
    },
    outcomes: () =>
      scripts.map(
        ({ success }): EpisodeOutcome => ({
          success,
          completion: 1,
          harm: !success,
          violation: 0,
          roughness: 0,
        }),
      ),
  };
  const count = countMistakes(episodes, horizons);
  while (episodes.running > 0) {
    count?.note(NOTHING);
    episodes.act(NOTHING);
  }
  return count?.sums();
}

describe("counting mistakes in the loop", () => {
  it("counts wrong answers up to each horizon, and every moment after a bad end", () => {
    const scripts = [
      { moments: 8, success: true, wrongIn: [0, 5] },
      { moments: 3, success: false, wrongIn: [2] },
    ];
    // To 2: one wrong. To 4: wrong at 0 and 2, and one moment lost. To 8: wrong at 0, 2, 5, and five lost.
    expect(play(scripts, [2, 4, 8])).toEqual([1 / 2, 3 / 2, 8 / 2]);
  });

  it("charges nothing after an episode that ended well", () => {
    expect(play([{ moments: 2, success: true, wrongIn: [] }], [1, 2, 100])).toEqual([0, 0, 0]);
  });

  it("is not counted where horizons or mistakes are not told", () => {
    expect(countMistakes({} as Episodes, undefined)).toBeUndefined(); // nothing of it is looked at
    expect(countMistakes({} as Episodes, [1, 2, 4])).toBeUndefined(); // it lacks `mistaken`
  });
});

describe("the compounding of mistakes", () => {
  const horizons = [8, 16, 32, 64, 128];
  it.each([1, 1.5, 2])("finds the power by which they grow: %d", (power) => {
    const mistakes = horizons.map((horizon) => 0.3 * horizon ** power);
    expect(compounding(horizons, mistakes)).toBeCloseTo(power, 12);
  });

  it("is the slope of the least-squares line where they grow unevenly", () => {
    // log₂ horizons 0 … 2, log₂ mistakes 0, 2, 2: slope ((−1)(0 − 4/3) + 1(2 − 4/3)) / 2 = 1.
    expect(compounding([1, 2, 4], [1, 4, 4])).toBeCloseTo(1, 12);
  });

  it("leaves out horizons without a mistake, and says nothing from two", () => {
    expect(compounding(horizons, [0, 0, 2, 4, 8])).toBeCloseTo(1, 12);
    expect(compounding(horizons, [0, 0, 0, 4, 8])).toBeUndefined();
    expect(compounding(undefined, undefined)).toBeUndefined();
  });
});

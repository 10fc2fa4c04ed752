import { describe, expect, it } from "vitest";
import { holm } from "./holm";
import { holmIntervals } from "./holm-interval";
import { meanInterval, meanP } from "./interval";
import { studentQuantile } from "./student-t";

/** Differences as a comparison has them: plain intervals, p adjusted by Holm. */
function pairsOf(lists: readonly (readonly number[])[]) {
  const measured = lists.map((values) => meanInterval(values));
  const adjusted = holm(measured.map((one) => meanP(one) ?? 1));
  return measured.map((one, index) => ({ ...one, p: adjusted[index] ?? 1 }));
}

describe("holmIntervals", () => {
  it("leaves a single difference as it is", () => {
    const pairs = pairsOf([[0.1, 0.12, 0.2]]);
    const [only] = holmIntervals(pairs);
    expect(only?.low).toBeCloseTo(pairs[0]!.low!, 12);
    expect(only?.high).toBeCloseTo(pairs[0]!.high!, 12);
  });

  it("gives the clearest of two the level 97.5 %, and the other 95 % once that one is decided", () => {
    const pairs = pairsOf([
      [0.01, 0.03, -0.02, 0.05],
      [0.4, 0.41, 0.39, 0.42],
    ]);
    const [open, clear] = holmIntervals(pairs);
    const stretch = studentQuantile(0.9875, 3) / studentQuantile(0.975, 3);
    expect(clear!.high - clear!.low).toBeCloseTo((pairs[1]!.high! - pairs[1]!.low!) * stretch, 9);
    expect(open!.high - open!.low).toBeCloseTo(pairs[0]!.high! - pairs[0]!.low!, 9);
  });

  it("holds 0 exactly where Holm does not reject", () => {
    const lists = [-3, -1, -0.2, 0, 0.3, 0.9, 2, 4].flatMap((shift) =>
      [0.2, 0.6, 1.3].map((spread) => [-1.1, -0.4, 0.2, 0.5, 0.8].map((x) => shift + spread * x)),
    );
    for (let from = 0; from + 6 <= lists.length; from++) {
      const pairs = pairsOf(lists.slice(from, from + 6));
      holmIntervals(pairs).forEach((ends, index) => {
        expect(ends!.low <= 0 && ends!.high >= 0).toBe(pairs[index]!.p > 0.05);
      });
    }
  });

  it("says nothing under 3 seeds", () => {
    expect(holmIntervals([{ mean: 0.3, n: 2 }])).toEqual([undefined]);
  });
});

import type { Column } from "../data/column";
import type { Episodes } from "../environment/environment";
import { meanOf } from "../measure/interval";

/** Mistakes of episodes, summed up to each of several horizons. */
export interface MistakeCount {
  /** Counts the mistakes of this moment's answers; before they are acted on. */
  note(answers: Readonly<Record<string, Column>>): void;
  /** Mean over all episodes of the mistakes up to each horizon, once every episode has ended. */
  sums(): readonly number[];
}

/**
 * Counts mistakes: an answer that an expert would not have given, and every moment after a bad end, since all that would
 * have been done in it was thrown away. An episode that ended well makes no more.
 *
 * @param horizons in moments
 * @returns undefined where the world doesn't tell mistakes
 */
export function countMistakes(
  episodes: Episodes,
  horizons: readonly number[] | undefined,
): MistakeCount | undefined {
  if (horizons === undefined || episodes.mistaken === undefined) return undefined;
  const sums = horizons.map(() => 0);
  const lengths = new Map<number, number>();
  let moment = 0;
  return {
    note: (answers) => {
      const wrong = episodes.mistaken?.(answers).filter(Boolean).length ?? 0;
      moment++;
      for (const number of episodes.numbers) lengths.set(number, moment);
      horizons.forEach((horizon, k) => {
        if (moment <= horizon) sums[k] = (sums[k] ?? 0) + wrong;
      });
    },
    sums: () => {
      const outcomes = episodes.outcomes();
      return horizons.map((horizon, k) => {
        const lost = outcomes.map(({ success }, number) =>
          success ? 0 : Math.max(0, horizon - (lengths.get(number) ?? 0)),
        );
        return lost.reduce((sum, moments) => sum + moments, sums[k] ?? 0) / outcomes.length;
      });
    },
  };
}

/** Fewer points say nothing about a line. */
const FEWEST_POINTS = 3;

/**
 * How mistakes grow with the horizon: the least-squares slope of log(mistakes) against log(horizon), over horizons up to
 * which there were any. A policy whose mistakes come at an even pace has 1; one that each mistake leads to where more are
 * made has up to 2 (Ross and Bagnell, AISTATS 2010: at worst the cost of a cloned policy grows as the square of time).
 *
 * @returns undefined under three such horizons
 */
export function compounding(
  horizons: readonly number[] | undefined,
  mistakes: readonly number[] | undefined,
): number | undefined {
  const points = (horizons ?? []).flatMap((horizon, k) => {
    const sum = mistakes?.[k] ?? 0;
    return sum > 0 ? [[Math.log(horizon), Math.log(sum)] as const] : [];
  });
  if (points.length < FEWEST_POINTS) return undefined;
  const [x, y] = [meanOf(points.map(([at]) => at)), meanOf(points.map(([, value]) => value))];
  const together = meanOf(points.map(([at, value]) => (at - x) * (value - y)));
  return together / meanOf(points.map(([at]) => (at - x) ** 2));
}

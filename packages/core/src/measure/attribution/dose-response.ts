import { FEWEST_SEEDS, isEquivalent, meanInterval, type MeanInterval } from "../interval";

/** Final scores with one stage's truth degraded to a quality, one a seed in the same order at every quality. */
export interface Dose {
  /** From 0 to 1 (the truth itself). */
  readonly quality: number;
  readonly scores: readonly number[];
}

/** The final score as a function of one stage's quality. */
export interface DoseResponse {
  /** By rising quality. */
  readonly points: readonly (MeanInterval & { readonly quality: number })[];
  /** Final score per unit of quality from each point to the next. */
  readonly slopes: readonly number[];
  /**
   * How good is good enough: from `quality` on, every measured quality is shown to be within δ of the truth itself;
   * `above` is the next lower one that isn't. Absent where only the truth is.
   */
  readonly enough?: { readonly quality: number; readonly above?: number };
}

/**
 * Dose–response of a stage: what the final score becomes as the stage gets better, and from where on it stops mattering,
 * which is shown by equivalence with the truth (90 % interval of the paired difference inside ±δ).
 *
 * @param doses one of them of quality 1
 * @param margin δ
 */
export function doseResponse(doses: readonly Dose[], margin: number): DoseResponse {
  const sorted = doses.toSorted((a, b) => a.quality - b.quality);
  const truth = sorted.at(-1);
  if (truth?.quality !== 1) throw new Error("dose-response: no dose of quality 1");
  const points = sorted.map(({ quality, scores }) => ({ quality, ...meanInterval(scores) }));
  const slopes = points.slice(1).map((point, k) => {
    const before = points[k];
    return before === undefined ? 0 : (point.mean - before.mean) / (point.quality - before.quality);
  });
  const close = sorted.map((dose) => dose !== truth && isClose(dose, truth, margin));
  let first = sorted.length - 1;
  while (close[first - 1] === true) first--;
  const from = sorted[first];
  if (from === undefined || from === truth) return { points, slopes };
  const below = sorted[first - 1];
  return {
    points,
    slopes,
    enough: { quality: from.quality, ...(below === undefined ? {} : { above: below.quality }) },
  };
}

function isClose(dose: Dose, truth: Dose, margin: number): boolean {
  const differences = truth.scores.flatMap((score, seed) => {
    const other = dose.scores[seed];
    return other === undefined ? [] : [score - other];
  });
  return differences.length >= FEWEST_SEEDS && isEquivalent(differences, margin);
}

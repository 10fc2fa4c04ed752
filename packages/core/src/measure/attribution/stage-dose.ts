import { countOf } from "../../diagnostics/words";
import type { DoseScores } from "../../train/dose";
import { FEWEST_SEEDS, meanInterval, type MeanInterval } from "../interval";
import { defaultMargin } from "../margin";
import { type NumberStyle, writeDifference } from "../numbers";
import { scoreLook } from "../score-look";
import { type DoseResponse, doseResponse } from "./dose-response";

/** How good a stage has to be before what follows stops caring, over the seeds of a pipeline at one budget. */
export interface StageDose extends DoseResponse {
  readonly stage: string;
  readonly metric: string;
  /** The stage's own quality as trained, and the score that it gives. */
  readonly own?: MeanInterval;
  readonly score: MeanInterval;
  readonly n: number;
  readonly words: string;
}

/** Qualities that are tried. */
export const QUALITIES: readonly number[] = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1];

/**
 * Puts the doses of several seeds together; δ is 1 point of a share, else 1 % of the mean score.
 *
 * @param seeds one a seed, all with the same qualities, 1 among them
 * @throws Error without any seed
 */
export function stageDose(
  { stage, metric }: Pick<StageDose, "stage" | "metric">,
  seeds: readonly DoseScores[],
): StageDose {
  const [first] = seeds;
  if (first === undefined) throw new Error("stageDose: no seeds");
  const scores = seeds.map(({ score }) => score);
  const margin = defaultMargin(metric, scores);
  const response = doseResponse(
    first.doses.map(({ quality }) => ({
      quality,
      scores: seeds.flatMap(({ doses }) => doses.find((dose) => dose.quality === quality)?.score ?? []),
    })),
    margin,
  );
  const owns = seeds.flatMap(({ own }) => own ?? []);
  const own = owns.length === seeds.length ? meanInterval(owns) : undefined;
  const known = {
    stage,
    metric,
    ...response,
    ...(own === undefined ? {} : { own }),
    score: meanInterval(scores),
    n: seeds.length,
  };
  return { ...known, words: inWords(known, { margin, pays: paysToTheEnd(seeds) }) };
}

/** Whether even the last step, from the best quality below the truth, is shown to better or worsen the score. */
function paysToTheEnd(seeds: readonly DoseScores[]): boolean {
  const steps = seeds.flatMap(({ doses }) => {
    const [last, before] = doses.toSorted((a, b) => b.quality - a.quality);
    return last === undefined || before === undefined ? [] : [last.score - before.score];
  });
  if (steps.length < FEWEST_SEEDS) return false;
  const { low = 0, high = 0 } = meanInterval(steps);
  return low > 0 || high < 0;
}

const written = (quality: number): string => String(Number(quality.toFixed(3)));

function inWords(
  { stage, metric, enough, own, n }: Omit<StageDose, "words">,
  { margin, pays }: { readonly margin: number; readonly pays: boolean },
): string {
  const style: NumberStyle = { metric, isShare: scoreLook(metric)?.isShare === true };
  const near = `within ${writeDifference(margin, style).slice(1)} of what the truth gives`;
  const now = own === undefined ? "" : ` As trained it is at ${written(own.mean)}.`;
  if (n < FEWEST_SEEDS)
    return `With ${countOf(n, "seed")} nothing can be said of how good is good enough; ${FEWEST_SEEDS} are needed.${now}`;
  if (enough === undefined)
    return `No quality of ${stage} short of the truth itself is shown to be ${near}: ${pays ? "every step towards it pays" : `${n} seeds differ too much to tell where it stops mattering`}.${now}`;
  const below = enough.above === undefined ? "" : `; at ${written(enough.above)} it isn't shown to be`;
  return `From a quality of ${written(enough.quality)} of ${stage} on, the answer is ${near}${below}.${now}`;
}

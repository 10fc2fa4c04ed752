import { countOf } from "../diagnostics/words";
import type { Judgement } from "./comparison";
import { FEWEST_SEEDS, isEquivalent, type MeanInterval, meanInterval, meanP } from "./interval";
import { type NumberStyle, writeDifference, writeEnds, writeP } from "./numbers";
import { seedsFor } from "./sample-size";
import { signFlipP, smallestSignFlipP } from "./sign-flip";
import { studentQuantile } from "./student-t";
import { shareDifferenceError } from "./test-set";

/** Two pipelines' differences at the seeds that both have. */
export interface PairedScores {
  readonly a: Contestant;
  readonly b: Contestant;
  /** a − b, one a seed. */
  readonly differences: readonly number[];
  /** In words: `at 32 rows`, `over 32 to 1,000 rows`. */
  readonly where: string;
}

/** One of a pair. */
export interface Contestant {
  readonly id: string;
  readonly title: string;
  /** Each test row's share of right answers over these seeds; absent where the metric doesn't count rows. */
  readonly rows?: Float64Array | undefined;
}

/** What verdicts are given by. */
export interface Yardstick extends NumberStyle {
  readonly higherIsBetter: boolean;
  /** δ: differences up to it don't matter. */
  readonly margin: number;
}

/** A pair that has been measured, before p values are adjusted for the other pairs and budgets. */
export interface MeasuredPair {
  readonly pair: PairedScores;
  readonly interval: MeanInterval;
  /** Not adjusted; absent under 3 seeds. */
  readonly p?: number;
}

/** Measures a pair. */
export function measurePair(pair: PairedScores): MeasuredPair {
  const interval = meanInterval(pair.differences);
  const p = meanP(interval);
  return { pair, interval, ...(p === undefined ? {} : { p }) };
}

const SIGNIFICANT = 0.05;

/** Gives the verdict on a measured pair. `p` is adjusted by Holm over all that is judged together. */
export function judgePair(measured: MeasuredPair, p: number | undefined, by: Yardstick): Judgement {
  const { pair, interval } = measured;
  const { mean, low, high, n } = interval;
  const signFlip = signFlipP(pair.differences);
  const testError = testErrorOf(pair);
  const verdict = verdictOn(measured, p, by);
  const judged: Omit<Judgement, "words"> = {
    a: pair.a.id,
    b: pair.b.id,
    mean,
    ...(low === undefined || high === undefined ? {} : { low, high }),
    n,
    ...(p === undefined ? {} : { p }),
    ...(signFlip === undefined ? {} : { signFlip }),
    ...(testError === undefined ? {} : { testSetError: testError }),
    ...(testError === undefined || n < FEWEST_SEEDS
      ? {}
      : { totalError: Math.hypot(interval.sd / Math.sqrt(n), testError) }),
    verdict,
    ...(verdict === "undecided" ? { seedsNeeded: seedsNeeded(interval, by) } : {}),
  };
  return { ...judged, words: pairInWords(judged, measured, by) };
}

function testErrorOf({ a, b }: PairedScores): number | undefined {
  return a.rows === undefined || b.rows === undefined ? undefined : shareDifferenceError(a.rows, b.rows);
}

function verdictOn(
  { pair: { differences }, interval: { mean, n } }: MeasuredPair,
  p: number | undefined,
  { higherIsBetter, margin }: Yardstick,
): Judgement["verdict"] {
  if (p === undefined || n < FEWEST_SEEDS) return "undecided";
  if (p < SIGNIFICANT && Math.abs(mean) > margin) return mean > 0 === higherIsBetter ? "a" : "b";
  return isEquivalent(differences, margin) ? "equivalent" : "undecided";
}

/** More seeds than there are: for the difference that is seen, or for one that would matter where it is smaller. */
function seedsNeeded({ mean, sd, n }: MeanInterval, { margin }: Yardstick): number {
  const more = Math.max(FEWEST_SEEDS, n + 1);
  const difference = Math.max(Math.abs(mean), margin);
  return n < 2 || difference === 0 ? more : Math.max(more, seedsFor(sd, difference));
}

/** The verdict in one sentence, and what limits it. */
function pairInWords(
  judged: Omit<Judgement, "words">,
  { pair, interval: { sd } }: MeasuredPair,
  by: Yardstick,
): string {
  const { n } = judged;
  const at = pair.where;
  const [a, b] = [pair.a.title, pair.b.title];
  const notes: string[] = [];
  if (n < FEWEST_SEEDS) {
    return `No verdict between ${a} and ${b} ${at}: ${countOf(n, "seed")}, at least ${FEWEST_SEEDS} are needed.`;
  }
  if (sd === 0) notes.push("The difference is the same at every seed.");
  if (smallestSignFlipP(n) > SIGNIFICANT) {
    notes.push(`A sign-flip test cannot be significant with ${countOf(n, "seed")}.`);
  }
  if (dependsOnTestSet(judged)) notes.push("Another test set of this size may turn it round.");
  return [`${verdictSentence(judged, { at, a, b }, by)} (${evidence(judged, by)}).`, ...notes].join(" ");
}

/** Whether a difference that the seeds decide is within the error of seeds and test set together. */
function dependsOnTestSet({ verdict, mean, totalError, n }: Omit<Judgement, "words">): boolean {
  if (totalError === undefined || (verdict !== "a" && verdict !== "b")) return false;
  return Math.abs(mean) <= studentQuantile(1 - SIGNIFICANT / 2, n - 1) * totalError;
}

interface SentenceParts {
  readonly at: string;
  readonly a: string;
  readonly b: string;
}

function verdictSentence(
  { verdict, seedsNeeded: needed }: Omit<Judgement, "words">,
  { at, a, b }: SentenceParts,
  by: Yardstick,
): string {
  switch (verdict) {
    case "a":
      return `${a} is better than ${b} ${at}`;
    case "b":
      return `${b} is better than ${a} ${at}`;
    case "equivalent":
      return `${a} and ${b} are equivalent ${at}, within ${writeDifference(by.margin, by).slice(1)}`;
    case "undecided":
      return `Undecided between ${a} and ${b} ${at}; about ${countOf(needed ?? FEWEST_SEEDS, "seed")} would decide`;
  }
}

/** The numbers behind a verdict: difference, interval, p, seeds, and the test set's part. */
function evidence(judged: Omit<Judgement, "words">, by: Yardstick): string {
  const { mean, low, high, p, n, testSetError: error } = judged;
  const parts = [writeDifference(mean, by)];
  if (low !== undefined && high !== undefined) parts.push(`95 % interval ${writeEnds(low, high, by)}`);
  parts.push(countOf(n, "seed"));
  if (p !== undefined) parts.push(writeP(p));
  if (error !== undefined) parts.push(`test-set error ${writeDifference(error, by).slice(1)}`);
  return parts.join(", ");
}

import { countOf } from "../diagnostics/words";
import type { PairedDifference } from "./comparison";
import {
  differencesOf,
  FEWEST_SEEDS,
  isEquivalent,
  type MeanInterval,
  meanInterval,
  meanP,
} from "./interval";
import { type NumberStyle, writeDifference, writeEnds, writeP } from "./numbers";
import { seedsFor } from "./sample-size";
import { signFlipP, smallestSignFlipP } from "./sign-flip";
import { type CorrectRows, testSetError } from "./test-set";

/** Both pipelines' scores at the seeds that both have, at one budget. */
export interface PairedScores {
  readonly a: Contestant;
  readonly b: Contestant;
  readonly budget: number;
}

interface Contestant {
  readonly id: string;
  readonly title: string;
  /** One a seed, in the same order of seeds for both. */
  readonly scores: readonly number[];
  /** Right and wrong test rows, one list a seed; absent where the metric doesn't count rows. */
  readonly correct?: readonly CorrectRows[] | undefined;
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
  readonly differences: readonly number[];
  readonly interval: MeanInterval;
  /** Not adjusted; absent under 3 seeds. */
  readonly p?: number;
}

/** Measures a pair at one budget. */
export function measurePair(pair: PairedScores): MeasuredPair {
  const differences = differencesOf(pair.a.scores, pair.b.scores);
  const interval = meanInterval(differences);
  const p = meanP(interval);
  return { pair, differences, interval, ...(p === undefined ? {} : { p }) };
}

const SIGNIFICANT = 0.05;

/** Gives the verdict on a measured pair. `p` is adjusted by Holm over budgets × pairs. */
export function judgePair(measured: MeasuredPair, p: number | undefined, by: Yardstick): PairedDifference {
  const { pair, differences, interval } = measured;
  const { mean, low, high, n } = interval;
  const signFlip = signFlipP(differences);
  const testError = testErrorOf(pair);
  const verdict = verdictOn(measured, p, by);
  const judged: Omit<PairedDifference, "words"> = {
    a: pair.a.id,
    b: pair.b.id,
    budget: pair.budget,
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
  if (a.correct === undefined || b.correct === undefined) return undefined;
  const others = b.correct;
  const pairs = a.correct.map((rows, index): [CorrectRows, CorrectRows] => [rows, others[index] ?? []]);
  return testSetError(pairs);
}

function verdictOn(
  { differences, interval: { mean, n } }: MeasuredPair,
  p: number | undefined,
  { higherIsBetter, margin }: Yardstick,
): PairedDifference["verdict"] {
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
  judged: Omit<PairedDifference, "words">,
  { pair, interval: { sd } }: MeasuredPair,
  by: Yardstick,
): string {
  const { budget, verdict, n } = judged;
  const at = `at ${countOf(budget, "row")}`;
  const [a, b] = [pair.a.title, pair.b.title];
  const notes: string[] = [];
  if (n < FEWEST_SEEDS) {
    return `No verdict between ${a} and ${b} ${at}: ${countOf(n, "seed")}, at least ${FEWEST_SEEDS} are needed.`;
  }
  if (sd === 0) notes.push("The difference is the same at every seed.");
  if (smallestSignFlipP(n) > SIGNIFICANT) {
    notes.push(`A sign-flip test cannot be significant with ${countOf(n, "seed")}.`);
  }
  return [`${verdictSentence(judged, { at, a, b }, by)} (${evidence(judged, by)}).`, ...notes].join(" ");
}

interface SentenceParts {
  readonly at: string;
  readonly a: string;
  readonly b: string;
}

function verdictSentence(
  { verdict, seedsNeeded: needed }: Omit<PairedDifference, "words">,
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
function evidence(judged: Omit<PairedDifference, "words">, by: Yardstick): string {
  const { mean, low, high, p, n, testSetError: error } = judged;
  const parts = [writeDifference(mean, by)];
  if (low !== undefined && high !== undefined) parts.push(`95 % interval ${writeEnds(low, high, by)}`);
  parts.push(countOf(n, "seed"));
  if (p !== undefined) parts.push(writeP(p));
  if (error !== undefined) parts.push(`test-set error ${writeDifference(error, by).slice(1)}`);
  return parts.join(", ");
}

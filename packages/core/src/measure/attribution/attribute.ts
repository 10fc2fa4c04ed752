import { FEWEST_SEEDS, meanInterval, type MeanInterval } from "../interval";
import { oracleSets, precedenceShapley, type Upstream } from "./precedence";

/** One pipeline's final score with some stages replaced by the truth. */
export interface OracleScore {
  readonly seed: number;
  /** Stages whose output was replaced; none for the plain score. */
  readonly replaced: readonly string[];
  readonly score: number;
}

/** What attribution is made from. */
export interface AttributionQuestion {
  /** Stages that have a label, upstream first. */
  readonly stages: readonly string[];
  readonly upstream: Upstream;
  readonly scores: readonly OracleScore[];
  /** Gains are improvements: of an error, what it falls by. */
  readonly higherIsBetter: boolean;
}

/** What a stage's errors cost, as a mean over seeds; the ends are absent under 3 seeds. */
export interface AttributionStep {
  readonly stage: string;
  readonly gain: number;
  readonly low?: number;
  readonly high?: number;
}

/** Gains by stage, from the plain score to the score with all stages replaced. */
export interface Attribution {
  readonly steps: readonly AttributionStep[];
  /** Mean v(∅) and v(all). */
  readonly base: number;
  readonly ceiling: number;
  readonly n: number;
  /** Stages whose gain is shown to be below 0: what follows has learned to undo their errors. */
  readonly undone: readonly string[];
  /** Each seed's own gains, in the order of the stages. */
  readonly bySeed: ReadonlyMap<number, readonly number[]>;
}

/** Attribution, or the oracle runs that it still needs. */
export type AttributionOutcome =
  | { readonly done: true; readonly attribution: Attribution }
  | { readonly done: false; readonly missing: readonly (readonly string[])[] };

/**
 * Attributes a pipeline's errors to its stages, seed by seed (`precedenceShapley`), with Student's t intervals over
 * seeds. Seeds that lack a set are left out; where none has all, the sets that are missing most are named.
 *
 * @throws RangeError when there are more than 4,096 sets
 */
export function attribute(question: AttributionQuestion): AttributionOutcome {
  const { stages, upstream, scores, higherIsBetter } = question;
  const sets = oracleSets(stages, upstream);
  const bySeed = new Map<number, Map<string, number>>();
  for (const { seed, replaced, score } of scores) {
    const known = bySeed.get(seed) ?? new Map<string, number>();
    bySeed.set(seed, known.set(keyOf(replaced), score));
  }
  const whole = [...bySeed].filter(([, known]) => sets.every((set) => known.has(keyOf(set))));
  const complete = whole.map(([, known]) => known);
  if (complete.length === 0) {
    const [fullest] = [...bySeed.values()].sort((a, b) => b.size - a.size);
    return { done: false, missing: sets.filter((set) => fullest?.has(keyOf(set)) !== true) };
  }
  const sign = higherIsBetter ? 1 : -1;
  const worth = (known: Map<string, number>, set: readonly string[]): number =>
    known.get(keyOf(set)) ?? Number.NaN;
  const gains = complete.map((known) =>
    precedenceShapley(stages, upstream, (set) => sign * worth(known, set)),
  );
  const intervals = stages.map((_, stage) => meanInterval(gains.map((one) => one[stage] ?? Number.NaN)));
  const mean = (set: readonly string[]): number =>
    meanInterval(complete.map((known) => worth(known, set))).mean;
  return {
    done: true,
    attribution: {
      steps: stages.map((stage, k) => ({ stage, ...stepOf(intervals[k]) })),
      base: mean([]),
      ceiling: mean(stages),
      n: complete.length,
      bySeed: new Map(whole.map(([seed], k) => [seed, gains[k] ?? []])),
      undone: stages.filter((_, k) => (intervals[k]?.high ?? 0) < 0),
    },
  };
}

const keyOf = (replaced: readonly string[]): string => JSON.stringify([...replaced].sort());

function stepOf(interval: MeanInterval | undefined): Omit<AttributionStep, "stage"> {
  const { mean = Number.NaN, low, high, n = 0 } = interval ?? {};
  return n < FEWEST_SEEDS || low === undefined || high === undefined
    ? { gain: mean }
    : { gain: mean, low, high };
}

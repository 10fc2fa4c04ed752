import { countOf } from "../diagnostics/words";
import type { Crossing } from "./comparison";
import { type Beyond, beyondRange } from "./crossover/beyond";
import { crossover, type MeasuredCrossover, type Stretch } from "./crossover/crossover";
import type { PipelineCurve } from "./curves";
import { FEWEST_SEEDS } from "./interval";
import { writeChance, writeRows } from "./numbers";
import type { PipelinePair } from "./pairs";

/** A pair with both of its learning curves. */
export interface CrossingQuestion {
  readonly pair: PipelinePair;
  readonly curves: readonly [PipelineCurve, PipelineCurve];
  readonly higherIsBetter: boolean;
  /** Whether chance is known: then a pipeline that is at chance at its largest budget has no crossover. */
  readonly chance: boolean;
}

/**
 * Where a pair changes places: as measured, and behind the last budget by the fitted curves, which is then
 * "model-based". A pipeline without evidence of learning at its largest budget has no crossover that could be told.
 */
export function crossingOf(question: CrossingQuestion): Crossing {
  const { pair, curves, higherIsBetter, chance } = question;
  const { a, b } = pair;
  const found = crossover(
    higherIsBetter
      ? pair.budgets
      : pair.budgets.map(({ rows, differences }) => ({ rows, differences: differences.map((one) => -one) })),
  );
  const ids = { a: a.id, b: b.id };
  const atChance = chance ? curves.findIndex(isAtChance) : -1;
  if (atChance >= 0) {
    const title = (atChance === 0 ? a : b).title;
    const words = `No crossover can be told: ${title} shows no evidence of learning at its largest budget.`;
    return { ...ids, kind: "not-estimable", n: found.seeds, words };
  }
  return { ...ids, ...answer(question, found) };
}

/** Whether the largest budget with enough seeds was left out of the curve, because its interval includes chance. */
function isAtChance({ budgets, curve }: PipelineCurve): boolean {
  const last = budgets.findLast(
    ({ errors }) => errors.filter((error) => error !== undefined).length >= FEWEST_SEEDS,
  );
  return last !== undefined && curve.leftOut.includes(last.rows);
}

type Answer = Omit<Crossing, "a" | "b">;
type Found<Shows extends MeasuredCrossover["shows"]> = Extract<MeasuredCrossover, { shows: Shows }>;

function answer(question: CrossingQuestion, found: MeasuredCrossover): Answer {
  switch (found.shows) {
    case "interval":
      return insideAnswer(question, found);
    case "one-sided":
      return openAnswer(question, found);
    case "several":
      return severalAnswer(found);
    case "never":
      return neverAnswer(question, found);
    case "not-estimable":
      return { kind: "not-estimable", n: found.seeds, words: refusals[found.why](found.seeds) };
  }
}

const refusals: Readonly<Record<Found<"not-estimable">["why"], (seeds: number) => string>> = {
  seeds: (seeds) =>
    `No crossover can be told from ${countOf(seeds, "seed")}: at least ${FEWEST_SEEDS} are needed.`,
  budgets: () => "No crossover can be told from one budget.",
  undecided: () => "No crossover can be told: the difference is decided at no budget.",
};

const interval = (seeds: number): string => `95 % interval, ${countOf(seeds, "seed")}`;

function insideAnswer({ pair }: CrossingQuestion, found: Found<"interval">): Answer {
  const { low, high, estimate, before, seeds } = found;
  const first = pair[before];
  const second = before === "a" ? pair.b : pair.a;
  const words = `${first.title} is better below about ${writeRows(estimate)}, ${second.title} above (between ${writeRows(low)} and ${writeRows(high)}: ${interval(seeds)}).`;
  return { kind: "interval", low, high, estimate, before: first.id, n: seeds, words };
}

function openAnswer(question: CrossingQuestion, found: Found<"one-sided">): Answer {
  const { low, high, estimate, decided, seeds } = found;
  const leader = question.pair[decided];
  const place = low === undefined ? `at ${writeRows(high ?? 0)} or fewer` : `at ${writeRows(low)} or more`;
  const beyond = low === undefined ? undefined : extrapolate(question, decided);
  const sentences = [
    `${leader.title} is better wherever it is decided; if they cross, it is ${place} (${interval(seeds)}).`,
    ...(beyond === undefined ? [] : [chancesInWords(beyond)]),
  ];
  const ends = {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(estimate === undefined ? {} : { estimate }),
  };
  return {
    kind: "one-sided",
    ...ends,
    before: leader.id,
    ...chances(beyond),
    n: seeds,
    words: sentences.join(" "),
  };
}

function severalAnswer({ stretches, seeds }: Found<"several">): Answer {
  const low = stretches[0]?.low;
  const high = stretches.at(-1)?.high;
  return {
    kind: "several",
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    stretches,
    n: seeds,
    words: `They may cross at several places: ${stretches.map(stretchInWords).join("; ")} (${interval(seeds)}).`,
  };
}

function stretchInWords({ low, high }: Stretch): string {
  if (low === undefined) return `${writeRows(high ?? 0)} or fewer`;
  return high === undefined ? `${writeRows(low)} or more` : `${writeRows(low)} to ${writeRows(high)}`;
}

function neverAnswer(question: CrossingQuestion, { decided, seeds }: Found<"never">): Answer {
  const { pair } = question;
  const leader = pair[decided];
  const range = `${writeRows(pair.budgets[0]?.rows ?? 0)} to ${writeRows(pair.budgets.at(-1)?.rows ?? 0)}`;
  const seen = `${leader.title} is better everywhere from ${range}: no crossover in this range (${countOf(seeds, "seed")}).`;
  const beyond = extrapolate(question, decided);
  if (beyond?.estimate === undefined) {
    const words = beyond === undefined ? seen : `${seen} ${chancesInWords(beyond)}`;
    return { kind: "never", before: leader.id, ...chances(beyond), n: seeds, words };
  }
  const modelled = `By the fitted curves they cross at about ${writeRows(beyond.estimate)}: model-based, not measured.`;
  return {
    kind: "model-based",
    estimate: beyond.estimate,
    before: leader.id,
    ...chances(beyond),
    n: seeds,
    words: [seen, modelled, chancesInWords(beyond)].join(" "),
  };
}

/** The curves behind the last budget, if both can be read there. */
function extrapolate({ curves: [a, b] }: CrossingQuestion, decided: "a" | "b"): Beyond | undefined {
  if (a.curve.status === "not-estimable" || b.curve.status === "not-estimable") return undefined;
  return decided === "a" ? beyondRange(a.curve, b.curve) : beyondRange(b.curve, a.curve);
}

const chances = (beyond: Beyond | undefined): Pick<Crossing, "byTwice" | "byFourTimes"> =>
  beyond === undefined ? {} : { byTwice: beyond.byTwice, byFourTimes: beyond.byFourTimes };

const chancesInWords = ({ byTwice, byFourTimes }: Beyond): string =>
  `By the fitted curves, the chance of having crossed is ${writeChance(byTwice)} at twice the last budget and ${writeChance(byFourTimes)} at four times.`;

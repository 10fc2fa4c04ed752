import { countOf } from "../diagnostics/words";
import type { EndedTrial } from "../measure/compare-trials";
import { holm } from "../measure/holm";
import { holmIntervals } from "../measure/holm-interval";
import { meanOf } from "../measure/interval";
import { defaultMargin } from "../measure/margin";
import { metrics } from "../measure/metrics/index";
import { writeDifference, writeEnds, writeLevel, writeP } from "../measure/numbers";
import { type Contestant, judgePair, type MeasuredPair, measurePair, type Yardstick } from "../measure/pair";
import { type CorrectRows, meanRows } from "../measure/test-set";
import type { MetricName, ProblemSchema } from "../problem/document";
import type { TrialResult } from "../train/events";
import type { LabPlan, LabVariant } from "./lab";
import type { LabCell, SeedGain } from "./result";

/** What gains are measured from. */
export interface GainQuestion {
  readonly plan: LabPlan;
  readonly schema: ProblemSchema;
  readonly trials: readonly EndedTrial[];
  /** δ; absent: 1 point of a share, else 1 % of the mean score. */
  readonly margin?: number | undefined;
}

/** One score of a trial that gains are told by. */
interface Score {
  readonly metric: MetricName;
  readonly name: string;
  readonly task?: string;
}

/** A cell that is measured, before p values are adjusted. */
interface MeasuredCell extends Pick<LabCell, "budget" | "gains" | "level" | "baseline"> {
  readonly variant: LabVariant;
  readonly over: LabVariant;
  readonly score: Score;
  readonly pair: MeasuredPair;
}

/**
 * What every variant gains over its baseline, paired by seed. p values are adjusted by Holm over the cells of one role
 * and one task: the grid is one family, the controls another, and each task is a question of its own. Cells in which no
 * seed has both trials yet are left out.
 */
export function measureGains(question: GainQuestion): readonly LabCell[] {
  const results = resultsByPlace(question.trials);
  const byId = new Map(question.plan.variants.map((variant) => [variant.id, variant]));
  const measured = question.plan.variants.flatMap((variant) => {
    const over = variant.over === undefined ? undefined : byId.get(variant.over);
    if (over === undefined) return [];
    return scoresOf(variant, question.schema).flatMap((score) =>
      question.plan.budgets.flatMap((budget) =>
        measureCell({ variant, over, score, budget, seeds: question.plan.seeds }, results),
      ),
    );
  });
  const families = new Map<string, MeasuredCell[]>();
  for (const cell of measured) {
    const family = JSON.stringify([cell.variant.role, cell.score.task ?? ""]);
    families.set(family, [...(families.get(family) ?? []), cell]);
  }
  const judged = new Map(
    [...families.values()].flatMap((family) =>
      judgeFamily(family, (metric) => yardstick(metric, question, results)).map(
        (cell, k) => [family[k], cell] as const,
      ),
    ),
  );
  return measured.flatMap((cell) => judged.get(cell) ?? []);
}

type Results = ReadonlyMap<string, TrialResult>;

const placeKey = (variant: string, budget: number, seed: number): string =>
  JSON.stringify([variant, budget, seed]);

const resultsByPlace = (trials: readonly EndedTrial[]): Results =>
  new Map(
    trials.flatMap((trial) =>
      "result" in trial ? [[placeKey(trial.pipeline, trial.budget, trial.seed), trial.result] as const] : [],
    ),
  );

/** The headline, or each task's own score: one metric a target, told apart by name where several targets share it. */
function scoresOf({ tasks }: LabVariant, { metrics: named }: ProblemSchema): readonly Score[] {
  const [headline] = named;
  if (headline === undefined) return [];
  if (tasks === undefined) return [{ metric: headline.metric, name: headline.metric }];
  return tasks.flatMap((task): Score[] => {
    const found = named.find(({ target }) => target === task);
    if (found === undefined) return [];
    const isShared = named.filter(({ metric }) => metric === found.metric).length > 1;
    return [{ metric: found.metric, name: isShared ? `${found.metric}:${task}` : found.metric, task }];
  });
}

interface CellQuestion {
  readonly variant: LabVariant;
  readonly over: LabVariant;
  readonly score: Score;
  readonly budget: number;
  readonly seeds: readonly number[];
}

function measureCell(question: CellQuestion, results: Results): readonly MeasuredCell[] {
  const { variant, over, score, budget, seeds } = question;
  const sign = metrics[score.metric].higherIsBetter ? 1 : -1;
  const gains: SeedGain[] = [];
  const levels: number[] = [];
  const baselines: number[] = [];
  const right: [CorrectRows[], CorrectRows[]] = [[], []];
  for (const seed of seeds) {
    const [one, other] = [variant, over].map(({ id }) => results.get(placeKey(id, budget, seed)));
    const [mine, theirs] = [one?.test[score.name], other?.test[score.name]];
    if (mine === undefined || theirs === undefined) continue;
    gains.push({ seed, gain: sign * (mine - theirs) });
    levels.push(mine);
    baselines.push(theirs);
    if (score.task === undefined && one?.correct !== undefined && other?.correct !== undefined) {
      right[0].push(one.correct);
      right[1].push(other.correct);
    }
  }
  if (gains.length === 0) return [];
  const contestant = ({ id, title }: LabVariant, rows: readonly CorrectRows[]): Contestant =>
    rows.length === gains.length ? { id, title, rows: meanRows(rows) } : { id, title };
  const pair = measurePair({
    a: contestant(variant, right[0]),
    b: contestant(over, right[1]),
    differences: gains.map(({ gain }) => gain),
    where: `at ${countOf(budget, "row")}`,
  });
  return [{ variant, over, score, budget, gains, level: meanOf(levels), baseline: meanOf(baselines), pair }];
}

/** Gains are improvements already, whichever way the metric points. */
function yardstick(metric: MetricName, { margin }: GainQuestion, results: Results): Yardstick {
  const scores = [...results.values()].flatMap(({ test }) => test[metric] ?? []);
  return {
    metric,
    isShare: metrics[metric].isShare,
    higherIsBetter: true,
    margin: margin ?? defaultMargin(metric, scores),
  };
}

function judgeFamily(
  family: readonly MeasuredCell[],
  yardstickOf: (metric: MetricName) => Yardstick,
): readonly LabCell[] {
  const tested = family.filter(({ pair }) => pair.p !== undefined);
  const adjusted = new Map(holm(tested.map(({ pair }) => pair.p ?? 1)).map((p, k) => [tested[k], p]));
  const cells = family.map((cell) => judgeCell(cell, adjusted.get(cell), yardstickOf(cell.score.metric)));
  const ends = holmIntervals(cells);
  return cells.map((cell, k): LabCell => {
    const own = ends[k];
    return own === undefined ? cell : { ...cell, adjusted: own };
  });
}

const VERDICT = { a: "gain", b: "loss", equivalent: "equivalent", undecided: "undecided" } as const;

function judgeCell(cell: MeasuredCell, p: number | undefined, by: Yardstick): LabCell {
  const { variant, over, score, budget, gains, level, baseline, pair } = cell;
  const { verdict, a: _, b: __, words: ___, totalError: ____, ...judged } = judgePair(pair, p, by);
  const found = {
    ...judged,
    variant: variant.id,
    over: over.id,
    role: variant.role,
    at: {
      ...variant.at,
      budget: String(budget),
      ...(score.task === undefined ? {} : { task: score.task }),
    },
    budget,
    score: score.name,
    level,
    baseline,
    gains,
    verdict: VERDICT[verdict],
  };
  return { ...found, words: cellWords(found, cell, by) };
}

/** `From 1,000 rows of A, all frozen but the head, at 32 rows: a gain, +6.1 points over From scratch (…).` */
function cellWords(
  { mean, low, high, n, p, verdict, seedsNeeded, level, baseline }: Omit<LabCell, "words">,
  { variant, over, score, pair }: MeasuredCell,
  by: Yardstick,
): string {
  const task = score.task === undefined ? "" : `${score.task}, `;
  const ends =
    low === undefined || high === undefined ? "no interval" : `95 % interval ${writeEnds(low, high, by)}`;
  const numbers = [
    `${writeLevel(level, by)} against ${writeLevel(baseline, by)}`,
    ends,
    countOf(n, "seed"),
    ...(p === undefined ? [] : [`${writeP(p)} by Holm`]),
  ].join(", ");
  const said = {
    gain: "a gain",
    loss: "a loss",
    equivalent: `equivalent within ${writeDifference(by.margin, by).slice(1)}`,
    undecided: `undecided${seedsNeeded === undefined ? "" : `, about ${countOf(seedsNeeded, "seed")} would decide`}`,
  }[verdict];
  return `${task}${variant.title} ${pair.pair.where}: ${writeDifference(mean, by)} over “${over.title}” (${numbers}): ${said}.`;
}

import { countOf } from "../diagnostics/words";
import type { MetricName } from "../problem/document";
import type { Cell, Comparison, HeadlineDifference, Judgement, PairedDifference } from "./comparison";
import { holm } from "./holm";
import { differencesOf } from "./interval";
import { type Contestant, judgePair, type MeasuredPair, measurePair, type Yardstick } from "./pair";
import type { ScoredCell, ScoreTable } from "./score-table";
import { type CorrectRows, meanRows } from "./test-set";

/** What pairs are formed from. */
export interface PairingQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds"> {
  readonly metric: MetricName;
  readonly correctOf?: ((cell: Cell) => CorrectRows | undefined) | undefined;
}

/** Two pipelines, and their scores at every budget at which both have some, by rising budget. */
export interface PipelinePair {
  readonly a: Named;
  readonly b: Named;
  readonly budgets: readonly PairAtBudget[];
}

type Named = Pick<Contestant, "id" | "title">;

/** Scores of the seeds that both pipelines have at one budget, and which seeds these are (places in the list). */
export interface PairAtBudget {
  readonly budget: number;
  readonly seeds: readonly number[];
  readonly a: Pick<Contestant, "scores" | "rows">;
  readonly b: Pick<Contestant, "scores" | "rows">;
}

/** All pairs of pipelines, each before those listed after it. */
export function pairPipelines(question: PairingQuestion, table: ScoreTable): readonly PipelinePair[] {
  const { pipelines, budgets } = question;
  const order = budgets.map((_, index) => index).sort((x, y) => (budgets[x] ?? 0) - (budgets[y] ?? 0));
  const rowsOf = wholeColumns(question, table);
  return pipelines.flatMap((a, first) =>
    pipelines.slice(first + 1).map((b, after) => {
      const second = first + 1 + after;
      const pairs = order.flatMap((budget) => {
        const [ofA, ofB] = [table.at(first, budget), table.at(second, budget)];
        const seeds = ofA.flatMap((one, seed) =>
          one !== undefined && ofB[seed] !== undefined ? [seed] : [],
        );
        if (seeds.length === 0) return [];
        const column = (pipeline: number, found: readonly (ScoredCell | undefined)[]): PairAtBudget["a"] => {
          const rows = rowsOf(pipeline, budget, seeds);
          const scores = seeds.map((seed) => found[seed]?.score ?? Number.NaN);
          return rows === undefined ? { scores } : { scores, rows };
        };
        return [{ budget: budgets[budget] ?? 0, seeds, a: column(first, ofA), b: column(second, ofB) }];
      });
      return { a, b, budgets: pairs };
    }),
  );
}

type RowsOf = (pipeline: number, budget: number, seeds: readonly number[]) => Float64Array | undefined;

/** Mean rows of some seeds; those of all seeds are made once, since every pair asks for them. */
function wholeColumns({ budgets, correctOf }: PairingQuestion, table: ScoreTable): RowsOf {
  const made = new Map<number, Float64Array | undefined>();
  const make = (pipeline: number, budget: number, seeds: readonly number[]): Float64Array | undefined => {
    const found = table.at(pipeline, budget);
    const lists = seeds.flatMap((seed) => {
      const cell = found[seed]?.cell;
      const rows = cell === undefined ? undefined : correctOf?.(cell);
      return rows === undefined ? [] : [rows];
    });
    return lists.length === seeds.length ? meanRows(lists) : undefined;
  };
  return (pipeline, budget, seeds) => {
    if (correctOf === undefined) return undefined;
    if (seeds.length < table.at(pipeline, budget).length) return make(pipeline, budget, seeds);
    const key = pipeline * budgets.length + budget;
    if (!made.has(key)) made.set(key, make(pipeline, budget, seeds));
    return made.get(key);
  };
}

/** A verdict on every pair at every budget, with p adjusted over all of them; budgets in the order in which they are listed. */
export function judgePairs(
  pairs: readonly PipelinePair[],
  budgets: readonly number[],
  by: Yardstick,
): readonly PairedDifference[] {
  const place = new Map(budgets.map((budget, index) => [budget, index]));
  const all = pairs
    .flatMap(({ a, b, budgets: at }) => at.map((one) => ({ one, a, b })))
    .sort((x, y) => (place.get(x.one.budget) ?? 0) - (place.get(y.one.budget) ?? 0));
  const judged = judgeTogether(
    all.map(({ one, a, b }) =>
      measurePair({
        a: { ...a, ...one.a },
        b: { ...b, ...one.b },
        where: `at ${countOf(one.budget, "row")}`,
      }),
    ),
    by,
  );
  return judged.map(({ a, b, ...rest }, index) => ({ a, b, budget: all[index]?.one.budget ?? 0, ...rest }));
}

/** A verdict on every pair over all its budgets, with p adjusted over pairs. Pairs with fewer than two common budgets have none. */
export function judgeHeadlines(pairs: readonly PipelinePair[], by: Yardstick): readonly HeadlineDifference[] {
  const areas = pairs.flatMap((pair) => areaOf(pair) ?? []);
  const judged = judgeTogether(
    areas.map(({ pair, a, b, from, to }) =>
      measurePair({
        a: { ...pair.a, scores: a },
        b: { ...pair.b, scores: b },
        where: `over ${from.toLocaleString("en-US")} to ${countOf(to, "row")}, on average`,
      }),
    ),
    by,
  );
  return judged.map((one, index) => ({ ...one, from: areas[index]?.from ?? 0, to: areas[index]?.to ?? 0 }));
}

function judgeTogether(measured: readonly MeasuredPair[], by: Yardstick): readonly Judgement[] {
  const adjusted = holm(measured.flatMap(({ p }) => (p === undefined ? [] : [p])));
  let next = 0;
  return measured.map((one) => judgePair(one, one.p === undefined ? undefined : adjusted[next++], by));
}

interface Areas {
  readonly pair: PipelinePair;
  readonly from: number;
  readonly to: number;
  /** One mean score a seed that has a result at every common budget. */
  readonly a: readonly number[];
  readonly b: readonly number[];
}

function areaOf(pair: PipelinePair): Areas | undefined {
  const { budgets } = pair;
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (first === undefined || last === undefined || !(first.budget > 0) || first === last) return undefined;
  const complete = first.seeds.filter((seed) => budgets.every(({ seeds }) => seeds.includes(seed)));
  const rows = budgets.map(({ budget }) => budget);
  const area = (side: "a" | "b"): readonly number[] =>
    complete.map((seed) =>
      meanOverLogRows(
        rows,
        budgets.map((one) => one[side].scores[one.seeds.indexOf(seed)] ?? Number.NaN),
      ),
    );
  return complete.length === 0
    ? undefined
    : { pair, from: first.budget, to: last.budget, a: area("a"), b: area("b") };
}

/**
 * The area under scores against log₂ n by the trapezium rule, divided by its width: the mean score over log₂ n.
 * @param rows rising, at least two
 */
export function meanOverLogRows(rows: readonly number[], scores: readonly number[]): number {
  let area = 0;
  for (let k = 1; k < rows.length; k++) {
    const width = Math.log2((rows[k] ?? 1) / (rows[k - 1] ?? 1));
    area += (width * ((scores[k] ?? Number.NaN) + (scores[k - 1] ?? Number.NaN))) / 2;
  }
  return area / Math.log2((rows.at(-1) ?? 1) / (rows[0] ?? 1));
}

/** a − b at each budget, one a seed that both have. */
export const differencesByBudget = ({
  budgets,
}: PipelinePair): readonly { rows: number; differences: readonly number[] }[] =>
  budgets.map(({ budget, a, b }) => ({ rows: budget, differences: differencesOf(a.scores, b.scores) }));

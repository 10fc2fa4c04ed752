import { countOf } from "../diagnostics/words";
import type { Cell, Comparison, HeadlineDifference, Judgement, PairedDifference } from "./comparison";
import { holm } from "./holm";
import { type Contestant, judgePair, type MeasuredPair, measurePair, type Yardstick } from "./pair";
import type { ScoreTable } from "./score-table";
import { type CorrectRows, meanRows } from "./test-set";

/** What pairs are formed from. */
export interface PairingQuestion extends Pick<Comparison, "pipelines" | "budgets" | "seeds"> {
  readonly correctOf?: ((cell: Cell) => CorrectRows | undefined) | undefined;
}

/** Two pipelines, and their differences at every budget at which both have scores, by rising budget. */
export interface PipelinePair {
  readonly a: Contestant;
  readonly b: Contestant;
  readonly budgets: readonly PairAtBudget[];
}

/** What two pipelines differ by at one budget. */
export interface PairAtBudget {
  readonly rows: number;
  /** Places, in the list of seeds, of those that both have. */
  readonly seeds: readonly number[];
  /** a − b, one a seed that both have. */
  readonly differences: readonly number[];
  /** Mean right test rows of either, where rows are counted. */
  readonly rightA: Float64Array | undefined;
  readonly rightB: Float64Array | undefined;
}

/** All pairs of pipelines, each before those listed after it. */
export function pairPipelines(question: PairingQuestion, table: ScoreTable): readonly PipelinePair[] {
  const { pipelines, budgets } = question;
  const order = budgets.map((_, index) => index).sort((x, y) => (budgets[x] ?? 0) - (budgets[y] ?? 0));
  const rowsOf = wholeColumns(question, table);
  const pairAt = (first: number, second: number, budget: number): readonly PairAtBudget[] => {
    const [ofA, ofB] = [table.at(first, budget), table.at(second, budget)];
    const seeds: number[] = [];
    const differences: number[] = [];
    for (let seed = 0; seed < ofA.length; seed++) {
      const [one, other] = [ofA[seed], ofB[seed]];
      if (one === undefined || other === undefined) continue;
      seeds.push(seed);
      differences.push(one.score - other.score);
    }
    if (seeds.length === 0) return [];
    const [rightA, rightB] = [rowsOf(first, budget, seeds), rowsOf(second, budget, seeds)];
    return [{ rows: budgets[budget] ?? 0, seeds, differences, rightA, rightB }];
  };
  return pipelines.flatMap((a, first) =>
    pipelines.slice(first + 1).map((b, after) => ({
      a: { id: a.id, title: a.title },
      b: { id: b.id, title: b.title },
      budgets: order.flatMap((budget) => pairAt(first, first + 1 + after, budget)),
    })),
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

/**
 * A verdict on every pair at every budget, with p adjusted over all of them; budgets in the order in which they are listed.
 * @param under follows the budget in words, for example ` in new weather`
 */
export function judgePairs(
  pairs: readonly PipelinePair[],
  budgets: readonly number[],
  by: Yardstick,
  under = "",
): readonly PairedDifference[] {
  const place = new Map(
    budgets.map((rows, index) => [rows, { index, where: `at ${countOf(rows, "row")}${under}` }]),
  );
  const all = pairs
    .flatMap(({ a, b, budgets: at }) => at.map((one) => ({ one, a, b, ...place.get(one.rows) })))
    .sort((x, y) => (x.index ?? 0) - (y.index ?? 0));
  const judged = judgeTogether(
    all.map(({ one, a, b, where = "" }) =>
      measurePair({
        a: { ...a, rows: one.rightA },
        b: { ...b, rows: one.rightB },
        differences: one.differences,
        where,
      }),
    ),
    by,
  );
  return judged.map(({ a, b, ...rest }, index) => ({ a, b, budget: all[index]?.one.rows ?? 0, ...rest }));
}

/** A verdict on every pair over all its budgets, with p adjusted over pairs. Pairs with fewer than two common budgets have none. */
export function judgeHeadlines(pairs: readonly PipelinePair[], by: Yardstick): readonly HeadlineDifference[] {
  const areas = pairs.flatMap((pair) => areaBetween(pair) ?? []);
  const judged = judgeTogether(
    areas.map(({ pair: { a, b }, differences, from, to }) =>
      measurePair({
        a,
        b,
        differences,
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

interface AreaBetween {
  readonly pair: PipelinePair;
  readonly from: number;
  readonly to: number;
  /** Mean over log n of a − b, one a seed that has a result at every common budget. */
  readonly differences: readonly number[];
}

function areaBetween(pair: PipelinePair): AreaBetween | undefined {
  const { budgets } = pair;
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (first === undefined || last === undefined || !(first.rows > 0) || first === last) return undefined;
  const rows = budgets.map((one) => one.rows);
  const bySeed = budgets.map(
    ({ seeds, differences }) => new Map(seeds.map((seed, k) => [seed, differences[k]])),
  );
  const differences = first.seeds.flatMap((seed) => {
    const found = bySeed.flatMap((one) => one.get(seed) ?? []);
    return found.length < rows.length ? [] : [meanOverLogRows(rows, found)];
  });
  return differences.length === 0 ? undefined : { pair, from: first.rows, to: last.rows, differences };
}

/**
 * The area under values against log₂ n by the trapezium rule, divided by its width: the mean value over log₂ n.
 * @param rows rising, at least two
 */
export function meanOverLogRows(rows: readonly number[], values: readonly number[]): number {
  let area = 0;
  for (let k = 1; k < rows.length; k++) {
    const width = Math.log2((rows[k] ?? 1) / (rows[k - 1] ?? 1));
    area += (width * ((values[k] ?? Number.NaN) + (values[k - 1] ?? Number.NaN))) / 2;
  }
  return area / Math.log2((rows.at(-1) ?? 1) / (rows[0] ?? 1));
}

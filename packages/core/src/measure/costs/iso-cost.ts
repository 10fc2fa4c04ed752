import { crossover, type MeasuredCrossover } from "../crossover/crossover";
import { FEWEST_SEEDS, meanInterval, type MeanInterval, meanOf } from "../interval";
import { scoreAt, type Spent } from "./interpolate";

/** One trial's cost and score. */
export interface CostedScore {
  readonly budget: number;
  /** Place of the seed. */
  readonly seed: number;
  readonly cost: number;
  readonly score: number;
}

/** a − b at equal cost, and where they cross on the axis of cost. */
export interface IsoCost {
  readonly points: readonly (MeanInterval & { readonly cost: number })[];
  /** In units of cost. */
  readonly crossover: MeasuredCrossover;
}

/**
 * Compares two pipelines at equal label costs. Each seed's scores are joined by straight lines over log cost, and read at
 * every mean cost that was measured for either and lies within what was measured for both; differences are paired by
 * seed. A pipeline that needs more kinds of labels is further right at the same number of rows.
 *
 * @returns no points where the costs don't overlap, or are 0
 */
export function compareAtEqualCost(
  a: readonly CostedScore[],
  b: readonly CostedScore[],
  higherIsBetter: boolean,
): IsoCost {
  const [linesA, linesB] = [linesBySeed(a), linesBySeed(b)];
  const costs = [...new Set([...meanCosts(a), ...meanCosts(b)])].sort((x, y) => x - y);
  const differences = costs.flatMap((cost) => {
    const found = [...linesA].flatMap(([seed, places]) => {
      const others = linesB.get(seed);
      const [one, other] = [scoreAt(places, cost), others && scoreAt(others, cost)];
      return one === undefined || other === undefined ? [] : [one - other];
    });
    return found.length < FEWEST_SEEDS ? [] : [{ rows: cost, differences: found }];
  });
  const sign = higherIsBetter ? 1 : -1;
  return {
    points: differences.map(({ rows, differences: found }) => ({ cost: rows, ...meanInterval(found) })),
    crossover: crossover(
      differences.map(({ rows, differences: found }) => ({
        rows,
        differences: found.map((one) => sign * one),
      })),
    ),
  };
}

function linesBySeed(scores: readonly CostedScore[]): ReadonlyMap<number, readonly Spent[]> {
  const lines = new Map<number, Spent[]>();
  for (const { seed, cost, score } of scores.toSorted((x, y) => x.cost - y.cost)) {
    if (!(cost > 0)) continue;
    const line = lines.get(seed) ?? [];
    line.push({ spent: cost, score });
    lines.set(seed, line);
  }
  return lines;
}

/** Mean cost of each budget; a budget may cost a little more at one seed than at another, where labels are missing. */
function meanCosts(scores: readonly CostedScore[]): readonly number[] {
  const byBudget = new Map<number, number[]>();
  for (const { budget, cost } of scores) {
    if (cost > 0) byBudget.set(budget, [...(byBudget.get(budget) ?? []), cost]);
  }
  return [...byBudget.values()].map(meanOf);
}

import { countOf } from "../../diagnostics/words";
import type { Prices } from "../cell";
import { costAt } from "../cell";
import type { Comparison } from "../comparison";
import { errorOf } from "../curves";
import type { MeasuredCrossover } from "../crossover/crossover";
import { FEWEST_SEEDS } from "../interval";
import type { BudgetErrors } from "../learning-curve/samples";
import { scoreOf } from "../margin";
import { writeAmount } from "../numbers";
import { type CostedScore, compareAtEqualCost, type IsoCost } from "./iso-cost";
import { type IsoErrorRatio, isoErrorRatio } from "./iso-error";

/** Two pipelines at equal label costs, and how many times the rows b needs for a's error. */
export interface EqualCost extends IsoCost {
  readonly a: string;
  readonly b: string;
  /** n_b/n_a at the error that a has at its median budget. */
  readonly rows?: IsoErrorRatio;
  readonly words: string;
}

type Measured = Pick<Comparison, "pipelines" | "budgets" | "seeds" | "cells" | "metric" | "higherIsBetter">;

/** Every pair of pipelines at equal label costs, by any prices: scores never depend on them. */
export function equalCosts(comparison: Measured, prices: Prices): readonly EqualCost[] {
  const { pipelines, higherIsBetter } = comparison;
  const costed = pipelines.map(({ id }) => costedScores(id, comparison, prices));
  const errors = pipelines.map(({ id }) => errorsOf(id, comparison));
  return pipelines.flatMap((a, first) =>
    pipelines.slice(first + 1).map((b, after): EqualCost => {
      const second = first + 1 + after;
      const found = compareAtEqualCost(costed[first] ?? [], costed[second] ?? [], higherIsBetter);
      const budgets = errors[first] ?? [];
      const middle = budgets[Math.floor((budgets.length - 1) / 2)]?.rows ?? 0;
      const rows = isoErrorRatio(budgets, errors[second] ?? [], middle);
      return {
        a: a.id,
        b: b.id,
        ...found,
        ...(rows === undefined ? {} : { rows }),
        words: inWords(found, a.title, b.title),
      };
    }),
  );
}

function costedScores(
  id: string,
  { cells, metric, seeds }: Measured,
  prices: Prices,
): readonly CostedScore[] {
  const place = new Map(seeds.map((seed, index) => [seed, index]));
  return cells.flatMap((cell): CostedScore[] => {
    const score = cell.pipeline === id ? scoreOf(cell, metric) : undefined;
    const seed = place.get(cell.seed);
    if (score === undefined || seed === undefined) return [];
    return [{ budget: cell.budget, seed, cost: costAt(prices, cell.labels), score }];
  });
}

function errorsOf(
  id: string,
  { cells, metric, seeds, budgets, higherIsBetter }: Measured,
): readonly BudgetErrors[] {
  const own = cells.filter(({ pipeline }) => pipeline === id);
  return [...budgets]
    .sort((x, y) => x - y)
    .map((rows) => ({
      rows,
      errors: seeds.map((seed) => {
        const cell = own.find((one) => one.budget === rows && one.seed === seed);
        const score = cell === undefined ? undefined : scoreOf(cell, metric);
        return score === undefined ? undefined : errorOf(score, higherIsBetter);
      }),
    }))
    .filter(({ errors }) => errors.some((error) => error !== undefined));
}

function inWords({ points, crossover }: IsoCost, a: string, b: string): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined)
    return `${a} and ${b} were measured at no equal label cost: nothing can be said.`;
  const range = `${writeAmount(first.cost)} to ${writeAmount(last.cost)}`;
  return `At equal label cost, from ${range}: ${crossingWords(crossover, a, b)}`;
}

function crossingWords(crossover: MeasuredCrossover, a: string, b: string): string {
  const title = (side: "a" | "b"): string => (side === "a" ? a : b);
  const seeds = countOf(crossover.seeds, "seed");
  switch (crossover.shows) {
    case "interval": {
      const { before, estimate, low, high } = crossover;
      const after = before === "a" ? "b" : "a";
      return `${title(before)} is better for less than about ${writeAmount(estimate)}, ${title(after)} for more (between ${writeAmount(low)} and ${writeAmount(high)}: 95 % interval, ${seeds}).`;
    }
    case "one-sided":
      return `${title(crossover.decided)} is better wherever it is decided (${seeds}).`;
    case "never":
      return `${title(crossover.decided)} is better everywhere (${seeds}).`;
    case "several":
      return `they may change places more than once (${seeds}).`;
    case "not-estimable":
      return crossover.seeds < FEWEST_SEEDS ? `nothing can be said from ${seeds}.` : `undecided (${seeds}).`;
  }
}

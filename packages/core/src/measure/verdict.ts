import { countOf } from "../diagnostics/words";
import type { Comparison, PairedDifference } from "./comparison";
import { FEWEST_SEEDS } from "./interval";
import { writeBudgets } from "./numbers";

/**
 * The comparison in a few sentences: who is better at which budgets. Where the answer changes with the budget, no
 * pipeline is called the winner.
 */
export function verdictInWords(comparison: Comparison): string {
  const { paired, pipelines, cells } = comparison;
  const failed = cells.filter((cell) => cell.failed !== undefined).length;
  const notes = [
    ...(failed === 0
      ? []
      : [`${countOf(failed, "trial")} failed and ${failed === 1 ? "enters" : "enter"} no mean.`]),
    ...extraLabels(comparison),
  ];
  if (pipelines.length < 2) return ["There is one pipeline: nothing to compare.", ...notes].join(" ");
  const judged = paired.filter(({ n }) => n >= FEWEST_SEEDS);
  if (judged.length === 0) {
    return [`No verdict yet: every pair needs results of at least ${FEWEST_SEEDS} seeds.`, ...notes].join(
      " ",
    );
  }
  const [a, b] = pipelines;
  const sentences =
    pipelines.length === 2 && a !== undefined && b !== undefined
      ? twoPipelines(judged, { a: titleOf(a.id, comparison), b: titleOf(b.id, comparison) })
      : manyPipelines(judged, comparison);
  return [...sentences, ...notes].join(" ");
}

/** Says of each pipeline that asked an expert that its rows are not all that it learned from. */
function extraLabels(comparison: Comparison): readonly string[] {
  return comparison.pipelines.flatMap(({ id }) => {
    const most = comparison.cells.reduce(
      (before, { pipeline, asked = 0 }) => (pipeline === id ? Math.max(before, asked) : before),
      0,
    );
    if (most === 0) return [];
    return [
      `${titleOf(id, comparison)} has asked an expert about up to ${countOf(most, "moment")} on top of its rows: labels and cost count them, the axis of rows doesn't.`,
    ];
  });
}

/** A pipeline's title; with its id where another has the same title. */
function titleOf(id: string, { pipelines }: Comparison): string {
  const title = pipelines.find((pipeline) => pipeline.id === id)?.title ?? id;
  return pipelines.filter((pipeline) => pipeline.title === title).length > 1 ? `${title} (${id})` : title;
}

function twoPipelines(
  judged: readonly PairedDifference[],
  { a, b }: { readonly a: string; readonly b: string },
): readonly string[] {
  const at = (verdict: PairedDifference["verdict"]): readonly number[] =>
    judged.filter((pair) => pair.verdict === verdict).map(({ budget }) => budget);
  const [winsA, winsB, ties, open] = [at("a"), at("b"), at("equivalent"), at("undecided")];
  const sentences: string[] = [];
  const everywhere = judged.length === 1 ? rows(judged.map(({ budget }) => budget)) : "every budget";
  if (winsA.length === judged.length) sentences.push(`${a} is better than ${b} at ${everywhere}.`);
  else if (winsB.length === judged.length) sentences.push(`${b} is better than ${a} at ${everywhere}.`);
  else {
    if (winsA.length > 0) sentences.push(`${a} is better at ${rows(winsA)}.`);
    if (winsB.length > 0) sentences.push(`${b} is better at ${rows(winsB)}.`);
    if (ties.length > 0) sentences.push(`They are equivalent at ${rows(ties)}.`);
    if (open.length > 0) sentences.push(`Undecided at ${rows(open)}${seedsWords(judged)}.`);
  }
  if (winsA.length > 0 && winsB.length > 0) sentences.push(NO_WINNER);
  return sentences;
}

const NO_WINNER = "There is no single winner: it depends on the number of rows.";

const rows = (budgets: readonly number[]): string =>
  `${writeBudgets(budgets)} ${budgets.length === 1 && budgets[0] === 1 ? "row" : "rows"}`;

/** How many seeds would decide what is open: the most that any pair needs. */
function seedsWords(judged: readonly PairedDifference[]): string {
  const needed = Math.max(0, ...judged.map(({ seedsNeeded }) => seedsNeeded ?? 0));
  return needed === 0 ? "" : `; about ${countOf(needed, "seed")} would decide`;
}

/** With three or more: at each budget the one that beats all others, or those that none beats. */
function manyPipelines(judged: readonly PairedDifference[], comparison: Comparison): readonly string[] {
  const outcomes = comparison.budgets.flatMap((budget) => {
    const pairs = judged.filter((pair) => pair.budget === budget);
    return pairs.length === 0 ? [] : [{ budget, ...leaders(pairs) }];
  });
  const groups = new Map<
    string,
    { readonly outcome: (typeof outcomes)[number]; readonly budgets: number[] }
  >();
  for (const outcome of outcomes) {
    const key = JSON.stringify([outcome.unbeaten, outcome.beatsAll]);
    const group = groups.get(key) ?? { outcome, budgets: [] };
    group.budgets.push(outcome.budget);
    groups.set(key, group);
  }
  const sentences = [...groups.values()].map(({ outcome, budgets }) => {
    const names = outcome.unbeaten.map((id) => titleOf(id, comparison));
    const where = budgets.length === outcomes.length ? "every budget" : rows(budgets);
    if (outcome.beatsAll) return `${names[0] ?? ""} is better than all others at ${where}.`;
    if (names.length === comparison.pipelines.length) return `None is beaten at ${where}.`;
    return names.length === 1
      ? `${names[0] ?? ""} is beaten by none at ${where}, but doesn't beat all others.`
      : `Undecided among ${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""} at ${where}.`;
  });
  const hasOneWinner = groups.size === 1 && outcomes[0]?.beatsAll === true;
  return reverses(judged) && !hasOneWinner ? [...sentences, NO_WINNER] : sentences;
}

interface Leaders {
  readonly unbeaten: readonly string[];
  /** Whether there is one unbeaten pipeline, and it beats every other. */
  readonly beatsAll: boolean;
}

function leaders(pairs: readonly PairedDifference[]): Leaders {
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const beaten = new Set(
    pairs.flatMap(({ a, b, verdict }) => (verdict === "a" ? [b] : verdict === "b" ? [a] : [])),
  );
  const unbeaten = ids.filter((id) => !beaten.has(id));
  const [first] = unbeaten;
  const wins = pairs.filter(
    ({ a, b, verdict }) => (verdict === "a" ? a : verdict === "b" ? b : undefined) === first,
  );
  return { unbeaten, beatsAll: unbeaten.length === 1 && wins.length === ids.length - 1 };
}

/** Whether any pair is decided one way at one budget and the other way at another. */
function reverses(judged: readonly PairedDifference[]): boolean {
  const winners = new Map<string, Set<string>>();
  for (const { a, b, verdict } of judged) {
    if (verdict !== "a" && verdict !== "b") continue;
    const key = JSON.stringify([a, b]);
    winners.set(key, (winners.get(key) ?? new Set()).add(verdict));
  }
  return [...winners.values()].some((verdicts) => verdicts.size > 1);
}

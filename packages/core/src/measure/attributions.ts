import { countOf } from "../diagnostics/words";
import type { OracleResult } from "../train/events";
import { type Attribution, attribute } from "./attribution/attribute";
import type { Blame } from "./attribution/blame";
import { stageCeilings } from "./attribution/ceilings";
import type { Cell, Comparison, PipelineAttribution, StageCeiling } from "./comparison";
import { FEWEST_SEEDS, meanInterval } from "./interval";
import { type NumberStyle, writeDifference, writeEnds } from "./numbers";

/** What attributions are made from. */
export interface AttributionsQuestion
  extends Pick<Comparison, "pipelines" | "budgets" | "cells" | "higherIsBetter"> {
  readonly oraclesOf: (cell: Cell) => OracleResult | undefined;
  /** Scores of the same pipeline with one stage true, and what follows trained again on its truth. */
  readonly retrainedOf?: ((cell: Cell, stage: string) => number | undefined) | undefined;
  readonly margin: number;
  readonly style: NumberStyle;
}

/** An attribution with each seed's own gains, from which stages' label needs are told. */
export interface SeededAttribution {
  readonly shown: PipelineAttribution;
  readonly bySeed: Attribution["bySeed"];
}

/** Attributes errors to stages: each pipeline that has labelled stages on the way, at each budget with a whole seed. */
export function attributeCells(question: AttributionsQuestion): readonly SeededAttribution[] {
  const { pipelines, budgets, cells, oraclesOf } = question;
  const places = new Map<string, OracleCell[]>();
  for (const cell of cells) {
    const oracles = cell.failed === undefined ? oraclesOf(cell) : undefined;
    if (oracles === undefined) continue;
    const key = JSON.stringify([cell.pipeline, cell.budget]);
    const list = places.get(key) ?? [];
    if (list.length === 0) places.set(key, list);
    list.push({ cell, oracles });
  }
  return pipelines.flatMap(({ id, title }) =>
    [...budgets]
      .sort((a, b) => a - b)
      .flatMap((budget) => {
        const own = places.get(JSON.stringify([id, budget])) ?? [];
        return attributeOne({ id, title, budget, own }, question);
      }),
  );
}

interface OracleCell {
  readonly cell: Cell;
  readonly oracles: OracleResult;
}

interface Place {
  readonly id: string;
  readonly title: string;
  readonly budget: number;
  readonly own: readonly OracleCell[];
}

function attributeOne(
  { id, title, budget, own }: Place,
  question: AttributionsQuestion,
): SeededAttribution[] {
  const [first] = own;
  if (first === undefined) return [];
  const { stages, upstream } = first.oracles;
  const { higherIsBetter, style } = question;
  const scores = own.flatMap(({ cell, oracles }) =>
    oracles.scores.map((one) => ({ seed: cell.seed, ...one })),
  );
  const outcome = attribute({ stages, upstream, scores, higherIsBetter });
  if (!outcome.done) return [];
  const { steps, base, ceiling, n, undone, bySeed } = outcome.attribution;
  const blame = addBlame(own.flatMap(({ oracles }) => oracles.blame ?? []));
  const shown: Omit<PipelineAttribution, "words"> = {
    pipeline: id,
    budget,
    steps,
    base,
    ceiling,
    n,
    undone,
    ceilings: stages.flatMap((stage) => ceilingOf(stage, own, question)),
    between: first.oracles.between ?? [],
    ...(blame === undefined ? {} : { blame }),
  };
  return [{ shown: { ...shown, words: inWords(shown, { title, style }) }, bySeed }];
}

function ceilingOf(
  stage: string,
  own: readonly OracleCell[],
  question: AttributionsQuestion,
): StageCeiling[] {
  const { higherIsBetter, margin, retrainedOf } = question;
  const pairs = own.flatMap(({ cell, oracles }) => {
    const frozen = oracles.scores.find(
      ({ replaced }) => replaced.length === 1 && replaced[0] === stage,
    )?.score;
    if (frozen === undefined) return [];
    const retrained = oracles.onTruth.includes(stage) ? frozen : retrainedOf?.(cell, stage);
    return [{ frozen, retrained }];
  });
  if (pairs.length === 0) return [];
  const { mean, low, high, n } = meanInterval(pairs.map(({ frozen }) => frozen));
  const frozen = {
    stage,
    frozen: mean,
    ...(low === undefined || high === undefined ? {} : { low, high }),
    n,
  };
  const both = pairs.flatMap(({ frozen: one, retrained }) =>
    retrained === undefined ? [] : [{ one, retrained }],
  );
  if (both.length < pairs.length || both.length === 0) return [frozen];
  const { retrained, gap, mismatch } = stageCeilings(
    { frozen: both.map(({ one }) => one), retrained: both.map((one) => one.retrained) },
    { margin, higherIsBetter },
  );
  return [{ ...frozen, retrained: retrained.mean, gap: gap.mean, mismatch }];
}

/** Counts over all seeds. */
function addBlame(all: readonly Blame[]): Blame | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const sum = (of: (blame: Blame) => number): number => all.reduce((total, blame) => total + of(blame), 0);
  return {
    rows: sum(({ rows }) => rows),
    right: sum(({ right }) => right),
    lucky: sum(({ lucky }) => lucky),
    blamed: first.blamed.map(({ stage }, k) => ({
      stage,
      rows: sum(({ blamed }) => blamed[k]?.rows ?? 0),
      amplified: sum(({ blamed }) => blamed[k]?.amplified ?? 0),
    })),
    unexplained: sum(({ unexplained }) => unexplained),
    unlabelled: sum(({ unlabelled }) => unlabelled),
  };
}

function inWords(
  { steps, budget, n, undone, ceilings }: Omit<PipelineAttribution, "words">,
  { title, style }: { readonly title: string; readonly style: NumberStyle },
): string {
  const at = `at ${countOf(budget, "row")}`;
  const [costliest] = steps.toSorted((a, b) => b.gain - a.gain);
  if (costliest === undefined) return `${title} has no labelled stages.`;
  const { stage, gain, low, high } = costliest;
  const ends =
    low === undefined || high === undefined
      ? `${countOf(n, "seed")}, no interval`
      : `95 % interval ${writeEnds(low, high, style)}, ${countOf(n, "seed")}`;
  const sentences = [
    gain > 0
      ? `In ${title} ${at}, errors of ${stage} cost most: made perfect, it gives ${writeDifference(gain, style)} (${ends}).`
      : `In ${title} ${at}, no stage's errors cost anything (${ends}).`,
  ];
  for (const name of undone)
    sentences.push(
      `A perfect ${name} would make the answer worse: what follows has learned to undo its errors.`,
    );
  for (const { stage: name, gap, mismatch } of ceilings) {
    if (mismatch === true && gap !== undefined)
      sentences.push(
        `What follows ${name} gains ${writeDifference(gap, style).slice(1)} when it is trained on the truth: it was trained on inputs unlike it.`,
      );
  }
  if (n < FEWEST_SEEDS) sentences.push(`At least ${FEWEST_SEEDS} seeds are needed for intervals.`);
  return sentences.join(" ");
}

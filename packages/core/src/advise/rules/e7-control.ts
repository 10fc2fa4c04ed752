import { countOf } from "../../diagnostics/words";
import { meanOf } from "../../measure/interval";
import type { ClosedLoopSummary } from "../../measure/comparison";
import { scoreLook } from "../../measure/score-look";
import type { Advice } from "../advice";
import type { PipelineFacts } from "../facts";
import { type AdviceQuestion, budgetsOf, cellId, cellsAt, freshSeeds, type Rule } from "../question";

/** Scores of driving, playing or acting, as against single answers, have names that begin so. */
const CLOSED_LOOP = "closed-loop";

/**
 * E7, control: the pipelines' order by single answers against their order in the closed loop, where an answer changes
 * what is seen next. Where they differ, the closed loop decides. And each pipeline's mistakes against the horizon: where
 * they grow much faster than time, it wanders to where it has learned nothing, and should practise.
 */
export const control: Rule = (question) => [...orderAdvice(question), ...compoundingAdvice(question)];

function orderAdvice(question: AdviceQuestion): Advice[] {
  const { comparison } = question;
  const names = comparison.cells.flatMap(({ test }) => Object.keys(test));
  const score = names.find((name) => name.startsWith(CLOSED_LOOP));
  const single = comparison.closedLoop?.openLoop ?? comparison.metric;
  if (score === undefined || comparison.pipelines.length < 2) return [];
  const budget = Math.max(...comparison.pipelines.map(({ id }) => budgetsOf(question, id).at(-1) ?? 0));
  const open = rankedBy(question, { score: single, budget });
  const closed = rankedBy(question, { score, budget });
  const isSame = open.map(({ id }) => id).join() === closed.map(({ id }) => id).join();
  const list = (ranked: readonly Ranked[]): string => ranked.map(({ title }) => title).join(", then ");
  const advice: Advice = {
    rule: "E7",
    title: "Single answers against the closed loop",
    outcome: isSame ? "fails" : "holds",
    about: comparison.pipelines.map(({ id }) => id),
    evidence: comparison.cells.filter((cell) => cell.budget === budget).map(cellId),
    says: isSame
      ? `At ${countOf(budget, "row")} both orders agree: ${list(open)}.`
      : `At ${countOf(budget, "row")} single answers say ${list(open)}; the closed loop says ${list(closed)}, and it decides.`,
    measurements: [...open, ...closed].map(({ title, mean, n, score: what }) => ({
      what: `${title}, ${what}`,
      value: mean,
      n,
    })),
  };
  return [advice];
}

/** A steeper slope of log(mistakes) against log(horizon) asks for dataset aggregation (science.md §5). */
const COMPOUNDS = 1.4;

function compoundingAdvice(question: AdviceQuestion): Advice[] {
  const { comparison, facts } = question;
  const { closedLoop } = comparison;
  const condition = closedLoop?.conditions[0]?.id;
  return facts.flatMap((pipeline) => {
    const budget = budgetsOf(question, pipeline.id).at(-1);
    const summary = closedLoop?.summary.find(
      (one) => one.pipeline === pipeline.id && one.budget === budget && one.condition === condition,
    );
    return summary?.compounding === undefined
      ? []
      : [adviseOnSlope(pipeline, { ...summary, slope: summary.compounding }, question)];
  });
}

type Slope = NonNullable<ClosedLoopSummary["compounding"]>;

function adviseOnSlope(
  { id, title, aggregates }: PipelineFacts,
  { budget, slope }: Pick<ClosedLoopSummary, "budget"> & { readonly slope: Slope },
  question: AdviceQuestion,
): Advice {
  const { mean, low, high, n } = slope;
  const write = (value: number): string => value.toFixed(2);
  const ends =
    low === undefined || high === undefined ? "no interval" : `95 % interval ${write(low)} to ${write(high)}`;
  const measured = `At ${countOf(budget, "row")} the mistakes of ${title} grow as the horizon to the power ${write(mean)} (${ends}, ${countOf(n, "seed")})`;
  const outcome =
    low !== undefined && low > COMPOUNDS
      ? "holds"
      : high !== undefined && high < COMPOUNDS
        ? "fails"
        : "unknown";
  const remedy = aggregates
    ? "it already asks an expert about moments that it leads to: more rounds, or more rows."
    : "one mistake leads to where more are made. Let it practise: dataset aggregation (DAgger) asks an expert about the moments that it leads to.";
  const says = {
    holds: `${measured}, above ${COMPOUNDS}: ${remedy}`,
    fails: `${measured}, below ${COMPOUNDS}: mistakes hardly lead to more of them.`,
    unknown: `${measured}: undecided, ${COMPOUNDS} or more would ask for practice.`,
  }[outcome];
  return {
    rule: "E7",
    title: "Do mistakes compound?",
    outcome,
    about: [id],
    evidence: [...cellsAt(question, id, budget).values()].map(cellId),
    says,
    measurements: [
      {
        what: `${title}, slope of log mistakes against log horizon`,
        value: mean,
        ...(low === undefined || high === undefined ? {} : { low, high }),
        n,
      },
    ],
    ...(outcome === "unknown"
      ? {
          test: {
            says: `Train ${title} at ${countOf(budget, "row")} with new seeds.`,
            pipelines: [id],
            budgets: [budget],
            seeds: freshSeeds(question),
          },
        }
      : {}),
  };
}

interface Ranked {
  readonly id: string;
  readonly title: string;
  readonly score: string;
  readonly mean: number;
  readonly n: number;
}

/** Best first. */
function rankedBy(
  question: AdviceQuestion,
  { score, budget }: { readonly score: string; readonly budget: number },
): readonly Ranked[] {
  const sign = scoreLook(score)?.higherIsBetter === false ? -1 : 1;
  return question.comparison.pipelines
    .flatMap(({ id, title }): Ranked[] => {
      const values = [...cellsAt(question, id, budget).values()].flatMap(({ test }) => test[score] ?? []);
      return values.length === 0 ? [] : [{ id, title, score, mean: meanOf(values), n: values.length }];
    })
    .sort((a, b) => sign * (b.mean - a.mean));
}

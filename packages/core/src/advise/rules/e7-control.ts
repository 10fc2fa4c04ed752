import { countOf } from "../../diagnostics/words";
import { meanOf } from "../../measure/interval";
import { scoreLook } from "../../measure/score-look";
import type { Advice } from "../advice";
import { type AdviceQuestion, budgetsOf, cellId, cellsAt, type Rule } from "../question";

/** Scores of driving, playing or acting, as against single answers, have names that begin so. */
const CLOSED_LOOP = "closed-loop";

/**
 * E7, control: the pipelines' order by single answers against their order in the closed loop, where an answer changes
 * what is seen next. Where they differ, the closed loop decides.
 */
export const control: Rule = (question) => {
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
};

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

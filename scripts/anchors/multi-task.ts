import type { Comparison } from "../../packages/core/src/measure/index";
import type { Anchor, Check, Figure, Outcome } from "./anchor";
import { contender, differenceAt, type Lab, measure } from "./lab";

const ROWS = 1000;
/** So many that single networks bend too: with fewer, straight answers are all that either learns, and it is a tie. */
const MANY_ROWS = 3162;
const COMPLETE = "complete-rows";
/** A constant answer to six balanced yes-or-no questions. */
const NEAR_CHANCE = 0.6;

/** Networks that share against single ones, at one number of rows. */
async function against(lab: Lab, problem: string, names: readonly string[], rows = ROWS) {
  const contenders = await Promise.all(names.map((name) => contender(problem, name)));
  const { comparison } = await measure(lab, problem, { contenders, budgets: [rows], mayFail: [COMPLETE] });
  const of = (name: string) => differenceAt(comparison, [name, "single"], rows);
  const figureOf = (name: string): Figure => {
    const { mean, low, high, n } = of(name);
    return {
      what: `${problem}: ${name} − single, ${rows.toLocaleString("en-US")} rows`,
      value: mean,
      low,
      high,
      n,
    };
  };
  return { comparison, of, figureOf };
}

/** Whether nothing can be learned from complete rows alone: there are none, or what is learned is next to chance. */
function learnsNothing({ cells, metric }: Comparison): boolean {
  const own = cells.filter(({ pipeline }) => pipeline === COMPLETE);
  return (
    own.length > 0 &&
    own.every(({ failed, test }) => failed?.code === "no-labels" || (test[metric] ?? 1) < NEAR_CHANCE)
  );
}

/** D: one trunk for six tasks. */
export const multiTask: Anchor = {
  id: "D",
  title: "Multi-task: related tasks gain from a wide trunk, lose in a narrow one; unrelated ones don't gain",
  run: async (lab, size): Promise<Outcome> => {
    const half = await against(lab, "anchor-d-related-50", ["shared", "single"], MANY_ROWS);
    const most = await against(lab, "anchor-d-related-80", ["shared", COMPLETE, "narrow", "single"]);
    const checks: Check[] = [
      {
        says: "related tasks gain from the shared trunk with half of the answers missing",
        holds: (half.of("shared").low ?? -1) > 0,
      },
      {
        says: "with 80 % missing they lose nothing that matters by it",
        holds: most.of("shared").mean > -0.01,
      },
      { says: "a trunk of 2 units loses", holds: (most.of("narrow").high ?? 1) < 0 },
      {
        says: "dropping incomplete rows leaves nothing to learn from",
        holds: learnsNothing(most.comparison),
      },
    ];
    const figures = [half.figureOf("shared"), most.figureOf("shared"), most.figureOf("narrow")];
    if (size === "reduced") return { figures, checks };
    const unrelated = await against(lab, "anchor-d-unrelated-80", ["shared", "single"]);
    return {
      figures: [...figures, unrelated.figureOf("shared")],
      checks: [
        ...checks,
        { says: "unrelated tasks don't gain from it", holds: (unrelated.of("shared").low ?? 1) <= 0 },
      ],
    };
  },
};

import type { Anchor, Check, Figure, Outcome } from "./anchor";
import { contender, measure } from "./lab";

/** Error rates of packages/problems/src/anchor-f-attribution. */
const RATES = [0.1, 0.2, 0.15] as const;
/** The answer is right iff all bits are: making stage k perfect after those before it leaves Π over j > k of 1 − pⱼ. */
const EXPECTED = {
  first: RATES[0] * (1 - RATES[1]) * (1 - RATES[2]),
  second: RATES[1] * (1 - RATES[2]),
  third: RATES[2],
};
const TOLERANCE = 0.02;

/** F: attribution against its closed form, and a bias that a later stage undoes. */
export const attribution: Anchor = {
  id: "F",
  title: "Attribution: what stages cost, against the closed form; a stage that undoes another's bias",
  run: async (lab, size): Promise<Outcome> => {
    const budget = size === "full" ? 3162 : 1000;
    const problem = "anchor-f-attribution";
    const { comparison } = await measure(lab, problem, {
      contenders: [await contender(problem, "three-stages"), await contender(problem, "undoing")],
      budgets: [budget],
    });
    const of = (name: string) => comparison.attribution.find(({ pipeline }) => pipeline === name);
    const [known, undoing] = [of("three-stages"), of("undoing")];
    const figures = [known, undoing].flatMap((found) =>
      (found?.steps ?? []).map(
        ({ stage, gain, low, high }): Figure => ({
          what: `${found?.pipeline}: gain when ${stage} is perfect`,
          value: gain,
          low,
          high,
          n: found?.n ?? 0,
        }),
      ),
    );
    const checks = Object.entries(EXPECTED).map(([stage, expected]): Check => {
      const gain = known?.steps.find((step) => step.stage === stage)?.gain ?? Number.NaN;
      return {
        says: `${stage} costs ${(100 * expected).toFixed(1)} points, within 2`,
        holds: Math.abs(gain - expected) < TOLERANCE,
      };
    });
    return {
      figures,
      checks: [
        ...checks,
        {
          says: "the stage whose bias is undone is flagged, and no other",
          holds: undoing?.undone.join() === "first" && known?.undone.length === 0,
        },
      ],
    };
  },
};

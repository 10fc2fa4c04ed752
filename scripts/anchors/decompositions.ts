import type { Anchor, Check, Figure, Outcome } from "./anchor";
import { contender, differenceAt, type Lab, measure } from "./lab";

interface Duel {
  readonly problem: string;
  readonly cut: string;
  readonly whole: string;
  readonly budgets: readonly number[];
}

/** Cut against whole: the paired differences, and where they cross. */
async function duel(lab: Lab, { problem, cut, whole, budgets }: Duel) {
  const contenders = [await contender(problem, cut), await contender(problem, whole)];
  const { comparison } = await measure(lab, problem, { contenders, budgets });
  const at = (budget: number) => differenceAt(comparison, [cut, whole], budget);
  const figures = budgets.map((budget): Figure => {
    const { mean, low, high, n } = at(budget);
    return { what: `${cut} − ${whole}, ${budget.toLocaleString("en-US")} rows`, value: mean, low, high, n };
  });
  const crossing = comparison.crossover[0];
  const found: Figure[] =
    crossing?.estimate === undefined
      ? []
      : [
          {
            what: "n*, rows",
            value: crossing.estimate,
            low: crossing.low,
            high: crossing.high,
            n: crossing.n,
          },
        ];
  return { at, crossing, figures: [...figures, ...found] };
}

const better = (says: string, difference: { readonly low?: number; readonly mean: number }): Check => ({
  says,
  holds: (difference.low ?? -1) > 0,
});
const worse = (says: string, difference: { readonly high?: number; readonly mean: number }): Check => ({
  says,
  holds: (difference.high ?? 1) < 0,
});

/** A: a pipeline whose rule is right wins at every number of rows. */
const composition: Anchor = {
  id: "A",
  title: "Composition: reading each glyph, then adding, beats end to end everywhere",
  run: async (lab, size): Promise<Outcome> => {
    const budgets = size === "full" ? [32, 100, 316, 1000, 3162, 10_000] : [32, 316];
    const { at, figures } = await duel(lab, {
      problem: "anchor-a-composition",
      cut: "each-glyph",
      whole: "end-to-end",
      budgets,
    });
    const checks = budgets.map((budget) => better(`the pipeline is better at ${budget} rows`, at(budget)));
    return { figures, checks };
  },
};

/** B: a seam that throws information away costs nothing while rows are few, and everything once they aren't. */
const lossySeam: Anchor = {
  id: "B",
  title: "Lossy seam: a tie with few rows, end to end with many",
  run: async (lab, size): Promise<Outcome> => {
    const budgets = size === "full" ? [32, 100, 316, 1000, 3162, 10_000] : [100, 1000];
    const { at, figures } = await duel(lab, {
      problem: "anchor-b-lossy-seam",
      cut: "through-levels",
      whole: "end-to-end",
      budgets,
    });
    const checks = budgets.map((budget): Check => {
      const { low = -1, high = 1 } = at(budget);
      return budget <= 100
        ? { says: `undecided at ${budget} rows`, holds: low <= 0.01 && high >= -0.01 }
        : worse(`end to end is better at ${budget} rows`, at(budget));
    });
    return { figures, checks };
  },
};

/** C: an incomplete rule wins with few rows and loses with many. */
const crossoverAnchor: Anchor = {
  id: "C",
  title: "Crossover: the pipeline up to 316 rows, end to end from 1,000 on",
  run: async (lab, size): Promise<Outcome> => {
    const budgets = size === "full" ? [32, 100, 316, 1000, 3162, 10_000] : [100, 316, 1000];
    const { at, figures, crossing } = await duel(lab, {
      problem: "anchor-c-crossover",
      cut: "each-glyph",
      whole: "end-to-end",
      budgets,
    });
    const checks = budgets.map((budget) =>
      budget <= 316
        ? better(`the pipeline is better at ${budget} rows`, at(budget))
        : worse(`end to end is better at ${budget} rows`, at(budget)),
    );
    const inside =
      crossing?.kind === "interval" && (crossing.low ?? 0) >= 316 && (crossing.high ?? 1e9) <= 1000;
    return {
      figures,
      checks: [...checks, { says: "the interval of n* lies inside 316 to 1,000 rows", holds: inside }],
    };
  },
};

/** Real digits: reading each digit, then adding. */
const digitSums: Anchor = {
  id: "digit sums",
  title: "Digit sums, on handwritten digits: reading each digit, then adding",
  run: async (lab, size): Promise<Outcome> => {
    const budgets = size === "full" ? [32, 64, 128, 256, 512, 1024, 2048] : [64];
    const { at, figures } = await duel(lab, {
      problem: "digit-sums",
      cut: "each-digit",
      whole: "end-to-end",
      budgets,
    });
    const checks = budgets.map((budget) =>
      better(`reading each digit is better at ${budget} rows`, at(budget)),
    );
    return { figures, checks };
  },
};

/** Anchors about seams. */
export const decompositions: readonly Anchor[] = [composition, lossySeam, crossoverAnchor, digitSums];

import type { Anchor, Check, Figure, Outcome } from "./anchor";
import { type Contender, contender, differenceAt, type Lab, measure } from "./lab";

const SCRATCH = "from-scratch";
const DONOR_ROWS = 10_000;

/** The artifact of A's hidden layer, trained once. */
async function donor(lab: Lab, problem: string): Promise<string> {
  const { trials } = await measure({ ...lab, seeds: [1] }, problem, {
    contenders: [await contender(problem, SCRATCH)],
    budgets: [DONOR_ROWS],
  });
  const end = trials[0]?.end;
  const artifact = end?.is === "done" ? end.result.stages["read"]?.artifact : undefined;
  if (artifact === undefined) throw new Error(`anchors: ${problem} left no artifact`);
  return artifact;
}

/** The same pipeline, starting from an artifact. */
function startingFrom(
  { document }: Contender,
  id: string,
  start: { readonly artifact: string; readonly freeze: "none" | 1 },
): Contender {
  const read = document.stages["read"];
  if (read === undefined) throw new Error("anchors: the pipeline has no stage read");
  return {
    id,
    document: {
      ...document,
      title: id,
      stages: { ...document.stages, read: { ...read, params: { ...read.params, start } } },
    },
  };
}

/** E: transfer from a task that shares features, from a control, and to a task that doesn't. */
export const transfer: Anchor = {
  id: "E",
  title: "Transfer: a gain while B is small, none once it is large; none from a control or to other features",
  run: async (lab, size): Promise<Outcome> => {
    const budgets = size === "full" ? [32, 100, 316, 1000, 3162, 10_000] : [100];
    const a = await donor(lab, "anchor-e-source");
    const permuted = await donor(lab, "anchor-e-permuted");
    const scratch = await contender("anchor-e-target", SCRATCH);
    const { comparison } = await measure(lab, "anchor-e-target", {
      contenders: [
        startingFrom(scratch, "fine-tuned", { artifact: a, freeze: "none" }),
        startingFrom(scratch, "frozen", { artifact: a, freeze: 1 }),
        startingFrom(scratch, "frozen-permuted", { artifact: permuted, freeze: 1 }),
        scratch,
      ],
      budgets,
    });
    const other = await contender("anchor-e-unrelated", SCRATCH);
    const unrelated = await measure(lab, "anchor-e-unrelated", {
      contenders: [startingFrom(other, "frozen", { artifact: a, freeze: 1 }), other],
      budgets: size === "full" ? budgets : budgets.slice(0, 1),
    });
    const at = (name: string, budget: number) => differenceAt(comparison, [name, SCRATCH], budget);
    const [first = 0, last = 0] = [budgets[0], budgets.at(-1)];
    const small = size === "full" ? 100 : first;
    const toOther = differenceAt(unrelated.comparison, ["frozen", SCRATCH], small);
    const figures = budgets.flatMap((budget) =>
      ["fine-tuned", "frozen", "frozen-permuted"].map((name): Figure => {
        const { mean, low, high, n } = at(name, budget);
        return {
          what: `${name} − from scratch, ${budget.toLocaleString("en-US")} rows of B`,
          value: mean,
          low,
          high,
          n,
        };
      }),
    );
    const checks: Check[] = [
      { says: `fine-tuning gains at ${first} rows of B`, holds: (at("fine-tuned", first).low ?? -1) > 0 },
      { says: `frozen features gain at ${small} rows of B`, holds: (at("frozen", small).low ?? -1) > 0 },
      {
        says: `the control with shuffled answers doesn't gain at ${small} rows`,
        holds: (at("frozen-permuted", small).low ?? 1) <= 0,
      },
      { says: `A's features don't help B′ at ${small} rows`, holds: (toOther.low ?? 1) <= 0 },
    ];
    if (size === "full") {
      const largest = at("fine-tuned", last);
      checks.push({
        says: `at ${last.toLocaleString("en-US")} rows of B nothing that matters is left to gain`,
        holds: Math.abs(largest.mean) < 0.01,
      });
    }
    const { mean, low, high, n } = toOther;
    return {
      figures: [
        ...figures,
        { what: `frozen − from scratch, ${small} rows of B′`, value: mean, low, high, n },
      ],
      checks,
    };
  },
};

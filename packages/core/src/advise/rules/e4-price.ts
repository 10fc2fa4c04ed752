import { equalCosts } from "../../measure/costs/equal-cost";
import { countOf } from "../../diagnostics/words";
import { writeAmount } from "../../measure/numbers";
import type { Advice } from "../advice";
import { isCut, isEndToEnd, type PipelineFacts } from "../facts";
import { type AdviceQuestion, budgetsOf, cellId, cellsAt, freshSeeds, pairsOf, type Rule } from "../question";

/**
 * E4, price: with ρ = n_whole/n_cut at equal error, and what a row's labels cost either pipeline, decompose iff
 * ρ · cost of a row of the whole > cost of a row of the cut.
 */
export const price: Rule = (question) => {
  const pairs = pairsOf(question, isCut, isEndToEnd);
  if (pairs.length === 0) return [];
  return pairs.flatMap((pair) => adviceOn(pair, question));
};

function adviceOn([cut, whole]: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const { comparison, prices } = question;
  const pipelines = [cut, whole].flatMap(({ id }) => comparison.pipelines.filter((one) => one.id === id));
  const [equal] = equalCosts({ ...comparison, pipelines }, prices);
  const ratio = equal?.rows;
  const [costCut, costWhole] = [costOfRow(cut.id, question), costOfRow(whole.id, question)];
  if (costCut === undefined || costWhole === undefined) return [];
  const base = {
    rule: "E4",
    title: "Worth the intermediate labels?",
    about: [cut.id, whole.id],
    evidence: ratio === undefined ? [] : cellsOf([cut.id, whole.id], question),
  } as const;
  const perRow = `a row's labels cost ${writeAmount(costCut)} for ${cut.title} and ${writeAmount(costWhole)} for ${whole.title}`;
  if (costCut === 0 && costWhole === 0)
    return [{ ...base, outcome: "unknown", says: "Unknown: no label has a price.", measurements: [] }];
  if (ratio === undefined)
    return [
      {
        ...base,
        outcome: "unknown",
        says: `Unknown: at least 3 seeds at every budget are needed; ${perRow}.`,
        measurements: [],
      },
    ];
  const needed = costCut / costWhole;
  const measurements = [
    {
      what: `rows that ${whole.title} needs for each row of ${cut.title}, at equal error`,
      value: ratio.value,
      ...(ratio.is === "ratio" ? { low: ratio.low, high: ratio.high } : {}),
      n: comparison.seeds.length,
    },
    { what: "cost of a row's labels, cut over whole", value: needed, n: 1 },
  ];
  const rows =
    ratio.is === "ratio"
      ? `needs ${writeAmount(ratio.value)} times the rows (95 % interval ${writeAmount(ratio.low)} to ${writeAmount(ratio.high)})`
      : `needs more than ${writeAmount(ratio.value)} times the rows`;
  const words = `For the error that ${cut.title} has at ${countOf(ratio.rows, "row")}, ${whole.title} ${rows}; ${perRow}.`;
  const low = ratio.is === "ratio" ? ratio.low : ratio.value;
  const high = ratio.is === "ratio" ? ratio.high : Number.POSITIVE_INFINITY;
  const test = {
    says: `Compare both with new seeds: ${whole.title} at ${writeAmount(needed)} times the rows is the same bill.`,
    pipelines: [cut.id, whole.id],
    budgets: [...comparison.budgets],
    seeds: freshSeeds(question),
  };
  if (low > needed)
    return [{ ...base, outcome: "holds", says: `Decompose at these prices: ${words}`, measurements, test }];
  if (high < needed)
    return [
      { ...base, outcome: "fails", says: `Don't decompose at these prices: ${words}`, measurements, test },
    ];
  return [{ ...base, outcome: "unknown", says: `Undecided at these prices: ${words}`, measurements, test }];
}

/** What one row's labels cost a pipeline at its largest budget. */
function costOfRow(pipeline: string, question: AdviceQuestion): number | undefined {
  const budget = budgetsOf(question, pipeline).at(-1);
  if (budget === undefined) return undefined;
  const [cell] = cellsAt(question, pipeline, budget).values();
  return cell === undefined
    ? undefined
    : Object.entries(cell.labels).reduce(
        (sum, [field, count]) => sum + ((question.prices[field] ?? 0) * count) / budget,
        0,
      );
}

const cellsOf = (pipelines: readonly string[], { comparison }: AdviceQuestion): readonly string[] =>
  comparison.cells
    .filter(({ pipeline, failed }) => pipelines.includes(pipeline) && failed === undefined)
    .map(cellId);

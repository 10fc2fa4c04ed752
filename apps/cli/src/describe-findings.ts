import {
  type Comparison,
  type EqualCost,
  equalCosts,
  type PipelineLabelPlan,
  planPipelineLabels,
  type Prices,
} from "@seams/core/measure";
import { writeCount, writeScore } from "./numbers";

/** What else to tell beside scores and verdicts. */
export interface FindingsQuestion {
  readonly prices: Prices;
  /** To be spent on labels, in the unit of the prices. */
  readonly labelBudget?: number | undefined;
}

/** Everything that follows from a comparison beyond who is better where: curves, stages, costs, labels, advice. */
export function describeFindings(comparison: Comparison, question: FindingsQuestion): string {
  return [
    section(
      "Over all budgets",
      [...comparison.headline, ...comparison.crossover].map(({ words }) => words),
    ),
    section("Where errors come from", attributionLines(comparison)),
    section("Rows for half the way from chance to the ceiling", halfWayLines(comparison)),
    section("Label costs", costLines(comparison, question.prices)),
    section("Labels to buy", labelLines(comparison, question)),
    section("Advice", adviceLines(comparison)),
  ].join("");
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `\n${title}\n${lines.map((line) => `- ${line}\n`).join("")}`;

/** The waterfall of every pipeline at its largest attributed budget. */
function attributionLines({ pipelines, attribution, metric }: Comparison): readonly string[] {
  return pipelines.flatMap(({ id }) => {
    const last = attribution.findLast(({ pipeline }) => pipeline === id);
    if (last === undefined) return [];
    const gains = last.steps.map(
      ({ stage, gain }) => `${stage} ${gain < 0 ? "" : "+"}${writeScore(metric, gain)}`,
    );
    const ceilings = last.ceilings.map(({ stage, frozen, retrained }) =>
      retrained === undefined
        ? `perfect ${stage}: ${writeScore(metric, frozen)} (what follows as it was trained; --oracles measures it trained again)`
        : `perfect ${stage}: ${writeScore(metric, frozen)}, ${writeScore(metric, retrained)} with what follows trained on the truth`,
    );
    const { blame } = last;
    const fates =
      blame === undefined
        ? []
        : [
            `Of ${writeCount(blame.rows)} answers ${writeCount(blame.right)} are right all the way, ${writeCount(blame.lucky)} right by luck; first wrong: ${blame.blamed.map(({ stage, rows }) => `${stage} ${writeCount(rows)}`).join(", ")}; ${writeCount(blame.unexplained)} wrong after the last labelled stage.`,
          ];
    return [
      last.words,
      `${writeScore(metric, last.base)} → ${gains.join(" → ")} → ${writeScore(metric, last.ceiling)}; ${ceilings.join("; ")}.`,
      ...fates,
    ];
  });
}

function halfWayLines({ pipelines, curves, stageCurves }: Comparison): readonly string[] {
  const rows = (half: NonNullable<Comparison["curves"][number]["half"]>): string => {
    const about = writeCount(Math.max(1, Math.round(half.rows)));
    if (half.place !== "within") return half.place === "below" ? `${about} or fewer` : `more than ${about}`;
    return half.low === undefined || half.high === undefined
      ? `about ${about}`
      : `about ${about} (95 % interval ${writeCount(Math.round(half.low))} to ${writeCount(Math.round(half.high))})`;
  };
  return pipelines.flatMap(({ id, title }) => {
    const whole = curves.find(({ pipeline }) => pipeline === id)?.half;
    const stages = stageCurves.filter(({ pipeline, half }) => pipeline === id && half !== undefined);
    if (whole === undefined && stages.length === 0) return [];
    const parts = [
      ...(whole === undefined ? [] : [`whole ${rows(whole)}`]),
      ...stages.flatMap(({ stage, half }) => (half === undefined ? [] : [`${stage} ${rows(half)}`])),
    ];
    return [`${title}: ${parts.join(", ")}`];
  });
}

function costLines(comparison: Comparison, prices: Prices): readonly string[] {
  if (!Object.values(prices).some((price) => price > 0)) return [];
  return equalCosts(comparison, prices).map(({ words, rows }: EqualCost) => {
    if (rows === undefined) return words;
    const times = Number(rows.value.toPrecision(2));
    return rows.is === "ratio"
      ? `${words} The second needs ${times} times the rows for the first's error at ${writeCount(rows.rows)}.`
      : `${words} The second needs more than ${times} times the rows for the first's error at ${writeCount(rows.rows)}.`;
  });
}

function labelLines(comparison: Comparison, { prices, labelBudget }: FindingsQuestion): readonly string[] {
  if (labelBudget === undefined) return [];
  return comparison.pipelines.map(({ id, title }) => {
    const found = planPipelineLabels(comparison, id, { prices, total: labelBudget });
    return `${title}: ${found.done ? planInWords(found) : found.words}`;
  });
}

const ENDED: Readonly<Record<string, string>> = {
  money: "",
  supply: ", all there are",
  extrapolation: ", as far as its curve is believed",
};

function planInWords({ plan, needs }: Extract<PipelineLabelPlan, { done: true }>): string {
  const parts = plan.kinds.map(({ field, rows, cost, endedBy }) => {
    const perRow = needs.find((need) => need.field === field)?.labelsPerRow ?? 1;
    return `${writeCount(rows)} rows of ${field} (${writeCount(Math.round(rows * perRow))} labels, ${writeCount(Math.round(cost))}${ENDED[endedBy] ?? ""})`;
  });
  return `${parts.join(" and ")}: ${writeCount(Math.round(plan.cost))} in all. What is left of the error that labels can lower is about ${Number(plan.error.toPrecision(2))}, by the fitted curves.`;
}

const OUTCOME = { holds: "yes", fails: "no", unknown: "unknown" } as const;

function adviceLines({ advice }: Comparison): readonly string[] {
  return advice.map(({ rule, title, outcome, says, prediction, test }) =>
    [
      `${rule} ${title}: ${OUTCOME[outcome]}. ${says}`,
      ...(prediction === undefined ? [] : [`Prediction: ${prediction.says}`]),
      ...(test === undefined ? [] : [`To check: ${test.says}`]),
    ].join("\n  "),
  );
}

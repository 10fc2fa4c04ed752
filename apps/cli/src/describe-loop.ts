import type { EnvironmentFacts } from "@seams/core";
import {
  type ClosedLoopComparison,
  type ClosedLoopSummary,
  type Comparison,
  wilsonInterval,
} from "@seams/core/measure";
import type { TrialResult } from "@seams/core/train";
import { writeCount, writeScore, writeTable } from "./numbers";

const SUCCESS = "closed-loop-success";
const SLOPE = "closed-loop-compounding";
const CLOSED = "closed-loop-";

/** Whether a score is one of single answers, which stand apart from those of a closed loop. */
export const isOpenLoop = (score: string): boolean => !score.startsWith(CLOSED);

/** How a trained pipeline fared in its environment, a line a condition: `36 of 50 succeed …`. */
export function loopLines(
  { closedLoop, test }: Pick<TrialResult, "closedLoop" | "test">,
  environment: EnvironmentFacts | undefined,
): readonly string[][] {
  if (closedLoop === undefined || environment === undefined) return [];
  return closedLoop.conditions.map(({ id, success }, index) => {
    const succeeded = success.reduce((sum, one) => sum + one, 0);
    const { low, high } = wilsonInterval(succeeded, success.length);
    const others = Object.entries(test).flatMap(([score, value]) => {
      const [metric = "", condition] = score.split(":");
      const isHere = index === 0 ? condition === undefined : condition === id;
      return isOpenLoop(score) || metric === SUCCESS || !isHere
        ? []
        : [`${metric.slice(CLOSED.length)} ${writeScore(metric, value)}`];
    });
    const title = environment.conditions.find((condition) => condition.id === id)?.title ?? id;
    return [
      title,
      `${writeCount(succeeded)} of ${writeCount(success.length)} succeed; 95 % interval ${writeScore(SUCCESS, low)} to ${writeScore(SUCCESS, high)}; ${others.join(", ")}`,
    ];
  });
}

/** Success in the loop under each condition, beside the score of single answers, and the verdicts. */
export function describeLoop({ closedLoop, pipelines, budgets }: Comparison): string {
  if (closedLoop === undefined) return "";
  const { conditions, openLoop, words, mistakes } = closedLoop;
  const tables = conditions.map(({ id, title }) => {
    const rows = budgets.flatMap((budget) =>
      pipelines.flatMap((pipeline) => loopRow(closedLoop, { budget, pipeline, condition: id })),
    );
    const head = [
      "rows",
      "pipeline",
      "success",
      "Wilson 95 %",
      ...OTHERS,
      ...(mistakes === undefined ? [] : ["mistakes’ slope"]),
      openLoop,
    ];
    const verdicts = [...closedLoop.paired, ...closedLoop.compounding].filter(
      ({ condition }) => condition === id,
    );
    const costs = closedLoop.attribution.filter(({ condition }) => condition === id);
    const lines = [...verdicts, ...costs].map(({ words: said }) => `- ${said}\n`);
    return `\n${title}\n\n${writeTable([head, ...rows])}\n${lines.join("")}`;
  });
  const legend = Object.entries(words).map(
    ([metric, meaning]) => `${metric.slice(CLOSED.length)}: ${meaning}`,
  );
  if (mistakes !== undefined)
    legend.push(
      `mistakes’ slope: of the logarithm of mistakes up to ${mistakes.horizons.join(", ")} moments against that of the horizon, a mistake being ${mistakes.words}, or a moment after a bad end`,
    );
  return `\nIn the loop, where answers decide what is seen next (${legend.join("; ")})\n${tables.join("")}`;
}

const OTHERS = ["composite", "completion", "harm", "violation", "roughness"] as const;

interface LoopPlace {
  readonly budget: number;
  readonly pipeline: Comparison["pipelines"][number];
  readonly condition: string;
}

function loopRow(
  { summary, openLoop, mistakes }: ClosedLoopComparison,
  { budget, pipeline, condition }: LoopPlace,
): readonly string[][] {
  const found = summary.find(
    (one) => one.pipeline === pipeline.id && one.budget === budget && one.condition === condition,
  );
  if (found === undefined) return [];
  const { mean, low, high, episodes, n, scores, compounding } = found;
  return [
    [
      writeCount(budget),
      pipeline.title,
      writeScore(SUCCESS, mean),
      `${writeScore(SUCCESS, low)} to ${writeScore(SUCCESS, high)} (${writeCount(episodes)} episodes, ${n} ${n === 1 ? "seed" : "seeds"})`,
      ...OTHERS.map((name) => writeScore(`${CLOSED}${name}`, scores[`${CLOSED}${name}`] ?? Number.NaN)),
      ...(mistakes === undefined ? [] : [writeSlope(compounding)]),
      found.openLoop === undefined ? "–" : writeScore(openLoop, found.openLoop),
    ],
  ];
}

function writeSlope(slope: ClosedLoopSummary["compounding"]): string {
  if (slope === undefined) return "–";
  const { mean, low, high } = slope;
  const write = (value: number): string => writeScore(SLOPE, value);
  return low === undefined || high === undefined
    ? write(mean)
    : `${write(mean)} (${write(low)} to ${write(high)})`;
}

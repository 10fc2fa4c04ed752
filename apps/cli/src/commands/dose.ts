import type { Diagnostic } from "@seams/core";
import { headlineOf, QUALITIES, type StageDose, stageDose } from "@seams/core/measure";
import type { DoseScores } from "@seams/core/train";
import { type BudgetOptions, budgetedGraph } from "../budgeted-graph";
import { type AddCommand, type CommandContext, examples } from "../command";
import type { CompiledGraph } from "../compile-graph";
import { codeFor, codeForTrials, EXIT } from "../exit";
import { interruptible } from "../interrupt";
import { writeCount, writeInterval, writeScore, writeTable } from "../numbers";
import { qualityList, seedList, wholeNumber } from "../options";
import { trainedTracing } from "../trained-tracing";
import { json } from "../write-diagnostics";

interface DoseOptions extends BudgetOptions {
  readonly stage: string;
  readonly seeds: readonly number[];
  readonly qualities: readonly number[];
}

/** `seams dose GRAPH --stage STAGE` */
export const addDose: AddCommand = (program, context) => {
  const { terminal, exitWith } = context;
  const command = program
    .command("dose")
    .summary("how good does a stage have to be before the rest stops caring?")
    .description(
      "Puts the truth in a stage's place, makes it worse step by step, and tells what the whole pipeline then scores, with everything after the stage as it was trained. Pipelines are trained first where the cache doesn't have them.",
    )
    .argument("<graph>", "a file, the id of a gallery pipeline, or - for stdin")
    .requiredOption("--stage <stage>", "a stage on the way to the answer whose output has labels")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--budget <rows>", "training rows that may be used; default: all", wholeNumber)
    .option("--seeds <seeds>", "how many seeds, or a list of them", seedList, [1, 2, 3])
    .option(
      "--qualities <shares>",
      "from 0 to 1; the truth itself, 1, is always among them",
      qualityList,
      QUALITIES,
    )
    .option("--json", "print the result as JSON");
  examples(
    command,
    "seams dose digit-sums/each-digit --stage read --budget 128",
    "seams dose driving/detect-plan-control --stage detect --budget 1000 --qualities 0.5,0.7,0.9 --json",
  ).action(async (named: string, options: DoseOptions) => {
    const asked = await budgetedGraph(named, options, context);
    if (asked === undefined) return;
    const { compiled, budget, refuse } = asked;
    const { dose, failed } = await measure(compiled, { ...options, budget }, context);
    if (failed !== undefined) return refuse(failed, codeOf(failed));
    if (dose === undefined) return exitWith(EXIT.cancelled);
    terminal.out(options.json ? json({ format: 1, dose }) : describe(dose, budget));
    exitWith(EXIT.ok);
  });
};

/** What was asked for doesn't fit, or a trial before it failed. */
const codeOf = (failed: readonly Diagnostic[]): ReturnType<typeof codeFor> =>
  failed.every(({ code }) => code === "no-truth-to-dose") ? codeFor(failed) : codeForTrials(failed);

async function measure(
  compiled: CompiledGraph,
  { stage, seeds, qualities, budget }: DoseOptions & { readonly budget: number },
  { terminal }: CommandContext,
): Promise<{ readonly dose?: StageDose; readonly failed?: readonly Diagnostic[] }> {
  const metric = headlineOf(compiled.problem.schema);
  if (metric === undefined) throw new Error("dose: a problem without a metric was compiled");
  const scores: DoseScores[] = [];
  const signal = interruptible(terminal);
  for (const seed of seeds) {
    const { tracing, failed } = await trainedTracing(compiled, { budget, seed }, { terminal, signal });
    if (tracing === undefined) return failed === undefined ? {} : { failed };
    terminal.progress(`seed ${seed}: ${stage} at ${qualities.length} qualities …`);
    const { value, diagnostics } = await tracing.doses({ stage, qualities });
    terminal.clearProgress();
    if (value === undefined) return { failed: diagnostics };
    scores.push(value);
  }
  return { dose: stageDose({ stage, metric }, scores) };
}

function describe({ stage, metric, points, score, n, words }: StageDose, budget: number): string {
  const rows = points.map((point) => [
    `  ${point.quality}`,
    writeScore(metric, point.mean),
    writeInterval(metric, point),
  ]);
  return [
    `${metric} by the quality of ${stage}, ${writeCount(budget)} rows, mean over ${writeCount(n)} ${n === 1 ? "seed" : "seeds"} with 95 % interval\n\n`,
    writeTable([...rows, ["  as trained", writeScore(metric, score.mean), ""]]),
    `\n${words}\n`,
  ].join("");
}

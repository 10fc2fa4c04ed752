import { type EnvironmentFacts } from "@seams/core";
import { wilsonInterval } from "@seams/core/measure";
import { type Scores } from "@seams/core/train";
import { type BudgetOptions, budgetedGraph } from "../budgeted-graph";
import { type AddCommand, type CommandContext, examples } from "../command";
import type { CompiledGraph } from "../compile-graph";
import { codeForTrials, EXIT } from "../exit";
import { isOpenLoop, loopLines } from "../describe-loop";
import { interruptible } from "../interrupt";
import { writeCount, writeScores, writeSeconds, writeTable } from "../numbers";
import { seedNumber, wholeNumber } from "../options";
import { trainHere } from "../train-here";
import { type TrainResult, trainResult } from "../train-result";
import { json, jsonLine, refusal, writeDiagnostics } from "../write-diagnostics";

interface TrainOptions extends BudgetOptions {
  readonly seed: number;
  readonly jsonl?: true;
}

/** `seams train GRAPH` */
export const addTrain: AddCommand = (program, context) => {
  const command = program
    .command("train")
    .summary("train one pipeline on one budget with one seed")
    .description(
      "Trains a pipeline and scores it. What was trained before comes from the cache; Ctrl-C saves a checkpoint, and the same command goes on from there.",
    )
    .argument("<graph>", "a file, the id of a gallery pipeline, or - for stdin")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--budget <rows>", "training rows that may be used; default: all", wholeNumber)
    .option("--seed <seed>", "decides about rows, first weights and their order", seedNumber, 1)
    .option("--json", "print the result as JSON")
    .option("--jsonl", "print what happens as JSON, one event a line, the result last");
  examples(
    command,
    "seams train digit-sums/each-digit --budget 256",
    "seams train my-pipeline.json --problem ./my-problem --seed 3 --json",
  ).action(async (named: string, options: TrainOptions) => {
    const asked = await budgetedGraph(named, options, context);
    if (asked !== undefined) await train(asked.compiled, { ...options, budget: asked.budget }, context);
  });
};

async function train(
  compiled: CompiledGraph,
  options: TrainOptions & { readonly budget: number },
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const { result, run, data } = await trainHere(compiled, options, {
    terminal,
    signal: interruptible(terminal),
    onEvent: (event) => {
      if (options.jsonl) terminal.out(jsonLine(event));
    },
  });
  if (result !== undefined) {
    const told = trainResult(compiled, { result, hash: data.hash });
    if (options.jsonl) terminal.out(jsonLine({ type: "result", result: told }));
    else
      terminal.out(
        options.json ? json(told) : describe(told, result.correct, compiled.problem.schema.environment),
      );
    writeDiagnostics(terminal, result.notes ?? []);
    return exitWith(EXIT.ok);
  }
  const { diagnostic } = run;
  if (diagnostic === undefined) {
    if (options.json) terminal.out(json({ format: 1, cancelled: true }));
    return exitWith(EXIT.cancelled);
  }
  if (options.json) terminal.out(refusal([diagnostic]));
  else writeDiagnostics(terminal, [diagnostic]);
  exitWith(codeForTrials([diagnostic]));
}

/** How far the share of right answers is known from a test set of this size. */
function testSetLine(correct: readonly number[] | undefined): readonly string[][] {
  const scored = correct?.filter((right) => right >= 0) ?? [];
  if (scored.length === 0) return [];
  const right = scored.filter((one) => one === 1).length;
  const { low, high } = wilsonInterval(right, scored.length);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return [
    [
      "test rows",
      `${writeCount(right)} of ${writeCount(scored.length)} right; 95 % interval of the share on all such rows: ${percent(low)} to ${percent(high)}`,
    ],
  ];
}

const openScores = (scores: Scores): Scores =>
  Object.fromEntries(Object.entries(scores).filter(([name]) => isOpenLoop(name)));

function describe(
  result: TrainResult,
  correct: readonly number[] | undefined,
  environment: EnvironmentFacts | undefined,
): string {
  const { pipeline, problem, budget, seed: seedUsed, engine, labels, cost, seconds } = result;
  const used = Object.entries(labels).map(([field, count]) => `${writeCount(count)} ${field}`);
  const stages = Object.entries(result.stages).map(
    ([id, { phases: _, steps, cached, because, weights: __, artifact, eagerBecause, ...scores }]) => [
      `  ${id}`,
      writeScores(
        Object.fromEntries(
          Object.entries(scores).flatMap(([name, value]) =>
            typeof value === "number" ? [[name, value]] : [],
          ),
        ),
      ),
      cached === true ? "from the cache" : `${writeCount(Number(steps))} steps`,
      artifact === undefined
        ? ""
        : `${String(because)}${eagerBecause === undefined ? "" : `; op by op: ${String(eagerBecause)}`}`,
    ],
  );
  return [
    `${pipeline.title} on ${problem.name}: ${writeCount(budget)} rows, seed ${seedUsed}\n\n`,
    writeTable([
      ["test", writeScores(openScores(result.test))],
      ...(environment === undefined ? testSetLine(correct) : loopLines(result, environment)),
      ["train", writeScores(result.train)],
      ["labels", `${used.join(", ")}; cost ${writeCount(cost)}`],
      [
        "engine",
        `${engine.backend}, ${engine.form}, ${engine.threads} thread${engine.threads === 1 ? "" : "s"}`,
      ],
      ["time", writeSeconds(seconds)],
    ]),
    ...(stages.length === 0 ? [] : ["\nstages\n", writeTable(stages)]),
  ].join("");
}

import type { Diagnostic } from "@seams/core";
import {
  calibrationInWords,
  compareTrials,
  type Comparison,
  type EndedTrial,
  pricesOf,
  type Prices,
  type RetrainedTrial,
} from "@seams/core/measure";
import { type GridQuestion, type GridTrial, openCalibrationLog, runGrid, seamsHome } from "@seams/runner";
import { budgetAbove } from "../budgeted-graph";
import { type AddCommand, type CommandContext, examples } from "../command";
import { type CompiledGraph, compileGraph, type Openings } from "../compile-graph";
import { describeComparison } from "../describe-comparison";
import { describeFindings } from "../describe-findings";
import { describeLoop } from "../describe-loop";
import { codeFor, codeForTrials, EXIT, type ExitCode, UsageError } from "../exit";
import { gridProgress } from "../grid-progress";
import { interruptible } from "../interrupt";
import { budgetList, checkPrices, positive, priceList, seedList, wholeNumber } from "../options";
import { comparisonReport } from "../report/comparison-report";
import { checkReportFile, checkResultFile, writeResultFile } from "../result-file";
import { runVariants, variantsOf } from "../retrained-trials";
import { distinct, type FoundIn, json, jsonLine, refusal, writeDiagnostics } from "../write-diagnostics";

interface CompareOptions {
  readonly problem?: string;
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly prices?: Readonly<Record<string, number>>;
  readonly margin?: number;
  readonly workers?: number;
  readonly oracles?: true;
  readonly labelBudget?: number;
  /** An HTML file. */
  readonly report?: string;
  /** A file, or true for stdout. */
  readonly json?: string | true;
  readonly jsonl?: true;
  readonly failIfInconclusive?: true;
}

/** `seams compare GRAPH…` */
export const addCompare: AddCommand = (program, context) => {
  const { terminal, exitWith } = context;
  const command = program
    .command("compare")
    .summary("train pipelines over budgets and seeds, and say which is better where")
    .description(
      "Trains every pipeline on every budget with every seed, what they share once, and compares them seed by seed. What ran before comes from the cache; Ctrl-C saves checkpoints, and the same command goes on from there.",
    )
    .argument("<graph...>", "files, ids of gallery pipelines, or - for stdin")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipelines name",
    )
    .requiredOption("--budgets <rows>", "training rows, for example 32,100,316", budgetList)
    .option("--seeds <seeds>", "how many seeds, or a list of them", seedList, [1, 2, 3, 4, 5])
    .option("--prices <prices>", "what a label costs, by field: digits=1,y=2", priceList)
    .option(
      "--margin <difference>",
      "the smallest difference that matters, in the metric's unit; default: 1 point",
      positive,
    )
    .option("--workers <count>", "processes that train; default: one a core", wholeNumber)
    .option(
      "--oracles",
      "also train what follows a stage on its true labels, where it wasn't: the second ceiling of each stage",
    )
    .option(
      "--label-budget <total>",
      "say how many labels of each kind to buy for so much, by the fitted curves and the prices",
      positive,
    )
    .option("--report <file>", "write everything as one HTML file that needs no other")
    .option("--json [file]", "write the comparison as JSON to a file, or to stdout instead of the text")
    .option("--jsonl", "print what happens as JSON, one event a line, the comparison last")
    .option("--fail-if-inconclusive", "end with 5 where a pair is undecided at any budget");
  examples(
    command,
    "seams compare digit-sums/end-to-end digit-sums/each-digit --budgets 32,128,512 --seeds 5",
    "seams compare a.json b.json --problem ./my-problem --budgets 100,1000 --seeds 3 --json result.json",
    "seams compare a.json b.json --budgets 32,100,316 --prices digits=1,y=2 --fail-if-inconclusive",
    "seams compare a.json b.json --budgets 32,100,316,1000 --label-budget 5000 --oracles --report report.html",
  ).action(async (graphs: string[], options: CompareOptions) => {
    if (new Set(graphs).size < graphs.length) throw new UsageError("A pipeline is named twice.");
    if (typeof options.json === "string") await checkResultFile(options.json, graphs);
    if (options.report !== undefined) await checkReportFile(options.report, graphs);
    const { compiled, diagnostics } = await compileAll(graphs, options);
    const [first] = compiled;
    if (first === undefined || compiled.length < graphs.length) {
      if (options.json === true) terminal.out(refusal(diagnostics));
      else writeDiagnostics(terminal, diagnostics);
      return exitWith(codeFor(diagnostics));
    }
    writeDiagnostics(terminal, diagnostics);
    if (options.prices !== undefined) checkPrices(options.prices, first.problem.schema);
    await compare(compiled, options, context);
  });
};

async function compileAll(
  graphs: readonly string[],
  { problem, budgets }: CompareOptions,
): Promise<{ readonly compiled: readonly CompiledGraph[]; readonly diagnostics: readonly FoundIn[] }> {
  const openings: Openings = new Map();
  const compiled: CompiledGraph[] = [];
  const diagnostics: FoundIn[] = [];
  for (const named of graphs) {
    const compiling = await compileGraph(named, { asked: problem, openings });
    diagnostics.push(...compiling.diagnostics);
    if (compiling.compiled !== undefined) compiled.push(compiling.compiled);
  }
  const names = new Set(compiled.map((one) => one.problem.reference));
  if (names.size > 1) {
    throw new UsageError(
      `These pipelines are for different problems: ${[...names].join(", ")}. Name one with --problem.`,
    );
  }
  const over = budgets.flatMap((budget) => budgetAbove(budget, compiled[0]));
  return { compiled: over.length > 0 ? [] : compiled, diagnostics: [...diagnostics, ...over] };
}

async function compare(
  compiled: readonly CompiledGraph[],
  options: CompareOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const [first] = compiled;
  if (first === undefined) throw new Error("compare: no pipelines");
  const { problem } = first;
  const { budgets, seeds, prices, margin } = options;
  const progress = gridProgress(compiled.length * budgets.length * seeds.length, () => performance.now());
  const grid: GridQuestion = {
    problem,
    pipelines: compiled.map(({ source, plan }) => ({ id: source.id, plan })),
    budgets,
    seeds,
    home: seamsHome(),
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    signal: interruptible(terminal),
    onEvent: (of, event) => {
      progress.add(of, event);
      if (options.jsonl) terminal.out(jsonLine({ trial: of, event }));
      terminal.progress(progress.line());
    },
    onNotice: (words) => terminal.err(`${words}\n`),
  };
  const trials = await runGrid(grid);
  const ended = trials.flatMap(endedTrial);
  const retrained = await retrainedTrials({ compiled, ended, grid, options }, terminal);
  terminal.clearProgress();
  const comparison = compareTrials({
    schema: problem.schema,
    hash: await problem.hash(),
    pipelines: compiled.map(({ source: { id, title, hash } }) => ({ id, title, hash })),
    budgets,
    seeds,
    trials: ended,
    retrained,
    plans: new Map(compiled.map(({ source, plan }) => [source.id, plan])),
    rows: problem.rows.train,
    ...(prices === undefined ? {} : { prices }),
    ...(margin === undefined ? {} : { margin }),
  });
  const failures = trials.flatMap(({ end }) => (end.is === "failed" ? [end.diagnostic] : []));
  writeDiagnostics(terminal, distinct(failures));
  const isCancelled = trials.some(({ end }) => end.is === "cancelled");
  if (isCancelled) {
    const done = trials.filter(({ end }) => end.is === "done").length;
    terminal.err(`Stopped after ${done} of ${trials.length} trials; the same command goes on from here.\n`);
    return exitWith(EXIT.cancelled);
  }
  if (comparison === undefined) {
    if (options.json === true) terminal.out(refusal(distinct(failures)));
    return exitWith(codeForTrials(failures));
  }
  await tell(comparison, { ...options, prices: pricesOf(problem.schema, prices) }, terminal);
  exitWith(codeOf(comparison, failures, options));
}

interface Retraining {
  readonly compiled: readonly CompiledGraph[];
  readonly ended: readonly EndedTrial[];
  readonly grid: GridQuestion;
  readonly options: CompareOptions;
}

/** With `--oracles`: the trials that second ceilings are measured with. */
async function retrainedTrials(
  { compiled, ended, grid, options }: Retraining,
  terminal: CommandContext["terminal"],
): Promise<readonly RetrainedTrial[]> {
  if (options.oracles !== true || grid.signal.aborted) return [];
  const variants = variantsOf(compiled, ended);
  const { budgets, seeds } = grid;
  const progress = gridProgress(variants.length * budgets.length * seeds.length, () => performance.now());
  return runVariants(variants, {
    ...grid,
    onEvent: (of, event) => {
      progress.add(of, event);
      terminal.progress(progress.line());
    },
  });
}

async function tell(
  comparison: Comparison,
  options: CompareOptions & { readonly prices: Prices },
  { out }: CommandContext["terminal"],
): Promise<void> {
  const { report, prices, labelBudget } = options;
  const calibration = await openCalibrationLog(seamsHome()).note(comparison);
  if (report !== undefined)
    await writeResultFile(report, comparisonReport(comparison, { prices, labelBudget }), "--report");
  if (typeof options.json === "string") await writeResultFile(options.json, json(comparison));
  if (options.jsonl) out(jsonLine({ type: "comparison", comparison }));
  else
    out(
      options.json === true
        ? json(comparison)
        : `${describeComparison(comparison)}${describeLoop(comparison)}${describeFindings(comparison, { prices, labelBudget })}\n${calibrationInWords(calibration)}\n`,
    );
}

function codeOf(
  { paired }: Comparison,
  failures: readonly Diagnostic[],
  { failIfInconclusive }: CompareOptions,
): ExitCode {
  if (failures.length > 0) return codeForTrials(failures);
  const isOpen = paired.some(({ verdict }) => verdict === "undecided");
  return failIfInconclusive && isOpen ? EXIT.inconclusive : EXIT.ok;
}

function endedTrial({ end, ...of }: GridTrial): EndedTrial[] {
  if (end.is === "done") return [{ ...of, result: end.result }];
  return end.is === "failed" ? [{ ...of, diagnostic: end.diagnostic }] : [];
}

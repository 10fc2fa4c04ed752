import type { Checked } from "@seams/core";
import {
  type LabPipeline,
  type LabPlan,
  labTrials,
  planMultiTaskLab,
  planTransferLab,
} from "@seams/core/labs";
import { type OpenedProblem, runLab, seamsHome } from "@seams/runner";
import type { Command } from "commander";
import { type AddCommand, type CommandContext, examples } from "../command";
import { type CompiledGraph, compileGraph } from "../compile-graph";
import { describeLab } from "../describe-lab";
import { codeFor, codeForTrials, EXIT } from "../exit";
import { gridProgress } from "../grid-progress";
import { interruptible } from "../interrupt";
import {
  budgetList,
  factorList,
  groupList,
  layerList,
  partList,
  positive,
  seedList,
  wholeNumber,
} from "../options";
import { labReport } from "../report/lab-report";
import { checkReportFile, checkResultFile, writeResultFile } from "../result-file";
import { distinct, type FoundIn, json, refusal, writeDiagnostics } from "../write-diagnostics";

/** Options of both labs. */
interface LabOptions {
  readonly problem?: string;
  readonly stage?: string;
  readonly seeds: readonly number[];
  readonly margin?: number;
  readonly workers?: number;
  /** An HTML file. */
  readonly report?: string;
  /** A file, or true for stdout. */
  readonly json?: string | true;
}

interface TransferOptions extends LabOptions {
  readonly from: string;
  readonly fromProblem?: string;
  readonly fromStage?: string;
  readonly fromBudgets?: readonly number[];
  readonly budgets?: readonly number[];
  readonly freeze?: readonly number[];
}

interface MultiTaskOptions extends LabOptions {
  readonly groups?: readonly (readonly string[])[];
  readonly widths?: readonly number[];
  readonly missing?: readonly number[];
  readonly ratios?: readonly number[];
  readonly budget?: number;
}

/** `seams lab transfer GRAPH --from GRAPH`, `seams lab multi-task GRAPH` */
export const addLab: AddCommand = (program, context) => {
  const lab = program
    .command("lab")
    .summary("measure when transfer, or sharing a trunk, pays")
    .description("Trains a grid of variants of one pipeline, and says of every cell whether it gains.")
    .helpCommand(false);
  addTransfer(lab, context);
  addMultiTask(lab, context);
};

const SEEDS = [1, 2, 3, 4, 5];

function withShared(command: Command): Command {
  return command
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--stage <stage>", "the stage that the lab varies; default: the first that fits")
    .option("--seeds <seeds>", "how many seeds, at least 3, or a list of them", seedList, SEEDS)
    .option(
      "--margin <difference>",
      "the smallest difference that matters, in the metric's unit; default: 1 point",
      positive,
    )
    .option("--workers <count>", "processes that train; default: one a core", wholeNumber)
    .option("--report <file>", "write everything as one HTML file that needs no other")
    .option("--json [file]", "write the result as JSON to a file, or to stdout instead of the text");
}

function addTransfer(lab: Command, context: CommandContext): void {
  const command = withShared(
    lab
      .command("transfer")
      .summary("rows of A × rows of B × freeze depth, over training from scratch")
      .description(
        "Starts a stage of B's pipeline from a stage of A's, for every number of A's rows, number of B's rows and freeze depth, and measures the gain over training from scratch, seed by seed. Two controls stand beside it: A trained on shuffled labels, and frozen features that are random.",
      )
      .argument("<graph>", "B: a file, the id of a gallery pipeline, or - for stdin")
      .requiredOption("--from <graph>", "A: the pipeline whose stage is started from")
      .option("--from-problem <problem>", "A's problem; default: the one that it names")
      .option("--from-stage <stage>", "A's stage; default: the first that fits")
      .option(
        "--from-budgets <rows>",
        "rows of A; default: 1,000 and 10,000, as far as they are there",
        budgetList,
      )
      .option(
        "--budgets <rows>",
        "rows of B; default: 32, 100, 316 and 1,000, as far as they are there",
        budgetList,
      )
      .option(
        "--freeze <layers>",
        "how many layers from the input on stay frozen, for example 0,1; default: every depth",
        layerList,
      ),
  );
  examples(
    command,
    "seams lab transfer anchor-e-target/from-scratch --from anchor-e-source/from-scratch",
    "seams lab transfer b.json --from a.json --from-budgets 1000 --budgets 32,100 --freeze 0,1 --seeds 3",
  ).action(async (named: string, options: TransferOptions) => {
    await checkFiles(named, options);
    const target = await compileGraph(named, { asked: options.problem });
    const source = await compileGraph(options.from, { asked: options.fromProblem });
    const found = [...target.diagnostics, ...source.diagnostics];
    const [b, a] = [target.compiled, source.compiled];
    if (b === undefined || a === undefined) return refuse(found, options, context);
    const planned = planTransferLab({
      target: labPipeline(b),
      source: labPipeline(a),
      stage: options.stage,
      sourceStage: options.fromStage,
      sourceBudgets: options.fromBudgets,
      budgets: options.budgets,
      freeze: options.freeze,
      seeds: options.seeds,
    });
    await runPlanned({ planned, problem: b.problem, source: a.problem }, options, context);
  });
}

function addMultiTask(lab: Command, context: CommandContext): void {
  const command = withShared(
    lab
      .command("multi-task")
      .summary("tasks that share a trunk × width × labels missing × ratio of labels, over single networks")
      .description(
        "Trains the tasks of a stage with several heads together and each by itself, over widths of the trunk, parts of the labels that are missing and ratios of labels, and measures what every task gains from sharing, seed by seed and task by task.",
      )
      .argument(
        "<graph>",
        "a file, the id of a gallery pipeline, or - for stdin; with a stage of two heads or more",
      )
      .option(
        "--groups <tasks>",
        "tasks that share a trunk, for example a+b,a+c,a+b+c; default: all of them, and every two",
        groupList,
      )
      .option("--widths <factors>", "factors on the trunk's widths; default: 0.5,1,2", factorList)
      .option("--missing <parts>", "parts of the labels that are hidden; default: 0,0.5", partList)
      .option(
        "--ratios <ratios>",
        "how many times the labels of every other task the first task has; default: 1,5",
        factorList,
      )
      .option("--budget <rows>", "training rows; default: 1,000, or all that there are", wholeNumber),
  );
  examples(
    command,
    "seams lab multi-task anchor-d-related-0/shared",
    "seams lab multi-task my-trunk.json --groups a+b --widths 1 --missing 0,0.8 --ratios 1 --seeds 3",
  ).action(async (named: string, options: MultiTaskOptions) => {
    await checkFiles(named, options);
    const { compiled, diagnostics } = await compileGraph(named, { asked: options.problem });
    if (compiled === undefined) return refuse(diagnostics, options, context);
    const { stage, groups, widths, missing, ratios, budget, seeds } = options;
    const planned = planMultiTaskLab({
      pipeline: labPipeline(compiled),
      stage,
      groups,
      widths,
      missing,
      ratios,
      budget,
      seeds,
    });
    await runPlanned({ planned, problem: compiled.problem }, options, context);
  });
}

const labPipeline = ({ source: { title, document }, problem }: CompiledGraph): LabPipeline => ({
  title,
  document,
  schema: problem.schema,
  rows: problem.rows.train,
});

async function checkFiles(named: string, { json: file, report }: LabOptions): Promise<void> {
  if (typeof file === "string") await checkResultFile(file, [named]);
  if (report !== undefined) await checkReportFile(report, [named]);
}

function refuse(
  found: readonly FoundIn[],
  options: LabOptions,
  { terminal, exitWith }: CommandContext,
): void {
  if (options.json === true) terminal.out(refusal(found));
  else writeDiagnostics(terminal, found);
  exitWith(codeFor(found));
}

interface Planned {
  readonly planned: Checked<LabPlan>;
  readonly problem: OpenedProblem;
  readonly source?: OpenedProblem;
}

async function runPlanned(
  { planned: { value: plan, diagnostics }, problem, source }: Planned,
  options: LabOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, exitWith } = context;
  if (plan === undefined) return refuse(diagnostics, options, context);
  writeDiagnostics(terminal, diagnostics);
  const { margin, workers, report } = options;
  const progress = gridProgress(labTrials(plan), () => performance.now());
  const { trials, result } = await runLab({
    plan,
    problem,
    ...(source === undefined ? {} : { source }),
    ...(margin === undefined ? {} : { margin }),
    ...(workers === undefined ? {} : { workers }),
    home: seamsHome(),
    signal: interruptible(terminal),
    onEvent: (of, event) => {
      progress.add(of, event);
      terminal.progress(progress.line());
    },
    onNotice: (words) => terminal.err(`${words}\n`),
  });
  terminal.clearProgress();
  const failures = trials.flatMap(({ end }) => (end.is === "failed" ? [end.diagnostic] : []));
  writeDiagnostics(terminal, distinct(failures));
  if (trials.some(({ end }) => end.is === "cancelled")) {
    const done = trials.filter(({ end }) => end.is === "done").length;
    terminal.err(`Stopped after ${done} of ${trials.length} trials; the same command goes on from here.\n`);
    return exitWith(EXIT.cancelled);
  }
  if (result === undefined) {
    if (options.json === true) terminal.out(refusal(distinct(failures)));
    return exitWith(codeForTrials(failures));
  }
  if (report !== undefined) await writeResultFile(report, labReport(result), "--report");
  if (typeof options.json === "string") await writeResultFile(options.json, json(result));
  terminal.out(options.json === true ? json(result) : describeLab(result));
  exitWith(hasBrokenCell(result.failures, plan) ? codeForTrials(failures) : EXIT.ok);
}

/** That no row has all labels is a finding of the variants that drop incomplete rows; any other failure is one. */
const hasBrokenCell = (
  failures: readonly { readonly variant: string; readonly code: string }[],
  { variants }: LabPlan,
): boolean =>
  failures.some(
    ({ variant, code }) =>
      code !== "no-labels" || variants.find(({ id }) => id === variant)?.role !== "dropping",
  );

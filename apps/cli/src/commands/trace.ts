import { type Diagnostic, diagnose } from "@seams/core";
import type { TraceView, ValueEdits } from "@seams/runner";
import { type BudgetOptions, budgetedGraph } from "../budgeted-graph";
import { type AddCommand, type CommandContext, examples } from "../command";
import type { CompiledGraph } from "../compile-graph";
import { codeFor, codeForTrials, EXIT } from "../exit";
import { interruptible } from "../interrupt";
import { writeCount, writeScore, writeTable } from "../numbers";
import { seedNumber, wholeNumber } from "../options";
import { trainedTracing } from "../trained-tracing";
import { json } from "../write-diagnostics";

interface TraceOptions extends BudgetOptions {
  readonly seed: number;
  readonly record: number;
  readonly set?: ValueEdits;
}

/** `seams trace GRAPH` */
export const addTrace: AddCommand = (program, context) => {
  const { terminal, exitWith } = context;
  const command = program
    .command("trace")
    .summary("send one test record through a trained pipeline, seam by seam")
    .description(
      "Shows value and truth of one test record at every seam of a pipeline, and which single fix repairs its answer. --set gives a place another value: what lies behind it follows. The pipeline is trained first where the cache doesn't have it.",
    )
    .argument("<graph>", "a file, the id of a gallery pipeline, or - for stdin")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--budget <rows>", "training rows that may be used; default: all", wholeNumber)
    .option("--seed <seed>", "decides about rows, first weights and their order", seedNumber, 1)
    .option("--record <number>", "which test record, from 1", wholeNumber, 1)
    .option(
      "--set <place=json>",
      "gives a place a value, written as --json shows values; may be repeated",
      addEdit,
    )
    .option("--json", "print the trace as JSON");
  examples(
    command,
    "seams trace digit-sums/each-digit --budget 128 --record 7",
    `seams trace digit-sums/each-digit --budget 128 --set 'add.output={"is":"number","value":7}'`,
  ).action(async (named: string, options: TraceOptions) => {
    const asked = await budgetedGraph(named, options, context);
    if (asked === undefined) return;
    const { compiled, budget, refuse } = asked;
    const { view, failed = [] } = await trace(compiled, { ...options, budget }, context);
    if (view === undefined)
      return failed.length === 0 ? exitWith(EXIT.cancelled) : refuse(failed, codeOf(failed));
    terminal.out(options.json ? json({ format: 1, trace: view }) : describe(view));
    exitWith(EXIT.ok);
  });
};

/** One `place=json`. The value's form is the pipeline's to judge; what is no JSON is passed on as a text. */
function addEdit(text: string, before: ValueEdits = {}): ValueEdits {
  const equals = text.indexOf("=");
  const [place, written] = equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    value = { is: "text", value: written };
  }
  return { ...before, [place]: value as ValueEdits[string] }; // judged against its place by the tracing
}

async function trace(
  compiled: CompiledGraph,
  options: TraceOptions & { readonly budget: number },
  { terminal }: CommandContext,
): Promise<{ readonly view?: TraceView; readonly failed?: readonly Diagnostic[] }> {
  const { tracing, failed } = await trainedTracing(compiled, options, {
    terminal,
    signal: interruptible(terminal),
  });
  if (tracing === undefined) return failed === undefined ? {} : { failed };
  if (options.record < 1) return { failed: [noRecord(tracing.testRows)] };
  const { value: view, diagnostics: found } = await tracing.trace(options.record - 1, options.set ?? {});
  return view === undefined ? { failed: found } : { view };
}

/** What was asked for doesn't fit, or the trial before it failed. */
const codeOf = (failed: readonly Diagnostic[]): ReturnType<typeof codeFor> =>
  failed.every(({ code }) => code === "edit-does-not-fit") ? codeFor(failed) : codeForTrials(failed);

const noRecord = (rows: number): Diagnostic =>
  diagnose.trial.editDoesNotFit({
    place: { at: "graph" },
    where: "record",
    reason: `expected 1 to ${rows}`,
  });

function describe(view: TraceView): string {
  const { position, testRows, row, values, outcome, fixes, milliseconds } = view;
  const rows = values.map(({ place, words, truthWords, judgement, edited }) => [
    `  ${place}${edited ? " (set)" : ""}`,
    words,
    truthWords === undefined ? "" : `truth ${truthWords}`,
    judgement === undefined ? "" : markOf(judgement.right, judgement.score, judgement.metric),
  ]);
  const metric = values.at(-1)?.judgement?.metric;
  const told = fixes.map(({ place, outcome: after }) => [
    place === undefined ? "  the truth at all of them" : `  the truth at ${place}`,
    `makes the answer ${markOf(after.right, after.score, metric)}`,
  ]);
  return [
    `test record ${writeCount(position + 1)} of ${writeCount(testRows)} (row ${writeCount(row + 1)} of the data)\n\n`,
    writeTable(rows),
    `\nanswer: ${markOf(outcome.right, outcome.score, metric)}, in ${milliseconds.toFixed(1)} ms\n`,
    ...(told.length === 0 ? [] : ["\nfixes\n", writeTable(told)]),
  ].join("");
}

function markOf(right: boolean | undefined, score: number | undefined, metric: string | undefined): string {
  if (right !== undefined) return right ? "right" : "wrong";
  return score === undefined || metric === undefined
    ? "not scored"
    : `${metric} ${writeScore(metric, score)}`;
}

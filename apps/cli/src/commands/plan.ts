import { chooseBackend, printPlan } from "@seams/core";
import { machineFacts, seamsHome } from "@seams/runner";
import { type AddCommand, examples } from "../command";
import { compileGraph } from "../compile-graph";
import { codeFor, EXIT } from "../exit";
import { json, refusal, writeDiagnostics } from "../write-diagnostics";

/** `seams plan GRAPH` */
export const addPlan: AddCommand = (program, { terminal, exitWith }) => {
  const command = program
    .command("plan")
    .summary("print what a pipeline compiles to, before paying for it")
    .description(
      "Prints the training plan: phases, what is trained and what is frozen, which labels are used, where gradients flow, and what it costs.",
    )
    .argument("<graph>", "a file, the id of a gallery pipeline, or - for stdin")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--json", "print the plan as JSON");
  examples(
    command,
    "seams plan digit-sums/each-digit",
    "seams plan my-pipeline.json --problem ./my-problem --json",
  ).action(async (named: string, options: { problem?: string; json?: true }) => {
    const { compiled, diagnostics } = await compileGraph(named, { asked: options.problem });
    if (!options.json || compiled !== undefined) writeDiagnostics(terminal, diagnostics);
    if (compiled === undefined) {
      if (options.json) terminal.out(refusal(diagnostics));
      return exitWith(codeFor(diagnostics));
    }
    if (options.json) {
      terminal.out(json(compiled.plan));
      return exitWith(EXIT.ok);
    }
    const facts = await machineFacts(seamsHome());
    const { backend, because } = chooseBackend([compiled.plan], facts);
    const measured =
      facts.speeds.wasm === undefined
        ? "the reference machine's; seams doctor measures this one"
        : "this machine's";
    terminal.out(`${printPlan(compiled.plan).trimEnd()}\n\n`);
    terminal.out(
      `runs on ${backend ?? facts.asked ?? "wasm"}: ${because}. Times are by ${measured} speed.\n`,
    );
    exitWith(EXIT.ok);
  });
};

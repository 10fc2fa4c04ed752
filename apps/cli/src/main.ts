import { Command, CommanderError } from "commander";
import { addCompare } from "./commands/compare";
import { addDoctor } from "./commands/doctor";
import { addPipelines, addProblems } from "./commands/gallery";
import { addImport } from "./commands/import";
import { addPlan } from "./commands/plan";
import { addStart } from "./commands/start";
import { addTrain } from "./commands/train";
import { addValidate } from "./commands/validate";
import { type AddCommand, examples } from "./command";
import { EXIT, type ExitCode, UsageError } from "./exit";
import { lastWords, openTerminal } from "./terminal";

const COMMANDS: readonly AddCommand[] = [
  addStart,
  addValidate,
  addPlan,
  addTrain,
  addCompare,
  addImport,
  addProblems,
  addPipelines,
  addDoctor,
];

/** Runs one command line. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  let code: ExitCode = EXIT.ok;
  const terminal = openTerminal();
  const program = buildProgram();
  const context = {
    terminal,
    exitWith: (ended: ExitCode) => {
      code = ended;
    },
  };
  for (const add of COMMANDS) add(program, context);
  for (const command of everyCommand(program))
    command.exitOverride().showHelpAfterError("(-h shows what there is)");
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    terminal.clearProgress();
    // Commander has said what is wrong; help that was asked for is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof UsageError) {
      lastWords(`error: ${error.message}\n`);
      return EXIT.usage;
    }
    lastWords(
      `Seams made a mistake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.internal;
  }
}

function buildProgram(): Command {
  const program = new Command("seams")
    .description(
      "Draw more than one way to cut a machine-learning problem into stages, train every cut, compare.",
    )
    .helpOption("-h, --help", "show help")
    .helpCommand(false);
  program.configureHelp({ showGlobalOptions: false });
  return examples(
    program,
    "seams start",
    "seams compare digit-sums/end-to-end digit-sums/each-digit --budgets 32,128,512",
    "seams train my-pipeline.json --problem ./my-problem --json",
  ).addHelpText(
    "after",
    "\nExit codes: 0 ok, 1 internal, 2 usage, 3 the graph or the data has errors, 4 a trial failed,\n5 inconclusive with --fail-if-inconclusive, 6 over a limit, 130 cancelled.\nSEAMS_HOME names the data folder, SEAMS_BACKEND the backend: native, wasm or cpu.",
  );
}

/** A command and all below it. */
const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

process.exitCode = await main(process.argv.slice(2));
// What was written must be out before the engine's handles are cut off.
await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
process.exit();

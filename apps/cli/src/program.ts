import { Command } from "commander";
import { addCompare } from "./commands/compare";
import { addDoctor } from "./commands/doctor";
import { addDose } from "./commands/dose";
import { addPipelines, addProblems } from "./commands/gallery";
import { addImport } from "./commands/import";
import { addLab } from "./commands/lab";
import { addPlan } from "./commands/plan";
import { addStart } from "./commands/start";
import { addTrace } from "./commands/trace";
import { addTrain } from "./commands/train";
import { addValidate } from "./commands/validate";
import { type AddCommand, type CommandContext, examples } from "./command";

const COMMANDS: readonly AddCommand[] = [
  addStart,
  addValidate,
  addPlan,
  addTrain,
  addCompare,
  addLab,
  addTrace,
  addDose,
  addImport,
  addProblems,
  addPipelines,
  addDoctor,
];

/** The whole command line, ready to parse arguments or to be described. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command("seams")
    .description(
      "Draw more than one way to cut a machine-learning problem into stages, train every cut, compare.",
    )
    .helpOption("-h, --help", "show help")
    .helpCommand(false);
  program.configureHelp({ showGlobalOptions: false });
  for (const add of COMMANDS) add(program, context);
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
export const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

import { buildProgram, everyCommand } from "../../apps/cli/src/program";
import { openTerminal } from "../../apps/cli/src/terminal";
import { graphJsonSchema, problemJsonSchema } from "../../packages/core/src/index";
import { fenced, jsonPage, page, type Pages } from "./pages";

type Command = ReturnType<typeof buildProgram>;

/** The command line, and JSON schemas of what people write. */
export function referencePages(): Pages {
  return {
    "reference/cli.md": cliPage(),
    "schemas/graph.json": jsonPage(graphJsonSchema()),
    "schemas/problem.json": jsonPage(problemJsonSchema()),
  };
}

function cliPage(): string {
  const program = buildProgram({ terminal: openTerminal(), exitWith: () => undefined });
  const commands = everyCommand(program).filter((command) => command.name() !== "help");
  return page(
    "# The command line",
    "`./seams` at the root of a clone. Every command answers `--help`. Data goes to stdout, everything else to stderr. What `--json` prints: [results](results.md).",
    ...commands.flatMap((command) => [`## ${fullName(command)}`, fenced("text", helpOf(command))]),
  );
}

const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (words) => (text += words),
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}

import { buildProgram, everyCommand } from "../../apps/cli/src/program";
import { openTerminal } from "../../apps/cli/src/terminal";
import { FieldType, graphJsonSchema, metricsFor, problemJsonSchema } from "../../packages/core/src/index";
import { fenced, page, type Pages, table } from "./pages";

type Command = ReturnType<typeof buildProgram>;

/** The command line, the metrics of each field type, and JSON schemas of what people write. */
export function referencePages(): Pages {
  return {
    "reference/cli.md": cliPage(),
    "reference/metrics.md": metricsPage(),
    "schemas/graph.json": json(graphJsonSchema()),
    "schemas/problem.json": json(problemJsonSchema()),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function cliPage(): string {
  const program = buildProgram({ terminal: openTerminal(), exitWith: () => undefined });
  const commands = everyCommand(program).filter((command) => command.name() !== "help");
  return page(
    "# The command line",
    "`./seams` at the root of a clone. Every command answers `--help`.",
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

const EXAMPLES: readonly FieldType[] = [
  { is: "label", classes: ["no", "yes"] },
  { is: "label", classes: ["a", "b", "c"] },
  { is: "flags", names: ["a", "b"] },
  { is: "scalar" },
  { is: "vector", size: 3 },
  { is: "box" },
  { is: "text", alphabet: ["a", "b"], maxLength: 8 },
].map((type) => FieldType.parse(type));

function metricsPage(): string {
  return page(
    "# Metrics",
    "Which metrics can score a target, by its type; the first is the usual one. Sequences are scored element by element, or as a whole.",
    table(
      ["Type", "Metrics"],
      EXAMPLES.map((type) => [
        type.is === "label" ? `label of ${type.classes.length} classes` : type.is,
        metricsFor(type).join(", "),
      ]),
    ),
  );
}

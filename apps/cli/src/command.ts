import type { Command } from "commander";
import type { ExitCode } from "./exit";
import type { Terminal } from "./terminal";

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Says what the process ends with. */
  exitWith(code: ExitCode): void;
}

/** Adds one command to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** Examples, shown before everything else of a command's help. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText("before", `Examples:\n${lines.map((line) => `  $ ${line}\n`).join("")}`);
}

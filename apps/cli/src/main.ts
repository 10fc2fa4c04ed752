import { CommanderError } from "commander";
import { EXIT, type ExitCode, UsageError } from "./exit";
import { buildProgram, everyCommand } from "./program";
import { lastWords, openTerminal } from "./terminal";

/** Runs one command line. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  let code: ExitCode = EXIT.ok;
  const terminal = openTerminal();
  const program = buildProgram({
    terminal,
    exitWith: (ended: ExitCode) => {
      code = ended;
    },
  });
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

process.exitCode = await main(process.argv.slice(2));
// What was written must be out before the engine's handles are cut off.
await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
process.exit();

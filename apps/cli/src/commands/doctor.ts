import { type AddCommand, examples } from "../command";
import { type Check, checkMachine } from "../check-machine";
import { EXIT } from "../exit";
import { json } from "../write-diagnostics";

/** `seams doctor` */
export const addDoctor: AddCommand = (program, { terminal, exitWith }) => {
  const command = program
    .command("doctor")
    .summary("check this machine: what Seams needs, and how fast it trains here")
    .option("--json", "print the findings as JSON");
  examples(command, "seams doctor", "SEAMS_BACKEND=cpu seams doctor --json").action(
    async (options: { json?: true }) => {
      const { green, red, dim } = terminal.colors.out;
      const checks: Check[] = [];
      for await (const check of checkMachine()) {
        checks.push(check);
        if (options.json) continue;
        const mark = check.ok ? green("ok  ") : red("fail");
        const fix = check.fix === undefined ? "" : `\n      ${dim("→")} ${check.fix}`;
        terminal.out(`${mark}  ${check.check.padEnd(11)} ${check.found}${fix}\n`);
      }
      const ok = checks.every((check) => check.ok);
      if (options.json) terminal.out(json({ format: 1, ok, checks }));
      exitWith(ok ? EXIT.ok : EXIT.internal);
    },
  );
};

import { isClean } from "@seams/core";
import { type AddCommand, examples } from "../command";
import { compileGraph, type Openings } from "../compile-graph";
import { EXIT } from "../exit";
import { json, jsonLine, writeDiagnostics } from "../write-diagnostics";

/** `seams validate GRAPH…` */
export const addValidate: AddCommand = (program, { terminal, exitWith }) => {
  const command = program
    .command("validate")
    .summary("check pipelines: exit code 0, or 3 where one has errors")
    .description("Checks pipelines as the compiler does, and tells everything that it finds at once.")
    .argument("<graph...>", "files, ids of gallery pipelines, or - for stdin")
    .option(
      "--problem <problem>",
      "a gallery problem or a problem folder; default: the one that the pipeline names",
    )
    .option("--json", "print the findings as JSON")
    .option("--jsonl", "print one finding a line");
  examples(
    command,
    "seams validate my-pipeline.json",
    "seams validate digit-sums/each-digit anchor-a-composition/end-to-end --json",
    "generate-graphs | seams validate - --problem ./my-problem",
  ).action(async (graphs: string[], options: { problem?: string; json?: true; jsonl?: true }) => {
    const openings: Openings = new Map();
    const results = [];
    for (const named of graphs) {
      const { source, diagnostics } = await compileGraph(named, { asked: options.problem, openings });
      results.push({ named, source, diagnostics, valid: isClean(diagnostics) });
    }
    const diagnostics = results.flatMap((result) => result.diagnostics);
    const valid = results.every((result) => result.valid);
    if (options.jsonl) for (const one of diagnostics) terminal.out(jsonLine(one));
    else if (options.json) {
      const about = results.map(({ named, source, valid: isValid }) => ({
        graph: named,
        ...(source === undefined ? {} : { title: source.title, hash: source.hash }),
        valid: isValid,
      }));
      terminal.out(json({ format: 1, valid, graphs: about, diagnostics }));
    } else {
      writeDiagnostics(terminal, diagnostics);
      for (const { named, source, valid: isValid } of results)
        if (isValid) terminal.out(`${named}: ${source?.title ?? ""} is in order.\n`);
    }
    exitWith(valid ? EXIT.ok : EXIT.input);
  });
};

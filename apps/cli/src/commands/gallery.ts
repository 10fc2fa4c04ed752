import { diagnose, type Diagnostic, graphHash, nearest } from "@seams/core";
import {
  findPipeline,
  findProblem,
  type GalleryPipeline,
  galleryProblems,
  type Problem,
} from "@seams/problems";
import { type AddCommand, examples } from "../command";
import { EXIT } from "../exit";
import { writeCount, writeTable } from "../numbers";
import { json, jsonLine, refusal, writeDiagnostics } from "../write-diagnostics";

interface ListOptions {
  readonly json?: true;
  readonly jsonl?: true;
}

const AS_JSON = ["--json", "print JSON"] as const;
const AS_LINES = ["--jsonl", "print one JSON object a line"] as const;

/** `seams problems`, `seams problems show ID` */
export const addProblems: AddCommand = (program, { terminal, exitWith }) => {
  const command = program.command("problems").summary("list the gallery's problems, or show one");
  examples(command, "seams problems", "seams problems --json", "seams problems show digit-sums");
  command
    .command("list", { isDefault: true })
    .summary("list them")
    .option(...AS_JSON)
    .option(...AS_LINES)
    .action((options: ListOptions) => {
      const cards = galleryProblems.map(({ card }) => card);
      if (options.jsonl) for (const card of cards) terminal.out(jsonLine(card));
      else if (options.json) terminal.out(json(cards));
      else
        terminal.out(
          writeTable(cards.map(({ id, title, rows }) => [id, `${writeCount(rows.train)} rows`, title])),
        );
      exitWith(EXIT.ok);
    });
  command
    .command("show")
    .summary("print one: its fields, its split, where it comes from")
    .argument("<id>", "for example digit-sums")
    .option(...AS_JSON)
    .action((id: string, options: ListOptions) => {
      const problem = findProblem(id);
      if (problem === undefined) {
        const near = nearest(
          id,
          galleryProblems.map((one) => one.id),
        );
        const unknown = diagnose.problem.problemUnknown({ place: { at: "graph" }, name: id, near });
        return refuse(unknown, options);
      }
      const pipelines = problem.pipelines.map(({ id: name, title }) => ({ id: name, title }));
      terminal.out(
        options.json ? json({ ...problem.card, schema: problem.schema, pipelines }) : describe(problem),
      );
      exitWith(EXIT.ok);
    });
  const refuse = (unknown: Diagnostic, options: ListOptions): void => {
    if (options.json) terminal.out(refusal([unknown]));
    else writeDiagnostics(terminal, [unknown]);
    exitWith(EXIT.input);
  };
};

function describe({ card, pipelines }: Problem): string {
  const { id, title, summary, rows, provenance, input, intermediate, target } = card;
  const fields = (part: string, words: typeof input): string[][] =>
    words.map(({ field, words: type }) => [part, field, type]);
  return [
    `${title} (${id})\n${summary}\n\n`,
    writeTable([...fields("input", input), ...fields("between", intermediate), ...fields("target", target)]),
    `\n${writeCount(rows.train)} training, ${writeCount(rows.validation)} validation, ${writeCount(rows.test)} test rows\n`,
    `${provenance.source}; ${provenance.licence}. ${provenance.text}\n\n`,
    writeTable(pipelines.map((pipeline) => [pipeline.id, pipeline.title])),
  ].join("");
}

/** `seams pipelines`, `seams pipelines show ID` */
export const addPipelines: AddCommand = (program, { terminal, exitWith }) => {
  const command = program
    .command("pipelines")
    .summary("list the gallery's pipelines, or print one as a document");
  examples(
    command,
    "seams pipelines",
    "seams pipelines --json",
    "seams pipelines show digit-sums/each-digit > mine.json",
  );
  command
    .command("list", { isDefault: true })
    .summary("list them")
    .option(...AS_JSON)
    .option(...AS_LINES)
    .action((options: ListOptions) => {
      const listed = galleryProblems.flatMap((problem) =>
        problem.pipelines.map((pipeline) => aboutPipeline(problem, pipeline)),
      );
      if (options.jsonl) for (const one of listed) terminal.out(jsonLine(one));
      else if (options.json) terminal.out(json(listed));
      else terminal.out(writeTable(listed.map(({ id, title }) => [id, title])));
      exitWith(EXIT.ok);
    });
  command
    .command("show")
    .summary("print its graph document")
    .argument("<id>", "for example digit-sums/each-digit")
    .option(...AS_JSON)
    .action((id: string, options: ListOptions) => {
      const pipeline = findPipeline(id);
      if (pipeline !== undefined) {
        terminal.out(json(pipeline.document));
        return exitWith(EXIT.ok);
      }
      const near = nearest(
        id,
        galleryProblems.flatMap(({ pipelines }) => pipelines.map((one) => one.id)),
      );
      const unknown = diagnose.problem.pipelineUnknown({ place: { at: "graph" }, name: id, near });
      if (options.json) terminal.out(refusal([unknown]));
      else writeDiagnostics(terminal, [unknown]);
      exitWith(EXIT.input);
    });
};

const aboutPipeline = (problem: Problem, { id, title, description, document }: GalleryPipeline) => ({
  id,
  title,
  problem: problem.id,
  description,
  hash: graphHash(document),
});

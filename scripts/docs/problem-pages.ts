import { compile, describeType, printPlan } from "../../packages/core/src/index";
import { galleryProblems, type Problem } from "../../packages/problems/src/index";
import { fenced, page, type Pages, table } from "./pages";

/** One page a gallery problem: its data, where they come from, and what its pipelines compile to. */
export function problemPages(): Pages {
  const index = table(
    ["Problem", "Data", "Records", "Pipelines", "What it is for"],
    galleryProblems.map(({ id, card }) => [
      `[${card.title}](${id}.md)`,
      card.synthetic ? "synthetic" : "real",
      String(card.rows.train + card.rows.validation + card.rows.test),
      String(card.pipelines),
      card.summary,
    ]),
  );
  return {
    "problems/README.md": page("# Problems of the gallery", index),
    ...Object.fromEntries(
      galleryProblems.map((problem) => [`problems/${problem.id}.md`, problemPage(problem)]),
    ),
  };
}

function problemPage({ id, card, schema, pipelines }: Problem): string {
  const { provenance: from, rows } = card;
  const part = (name: string): string =>
    schema.input.includes(name) ? "input" : schema.target.includes(name) ? "target" : "between";
  const fields = Object.entries(schema.fields).map(([name, { type, price }]) => [
    `\`${name}\``,
    part(name),
    describeType(type),
    part(name) === "input" ? "" : String(price),
  ]);
  return page(
    `# ${card.title}`,
    card.summary,
    `\`${id}\`. ${from.generated ? "Made by a program" : `Real data, from the ${from.source}`}; licence ${from.licence}, version ${from.version}. ${from.text}`,
    `${rows.train} records to train on, ${rows.validation} for validation, ${rows.test} to test. Measured by ${schema.metrics.map(({ target, metric }) => `${metric} of \`${target}\``).join(", ")}.`,
    "## Fields",
    table(["Field", "Part", "Type", "Price of a label"], fields),
    ...pipelines.flatMap((pipeline) => {
      const { plan } = compile(pipeline.document, { problem: schema });
      if (plan === undefined) throw new Error(`docs: ${pipeline.id} doesn't compile`);
      return [
        `## ${pipeline.title}`,
        `\`${pipeline.id}\`. ${pipeline.description}`,
        fenced("text", printPlan(plan)),
      ];
    }),
  );
}

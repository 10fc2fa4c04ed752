import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Diagnostic, diagnosticCatalog, placeWords } from "../../packages/core/src/index";
import { SUBJECTS } from "../../apps/web/src/docs/subjects";
import { fenced, page, type Pages, table } from "./pages";

const SAMPLES = fileURLToPath(new URL("../../packages/core/test/samples/", import.meta.url));

/** One page a code of the catalogue, with the sample that is tested to give it, and an index. */
export function errorPages(): Pages {
  const subjects = [...new Set(diagnosticCatalog.map(({ subject }) => subject))];
  const index = subjects.flatMap((subject) => [
    `## ${SUBJECTS[subject] ?? subject}`,
    table(
      ["Code", "Severity", "What it is"],
      diagnosticCatalog
        .filter((entry) => entry.subject === subject)
        .map(({ code, severity, title }) => [`[${code}](${code}.md)`, severity, title]),
    ),
  ]);
  return {
    "errors/README.md": page(
      "# Diagnostics",
      "Everything that Seams says about what is wrong, and where. The same codes appear in the editor, the API and the CLI. An error stops the compiler or the import; a warning does not; an advice only informs.",
      ...index,
    ),
    ...Object.fromEntries(diagnosticCatalog.map((entry) => [`errors/${entry.code}.md`, errorPage(entry)])),
  };
}

function errorPage({ code, severity, title, cause, remedy }: (typeof diagnosticCatalog)[number]): string {
  return page(`# ${title}`, `\`${code}\`, ${severity}.`, cause, `**What to do.** ${remedy}`, ...sample(code));
}

/** The sample of a code: the document that has the mistake, and what is said about it. */
function sample(code: string): readonly string[] {
  for (const [folder, file] of [
    ["compile", "graph.json"],
    ["problem", "problem.json"],
  ] as const) {
    const path = `${SAMPLES}${folder}/${code}/`;
    if (!existsSync(`${path}${file}`)) continue;
    const told: readonly Diagnostic[] = JSON.parse(readFileSync(`${path}diagnostics.json`, "utf8"));
    const one = told.find((diagnostic) => diagnostic.code === code);
    if (one === undefined) continue;
    return [
      "## Example",
      fenced("json", readFileSync(`${path}${file}`, "utf8")),
      `At ${placeWords(one.place)}: ${one.message} ${one.fix}`,
    ];
  }
  return [];
}

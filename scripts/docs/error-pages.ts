import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Diagnostic, diagnosticCatalog, placeWords } from "../../packages/core/src/index";
import { SUBJECTS } from "../../apps/web/src/docs/subjects";
import { folderSource } from "../../packages/problems/src/folder/node";
import { readProblemFolder } from "../../packages/problems/src/folder/read";
import { fenced, page, type Pages, table } from "./pages";

const FOLDERS = fileURLToPath(new URL("../../packages/problems/test/folders/", import.meta.url));
const SAMPLES = fileURLToPath(new URL("../../packages/core/test/samples/", import.meta.url));

/** One page a code of the catalogue, with the sample that is tested to give it, and an index. */
export async function errorPages(): Promise<Pages> {
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
    ...Object.fromEntries(
      await Promise.all(
        diagnosticCatalog.map(async (entry) => [`errors/${entry.code}.md`, await errorPage(entry)] as const),
      ),
    ),
  };
}

async function errorPage(entry: (typeof diagnosticCatalog)[number]): Promise<string> {
  const { code, severity, title, cause, remedy } = entry;
  const example = [...documentSample(code), ...(await folderSample(code))];
  return page(`# ${title}`, `\`${code}\`, ${severity}.`, cause, `**What to do.** ${remedy}`, ...example);
}

const toldWords = ({ place, message, fix }: Diagnostic): string =>
  `Told at ${placeWords(place)}: ${message}${fix === undefined ? "" : ` ${fix}`}`;

/** The sample of a code: the document that has the mistake, and what is said about it. */
function documentSample(code: string): readonly string[] {
  for (const [folder, file] of [
    ["compile", "graph.json"],
    ["problem", "problem.json"],
  ] as const) {
    const path = `${SAMPLES}${folder}/${code}/`;
    if (!existsSync(path)) continue;
    const told: readonly Diagnostic[] = JSON.parse(readFileSync(`${path}diagnostics.json`, "utf8"));
    const one = told.find((diagnostic) => diagnostic.code === code);
    if (one === undefined) throw new Error(`docs: ${path} doesn't have its mistake`);
    const document = existsSync(`${path}${file}`)
      ? fenced("json", readFileSync(`${path}${file}`, "utf8"))
      : "A document that is too large to be shown, made by a program.";
    return ["## Example", document, toldWords(one)];
  }
  return [];
}

/** Lines of a table that are shown. */
const MOST_LINES = 8;

/** The problem folder that has the mistake, and what is said about it. */
async function folderSample(code: string): Promise<readonly string[]> {
  const folder = `${FOLDERS}${code}`;
  if (!existsSync(folder)) return [];
  const { diagnostics } = await readProblemFolder(folderSource(folder));
  const one = diagnostics.find((diagnostic) => diagnostic.code === code);
  if (one === undefined) throw new Error(`docs: ${folder} doesn't have its mistake`);
  const { fields, split }: { readonly fields: unknown; readonly split: unknown } = JSON.parse(
    readFileSync(`${folder}/problem.json`, "utf8"),
  );
  const tables = readdirSync(folder).filter((name) => name !== "problem.json");
  return [
    "## Example",
    `In problem.json the fields are \`${JSON.stringify(fields)}\`, the split is \`${JSON.stringify(split)}\`.`,
    ...tables.flatMap((name) => {
      const lines = readFileSync(`${folder}/${name}`, "utf8").trimEnd().split("\n");
      const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"] : lines;
      return [`${name}:`, fenced("text", shown.join("\n"))];
    }),
    toldWords(one),
  ];
}

// Writes the pages below docs/ that follow from the code: npm run docs [-- --check]
// With --check nothing is written, and the exit code is 1 where a page is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorPages } from "./docs/error-pages";
import { metricPages } from "./docs/metric-pages";
import { networkPages } from "./docs/network-pages";
import type { Pages } from "./docs/pages";
import { problemFolderPage } from "./docs/problem-folder-page";
import { problemPages } from "./docs/problem-pages";
import { referencePages } from "./docs/reference-pages";
import { resultPages } from "./docs/result-pages";
import { stagePages } from "./docs/stage-pages";

const DOCS = fileURLToPath(new URL("../docs/", import.meta.url));
/** Folders in which nothing else may stand: a page whose kind is gone goes too. */
const FOLDERS = ["stages", "errors", "problems", "reference", "schemas"];

const pages: Pages = {
  ...stagePages(),
  ...errorPages(),
  ...problemPages(),
  ...problemFolderPage(),
  ...networkPages(),
  ...metricPages(),
  ...referencePages(),
  ...resultPages(),
};
const isCheck = process.argv.includes("--check");

const stale = Object.entries(pages).filter(([name, text]) => textAt(name) !== text);
const surplus = FOLDERS.flatMap((folder) =>
  existsSync(join(DOCS, folder)) ? readdirSync(join(DOCS, folder)).map((name) => `${folder}/${name}`) : [],
).filter((name) => !(name in pages));

if (!isCheck) {
  for (const [name, text] of stale) {
    mkdirSync(dirname(join(DOCS, name)), { recursive: true });
    writeFileSync(join(DOCS, name), text);
  }
  for (const name of surplus) rmSync(join(DOCS, name));
}
const changed = [...stale.map(([name]) => name), ...surplus];
for (const name of changed) process.stdout.write(`docs/${name}\n`);
process.stderr.write(
  `${Object.keys(pages).length} pages, ${changed.length} ${isCheck ? "stale" : "changed"}${isCheck && changed.length > 0 ? ": npm run docs" : ""}\n`,
);
process.exit(isCheck && changed.length > 0 ? 1 : 0);

function textAt(name: string): string | undefined {
  const path = join(DOCS, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

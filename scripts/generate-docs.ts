// Writes the pages below docs/ that follow from the code, and NOTICE: npm run docs [-- --check]
// With --check nothing is written, and the exit code is 1 where a page is stale. Links that lead nowhere fail both.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorPages } from "./docs/error-pages";
import { expressionPage } from "./docs/expression-page";
import { brokenLinks } from "./docs/links";
import { metricPages } from "./docs/metric-pages";
import { networkPages } from "./docs/network-pages";
import { notice } from "./docs/notice";
import type { Pages } from "./docs/pages";
import { problemFolderPage } from "./docs/problem-folder-page";
import { problemPages } from "./docs/problem-pages";
import { referencePages } from "./docs/reference-pages";
import { resultPages } from "./docs/result-pages";
import { stagePages } from "./docs/stage-pages";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DOCS = join(ROOT, "docs");
/** Folders in which nothing else may stand: a page whose kind is gone goes too. */
const FOLDERS = ["stages", "errors", "problems", "reference", "schemas"];

const pages: Pages = {
  ...stagePages(),
  ...(await errorPages()),
  ...problemPages(),
  ...problemFolderPage(),
  ...expressionPage(),
  ...networkPages(),
  ...metricPages(),
  ...referencePages(),
  ...resultPages(),
  ...notice(),
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
for (const name of changed) process.stdout.write(`${join("docs", name)}\n`);
process.stderr.write(
  `${Object.keys(pages).length} pages, ${changed.length} ${isCheck ? "stale" : "changed"}${isCheck && changed.length > 0 ? ": npm run docs" : ""}\n`,
);
const broken = brokenLinks(markdownFiles());
for (const link of broken) process.stderr.write(`broken link: ${link}\n`);
process.exit(broken.length > 0 || (isCheck && changed.length > 0) ? 1 : 0);

/** Pages by hand and generated, and those at the root. */
function markdownFiles(): readonly string[] {
  const inDocs = readdirSync(DOCS, { recursive: true, encoding: "utf8" }).map((name) => join("docs", name));
  const names = [...readdirSync(ROOT), ...inDocs].filter((name) => name.endsWith(".md"));
  return names.map((name) => join(ROOT, name));
}

function textAt(name: string): string | undefined {
  const path = join(DOCS, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

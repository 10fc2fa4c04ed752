// The README's test command: set-up, then every test there is, then one line that counts them.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bin, ROOT, run } from "./run.mjs";
import { buildWeb, setUp } from "./set-up.mjs";

const REPORTS = join(ROOT, "node_modules/.cache/seams-tests");
const SUITES = ["unit", "train", "db", "e2e"];

/** Runs one vitest project; its counts come from the JSON report, and a report that is missing is a failure. */
async function suite(name) {
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const started = performance.now();
  const code = await run(bin("vitest"), [
    "run",
    "--project",
    name,
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const seconds = Math.round((performance.now() - started) / 1000);
  const counted = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0 };
  const failed = counted.numFailedTests + (code !== 0 && counted.numFailedTests === 0 ? 1 : 0);
  process.stdout.write(`${name}: ${counted.numPassedTests} passed, ${failed} failed, ${seconds} s\n`);
  return { passed: counted.numPassedTests, failed };
}

await setUp();
await buildWeb();
mkdirSync(REPORTS, { recursive: true });
const wanted = process.argv.slice(2);
const results = [];
for (const name of SUITES.filter((name) => wanted.length === 0 || wanted.includes(name)))
  results.push(await suite(name));
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

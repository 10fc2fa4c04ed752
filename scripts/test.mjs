// The README's test command: set-up, then every test there is, then one line that counts them.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lint } from "./lint.mjs";
import { bin, ROOT, run } from "./run.mjs";
import { buildWeb, setUp } from "./set-up.mjs";

const REPORTS = join(ROOT, "node_modules/.cache/seams-tests");
const TESTS = ["unit", "train", "db", "e2e"];
/** Asked for by name: the checks of `npm run lint`, and steps on the native backend, which is made for it where it can be. */
const SUITES = ["lint", ...TESTS, "native"];

/** Runs one vitest project; its counts come from the JSON report, and a report that is missing is a failure. */
async function test(name) {
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  // Processes that tests start are those that people start.
  const env = { SEAMS_BUNDLES: bundles };
  const code = await run(bin("vitest"), ["run", "--project", name, ...reporters], { env });
  if (!existsSync(report)) return { passed: 0, failed: 1, failures: [`${name}: no report was written`] };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  // A file that couldn't be loaded has failed without any test.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = numFailedTests + broken.length;
  const failures = [...broken.map((file) => file.name), ...testResults.flatMap(failedTests)];
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, failures };
}

/** "file: test, first line of its message" of each test of a file that failed. */
function failedTests({ name, assertionResults }) {
  return assertionResults
    .filter((result) => result.status === "failed")
    .map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${failureMessages[0]?.split("\n")[0]}`);
}

/** Where native cannot be made, its tests are left out: that is said, and no failure. */
async function testNative() {
  if ((await run(process.execPath, ["packages/engine/native/install.mjs"])) === 0) return test("native");
  process.stdout.write("native: not made on this machine, so its tests were NOT run\n");
  return { passed: 0, failed: 0, failures: [] };
}

const counted = { lint, native: testNative };

async function suite(name) {
  const started = performance.now();
  const counts = await (counted[name]?.() ?? test(name));
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s\n`);
  return counts;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(", ")}. Suites: ${SUITES.join(", ")}\n`);
  process.exit(2);
}
const wanted = asked.length === 0 ? TESTS : SUITES.filter((name) => asked.includes(name));
const bundles = await setUp();
if (wanted.includes("e2e")) await buildWeb();
mkdirSync(REPORTS, { recursive: true });
const results = [];
for (const name of wanted) results.push(await suite(name));
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
// Said again at the end, where a log that is cut still shows it.
for (const failure of results.flatMap(({ failures }) => failures))
  process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

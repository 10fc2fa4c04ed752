// Every check that isn't a test: format, types, rules, arrows, unused code, workspace hygiene, generated docs.
import { pathToFileURL } from "node:url";
import { bin, run } from "./run.mjs";
import { setUp } from "./set-up.mjs";

const CACHE = "node_modules/.cache/eslint/";
/** TypeScript 7, which checks ten times as fast; ESLint and Next.js need 5's API. See docs/decisions/0022. */
const TSC = "node_modules/typescript-7/bin/tsc";

const CHECKS = [
  ["rules", bin("eslint"), [".", "--max-warnings=0", "--cache", "--cache-location", CACHE]],
  ["format", bin("biome"), ["format", "."]],
  [
    "types",
    bin("turbo"),
    ["run", "typecheck", "--continue", "--concurrency=100%", "--output-logs=errors-only"],
  ],
  ...["bench", "e2e", "scripts"].map((folder) => [
    `types of ${folder}`,
    process.execPath,
    [TSC, "-p", folder],
  ]),
  ["arrows", bin("depcruise"), ["packages", "apps", "--config", ".dependency-cruiser.cjs"]],
  ["unused code", bin("knip"), ["--no-progress"]],
  ["workspace", bin("sherif"), ["--no-install"]],
  ["generated docs", process.execPath, ["--import", "tsx", "scripts/generate-docs.ts", "--check"]],
];

/**
 * Runs all checks, or one by its name; counts how many pass and names those that fail. Two at a time: the rules take as
 * long as all others together, and one core.
 */
export async function lint(only) {
  const counts = { passed: 0, failed: 0, failures: [] };
  const waiting = CHECKS.filter(([name]) => only === undefined || name === only);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, command, args] = next;
      const started = performance.now();
      const isFine = (await run(command, args)) === 0;
      counts[isFine ? "passed" : "failed"]++;
      if (!isFine) counts.failures.push(`lint: ${name}`);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${isFine ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUp();
  const { passed, failed } = await lint(process.argv[2]);
  if (passed + failed === 0) process.stderr.write(`Checks: ${CHECKS.map(([name]) => name).join(", ")}\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
